// From a Sales Order to its Pick Lists.
frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	async make_pick_lists(frm) {
		const names = await sales_wh_flow.tell(
			"picking.api.make_pick_lists",
			{ sales_order: frm.doc.name },
			__("Making Pick Lists...")
		);
		await frm.reload_doc();
		if (names.length === 1) {
			frappe.set_route("Form", "Pick List", names[0]);
			return;
		}
		const links = names.map((name) => sales_wh_flow.link("Pick List", name)).join(", ");
		frappe.show_alert({ message: __("Pick Lists made: {0}", [links]), indicator: "green" }, 10);
	},
});
