frappe.listview_settings["Stock Lock Event"] = {
	add_fields: ["event"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Locked: "blue",
			Released: "gray",
			Delivered: "green",
			Returned: "yellow",
			Repaired: "red",
			Expired: "orange",
			Moved: "purple",
			Given: "purple",
			Extended: "light-blue",
			Warned: "yellow",
		};
		return [__(doc.event), colours[doc.event] || "gray", `event,=,${doc.event}`];
	},
};
