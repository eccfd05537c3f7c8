// Locking what is free, and releasing, for a whole order.
frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	async lock_waiting(frm) {
		const locked = await sales_wh_flow.tell(
			"stock_lock.serving.api.lock_waiting",
			{ sales_order: frm.doc.name },
			__("Looking for free stock...")
		);
		await frm.reload_doc();
		frappe.show_alert(
			locked
				? { message: __("Locked {0} more.", [sales_wh_flow.qty(locked)]), indicator: "green" }
				: {
						message: __(
							"Nothing more was locked: no whole unit of what is waiting is free in the lines' warehouses. The order is served when stock comes in."
						),
						indicator: "orange",
					}
		);
	},

	release_locks(frm) {
		frappe.prompt(
			{
				fieldtype: "Small Text",
				fieldname: "reason",
				label: __("Why"),
				reqd: 1,
				description: __(
					"The order's stock becomes free for others. The reason is kept with the lock's events."
				),
			},
			async ({ reason }) => {
				const freed = await sales_wh_flow.tell("stock_lock.api.release_locks", {
					sales_order: frm.doc.name,
					reason,
				});
				const words = freed
					? __("{0} released.", [sales_wh_flow.qty(freed)])
					: __("Nothing was locked any more.");
				frappe.show_alert({ message: words, indicator: "orange" });
				await frm.reload_doc();
			},
			__("Release Locks"),
			__("Release")
		);
	},
});
