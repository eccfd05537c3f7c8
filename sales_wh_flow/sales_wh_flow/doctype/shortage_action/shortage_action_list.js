frappe.listview_settings["Shortage Action"] = {
	add_fields: ["action"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Substitute: "purple",
			Backorder: "yellow",
			"Close Short": "red",
			"Open Again": "green",
			"Short Pick": "orange",
		};
		return [__(doc.action), colours[doc.action] || "blue", `action,=,${doc.action}`];
	},
};
