frappe.listview_settings["Return Case"] = {
	add_fields: ["state"],

	get_indicator(doc) {
		const colours = { Open: "orange", "Partly Posted": "yellow", Posted: "green", Cancelled: "gray" };
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},

	/** A case is of goods that were delivered: they are chosen of the customer's Delivery Notes. */
	primary_action() {
		sales_wh_flow.returns.choose_customer();
	},

	/** A box or serial numbers that are here open their case. */
	onload(listview) {
		if (!window.sales_wh_flow || !sales_wh_flow.is_on("returns") || !frappe.model.can_create("Return Case")) {
			return;
		}
		listview.page.add_inner_button(__("Scan What Came"), () => sales_wh_flow.returns.scan_what_came());
	},
};
