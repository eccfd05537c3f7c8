// A routing rule's form: only warehouses of the rule's company are offered.
frappe.ui.form.on("Warehouse Routing Rule", {
	setup(frm) {
		frm.set_query("warehouse", "candidates", () => {
			const taken = (frm.doc.candidates || []).map((row) => row.warehouse).filter(Boolean);
			const filters = { company: frm.doc.company || "", disabled: 0 };
			return { filters: taken.length ? { ...filters, name: ["not in", taken] } : filters };
		});
	},

	refresh(frm) {
		frm.set_intro("");
		// Frappe shows a percent as a bare number.
		for (const field of ["min_share", "min_part"]) {
			frm.set_df_property(field, "label", `${frappe.meta.get_label(frm.doctype, field)} (%)`);
		}
		if (!(frappe.boot.swf && frappe.boot.swf.routing)) {
			const link = `<a href="${frappe.router.make_url(["sales-flow-settings"])}">${__("Sales Flow Settings")}</a>`;
			frm.set_intro(__("Routing is switched off in {0}: orders keep their warehouses.", [link]), "orange");
		}
	},

	company(frm) {
		if ((frm.doc.candidates || []).some((row) => row.warehouse)) {
			frm.clear_table("candidates");
			frm.refresh_field("candidates");
			frappe.show_alert({ message: __("Choose candidates of the new company."), indicator: "orange" });
		}
	},
});
