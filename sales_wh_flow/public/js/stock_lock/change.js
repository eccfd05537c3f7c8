// The dialog in which a lock is released, moved or given.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** What a person may do with the lock of an order line, and why: give it away, move it, or end it. */
	async change({ salesOrder: sales_order, row }, after) {
		const lock = sales_wh_flow.stock_lock;
		const { qty, escape } = sales_wh_flow;
		const may = await sales_wh_flow.ask("reroute.api.lock_actions", { sales_order, row });
		const actions = [
			may.receivers.length && { value: "give", label: __("Give to Another Order") },
			may.choices.length && { value: "move", label: __("Move to Another Warehouse") },
			may.may_release && { value: "release", label: __("Release: the line asks for nothing any more") },
		].filter(Boolean);
		if (!actions.length) {
			frappe.msgprint(__("No order waits for this stock, and no other warehouse has any."), __("Change Lock"));
			return;
		}
		const is = (action) => `eval:doc.action === "${action}"`;
		const dialog = new frappe.ui.Dialog({
			title: __("Change Lock"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__("{0}, row {1}: {2} {3} of {4} locked in {5} and not picked.", [
						sales_wh_flow.link("Sales Order", sales_order),
						may.idx,
						qty(may.held),
						escape(__(may.uom)),
						`<b>${escape(may.item_code)}</b>`,
						escape(may.warehouse),
					])}</p>`,
				},
				{
					fieldtype: "Select",
					fieldname: "action",
					label: __("What to Do"),
					options: actions,
					default: actions[0].value,
					reqd: 1,
				},
				{
					fieldtype: "Select",
					fieldname: "to_order",
					label: __("To Order"),
					depends_on: is("give"),
					mandatory_depends_on: is("give"),
					options: lock.receiver_options(may.receivers),
					default: (may.receivers[0] || {}).sales_order,
				},
				{
					fieldtype: "Select",
					fieldname: "warehouse",
					label: __("To Warehouse"),
					depends_on: is("move"),
					mandatory_depends_on: is("move"),
					options: may.choices.map((it) => ({
						value: it.warehouse,
						label: __("{0}: {1} free", [escape(it.warehouse), qty(it.free)]),
					})),
					default: (may.choices[0] || {}).warehouse,
				},
				{
					fieldtype: "Float",
					is_plain: true,
					fieldname: "qty",
					label: __("Quantity ({0})", [escape(__(may.uom))]),
					depends_on: `eval:doc.action !== "release"`,
					default: may.held,
				},
				{
					fieldtype: "Small Text",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("It is kept with the lock's events, where the orders' sellers read it."),
				},
			],
			primary_action_label: __("Change"),
			async primary_action(values) {
				dialog.disable_primary_action();
				try {
					await lock.carry_out({ ...values, sales_order, row });
					dialog.hide();
					after && after();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	},

	async carry_out({ action, sales_order, row, to_order, warehouse, qty, reason }) {
		const { tell, link } = sales_wh_flow;
		const number = sales_wh_flow.qty;
		const order = link("Sales Order", sales_order);
		let message;
		if (action === "give") {
			const given = await tell("stock_lock.serving.api.give_locks", {
				sales_order,
				to_order,
				reason,
				rows: { [row]: qty },
			});
			message = __("{0} given to {1}.", [number(given), link("Sales Order", to_order)]);
		} else if (action === "move") {
			await tell("reroute.api.move_lock", { sales_order, row, warehouse, qty, reason });
			message = __("{0} of {1} moved to {2}.", [number(qty), order, sales_wh_flow.escape(warehouse)]);
		} else {
			const freed = await tell("stock_lock.api.release_locks", { sales_order, reason, rows: [row] });
			message = __("{0} of {1} released.", [number(freed), order]);
		}
		frappe.show_alert({ message, indicator: "orange" }, 7);
	},
});
