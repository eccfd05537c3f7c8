// Goods of an order that are brought together, or sent directly after all.
frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	async request_transfers(frm) {
		const name = await sales_wh_flow.tell("reroute.api.request_transfers", { sales_order: frm.doc.name });
		await frm.reload_doc();
		const link = sales_wh_flow.link("Material Request", name);
		frappe.show_alert({ message: __("Asked for: {0}", [link]), indicator: "green" }, 10);
	},

	send_directly(frm, transfers) {
		const target = [...new Set(transfers.map((one) => one.target))].join(", ");
		frappe.confirm(
			__("Send each warehouse's goods from there, instead of bringing them together in {0}?", [
				frappe.utils.escape_html(target),
			]),
			async () => {
				await sales_wh_flow.tell("reroute.api.send_directly", { sales_order: frm.doc.name });
				await frm.reload_doc();
			}
		);
	},
});
