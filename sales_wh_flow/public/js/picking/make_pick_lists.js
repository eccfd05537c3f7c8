// From a Sales Order to its Pick Lists.
frappe.provide("sales_wh_flow.sales_order");

/** Where a new list opens: with a phone on the page Pick, for who may open that; on the desk in its form. */
sales_wh_flow.to_walk = (name) =>
	frappe.is_mobile() && sales_wh_flow.may_walk() ? ["pick", name] : ["Form", "Pick List", name];

sales_wh_flow.may_walk = () => "pick" in (frappe.boot.page_info || {});

Object.assign(sales_wh_flow.sales_order, {
	async make_pick_lists(frm) {
		const names = await sales_wh_flow.tell(
			"picking.api.make_pick_lists",
			{ sales_order: frm.doc.name },
			__("Making Pick Lists...")
		);
		await frm.reload_doc();
		if (names.length === 1) {
			frappe.set_route(...sales_wh_flow.to_walk(names[0]));
			return;
		}
		const links = names.map((name) => sales_wh_flow.link("Pick List", name)).join(", ");
		frappe.show_alert({ message: __("Pick Lists made: {0}", [links]), indicator: "green" }, 10);
	},
});
