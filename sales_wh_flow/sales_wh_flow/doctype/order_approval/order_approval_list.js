// Approvals by their state, the open ones first; nobody makes one by hand.
frappe.listview_settings["Order Approval"] = {
	add_fields: ["state", "reason"],
	hide_name_column: true,
	filters: [["state", "=", "Open"]],
	get_indicator(doc) {
		const colours = { Open: "orange", Approved: "green", Rejected: "red", Superseded: "gray", Shadow: "purple" };
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},
	onload(listview) {
		listview.page.add_inner_button(__("Approval Inbox"), () => frappe.set_route("approval-inbox"));
		listview.page.add_inner_button(__("History"), () => frappe.set_route("query-report", "Approval History"));
	},
};
