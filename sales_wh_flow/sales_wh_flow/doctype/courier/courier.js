// A courier's form shows what its tracking link becomes, before the first parcel tests it.
frappe.ui.form.on("Courier", {
	refresh: (frm) => frm.trigger("tracking_url"),

	tracking_url(frm) {
		const pattern = (frm.doc.tracking_url || "").trim();
		const standing = __("Address of the parcel's page, with {0} where the tracking number goes.", ["<b>{0}</b>"]);
		let example = __("Example: {0}", ["<b>https://courier.example/track?no={0}</b>"]);
		if (pattern && !/^https?:\/\//i.test(pattern)) {
			example = __("It must begin with http:// or https://.");
		} else if (pattern && !pattern.includes("{0}")) {
			example = __("It does not contain {0} yet.", ["<b>{0}</b>"]);
		} else if (pattern) {
			const shown = frappe.utils.escape_html(pattern.replaceAll("{0}", "AB123456"));
			example = __("With number AB123456: {0}", [`<b>${shown}</b>`]);
		}
		frm.set_df_property("tracking_url", "description", `${standing}<br>${example}`);
	},
});
