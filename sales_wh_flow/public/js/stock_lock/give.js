// The dialog that gives stock to another order.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** The orders that wait for a lock's stock, for a select field. */
	receiver_options(receivers) {
		const { escape } = sales_wh_flow; // Frappe draws an option as HTML
		return receivers.map(({ sales_order, customer, qty }) => ({
			value: sales_order,
			label: __("{0} waits for {2}: {1}", [escape(sales_order), escape(customer), sales_wh_flow.qty(qty)]),
		}));
	},

	give(frm, receivers) {
		const options = sales_wh_flow.stock_lock.receiver_options(receivers);
		frappe.prompt(
			[
				{
					fieldtype: "Select",
					fieldname: "to_order",
					label: __("To"),
					options,
					default: options[0].value,
					reqd: 1,
					description: __("It gets what it waits for here. What is picked, or about to be delivered, stays."),
				},
				{
					fieldtype: "Small Text",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("Both sellers are told; the reason is kept with the lock's events."),
				},
			],
			async ({ to_order, reason }) => {
				const given = await sales_wh_flow.tell("stock_lock.serving.api.give_locks", {
					sales_order: frm.doc.name,
					to_order,
					reason,
				});
				await frm.reload_doc();
				const order = sales_wh_flow.link("Sales Order", to_order);
				frappe.show_alert(
					{ message: __("{0} given to {1}.", [sales_wh_flow.qty(given), order]), indicator: "orange" },
					7
				);
			},
			__("Give Stock to Another Order"),
			__("Give")
		);
	},
});
