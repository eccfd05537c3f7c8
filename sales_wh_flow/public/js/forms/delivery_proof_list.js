// The list of Delivery Proofs: Accounts take in the money of those that are ticked.
frappe.listview_settings["Delivery Proof"] = {
	onload(listview) {
		if (!window.sales_wh_flow || !sales_wh_flow.door_money || !frappe.model.can_create("Payment Entry")) {
			return;
		}
		const { hand_in, booked } = sales_wh_flow.door_money;
		const chosen = () => listview.get_checked_items(true);
		const done = () => listview.refresh();
		listview.page.add_action_item(__("Money Handed In"), () => chosen().length && hand_in(chosen(), "", done));
		listview.page.add_action_item(__("Booked by Hand"), () => chosen().length && booked(chosen(), done));
	},
};
