// While an order is being written: what others are typing for the same stock.
frappe.provide("sales_wh_flow.typing_holds");

Object.assign(sales_wh_flow.typing_holds, {
	/** Tells the draft's rows after a moment of rest, and again as long as the form stays open and unsaved. */
	soon(frm) {
		if (!sales_wh_flow.is_on("typing_holds") || frm.doc.docstatus !== 0) {
			return;
		}
		clearTimeout(frm.swf_typing_timer);
		frm.swf_typing_timer = setTimeout(() => sales_wh_flow.typing_holds.exchange(frm), 800);
	},

	async exchange(frm) {
		const { typing_holds } = sales_wh_flow;
		const is_typing = cur_frm === frm && frm.doc.docstatus === 0 && frm.is_dirty();
		const rows = (is_typing ? frm.doc.items || [] : [])
			.filter((row) => row.item_code && row.warehouse)
			.map(({ item_code, warehouse, stock_qty, qty }) => ({ item_code, warehouse, qty: stock_qty || qty }));
		const form = frm.doc.name;
		const heard = await sales_wh_flow.call("stock_lock.api.typing", { form, rows }, "POST", { no_spinner: true });
		if (frm.doc.name === form) {
			typing_holds.show(frm, is_typing ? heard : []);
		}
		if (is_typing) {
			clearTimeout(frm.swf_typing_timer);
			frm.swf_typing_timer = setTimeout(() => typing_holds.exchange(frm), 30000);
		}
	},

	show(frm, heard) {
		const { escape, qty } = sales_wh_flow;
		const block = sales_wh_flow.block_of(frm, "swf-typing", heard.length);
		heard.forEach(({ item_code, warehouse, free, typed_by_others }) => {
			const words = __("{0} in {1}: {2} free, others are typing orders for {3}.", [
				`<b>${escape(item_code)}</b>`,
				escape(warehouse),
				qty(free),
				qty(typed_by_others),
			]);
			block.append(`<div>${words}</div>`);
		});
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh: (frm) => sales_wh_flow.typing_holds.soon(frm),
	after_save: (frm) => sales_wh_flow.typing_holds.soon(frm),
});

sales_wh_flow.on_form("Sales Order Item", {
	item_code: (frm) => sales_wh_flow.typing_holds.soon(frm),
	warehouse: (frm) => sales_wh_flow.typing_holds.soon(frm),
	qty: (frm) => sales_wh_flow.typing_holds.soon(frm),
	items_remove: (frm) => sales_wh_flow.typing_holds.soon(frm),
});
