// Approvals by their state; nobody makes one by hand.
frappe.listview_settings["Order Approval"] = {
	add_fields: ["state", "reason"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Open: "orange", Approved: "green", Rejected: "red", Superseded: "gray" };
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
};
