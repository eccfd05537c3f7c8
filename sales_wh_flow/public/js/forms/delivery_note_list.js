// The list of Delivery Notes: what is to do, with one choice, and what came back of those that are ticked.
{
	const settings = frappe.listview_settings["Delivery Note"] || {};
	const erpnext_onload = settings.onload;

	settings.onload = function (listview) {
		erpnext_onload && erpnext_onload.call(this, listview);
		if (!sales_wh_flow.is_on("returns") || !frappe.model.can_create("Return Case")) {
			return;
		}
		listview.page.add_action_item(__("Goods Came Back"), () => {
			const delivery_notes = listview
				.get_checked_items()
				.filter((doc) => cint(doc.docstatus) === 1)
				.map((doc) => doc.name);
			if (!delivery_notes.length) {
				frappe.msgprint(__("Tick submitted Delivery Notes of one customer."), __("Goods Came Back"));
				return;
			}
			sales_wh_flow.returns.open_dialog({ delivery_notes });
		});
	};
	frappe.listview_settings["Delivery Note"] = settings;
}
window.sales_wh_flow && sales_wh_flow.order_list && sales_wh_flow.order_list.set_up("Delivery Note");
