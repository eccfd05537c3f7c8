frappe.listview_settings["Stock Lock Event"] = {
	add_fields: ["event"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Locked: "blue", Released: "gray", Delivered: "green", Returned: "yellow", Repaired: "red" };
		return [__(doc.event), colours[doc.event] || "gray", `event,=,${doc.event}`];
	},
};
