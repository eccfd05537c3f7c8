// The list of Delivery Proofs: Accounts take in the money of those that are ticked.
frappe.listview_settings["Delivery Proof"] = {
	onload(listview) {
		if (!window.sales_wh_flow || !sales_wh_flow.door_money || !frappe.model.can_create("Payment Entry")) {
			return;
		}
		listview.page.add_action_item(__("Money Handed In"), () => {
			const proofs = listview.get_checked_items(true);
			proofs.length && sales_wh_flow.door_money.hand_in(proofs, "", () => listview.refresh());
		});
	},
};
