// Buttons of the list of Sales Orders: what is mine, late, at risk, or waits for me.
frappe.provide("sales_wh_flow.order_list");

Object.assign(sales_wh_flow.order_list, {
	/** What each button shows: [label, filters of the list]. */
	filters() {
		const { is_on } = sales_wh_flow;
		const open = ["docstatus", "<", 2];
		const in_status = (...statuses) => {
			return () => [["swf_flow_status", "in", statuses]];
		};
		return [
			[__("Mine"), () => [["owner", "=", frappe.session.user], open]],
			is_on("approval") && [__("Waiting for Approval"), in_status("Pending Approval", "Rejected", "Approved")],
			is_on("stock_lock") && [__("Waiting for Stock"), in_status("Backordered", "Partly Locked")],
			is_on("stock_lock") && [__("To Pick"), in_status("Locked", "Partly Locked")],
			is_on("fulfilment") && [
				__("In the Warehouse"),
				in_status("Picking", "Packing", "Ready for Dispatch", "Partly Dispatched"),
			],
			is_on("fulfilment") && [__("On Its Way"), in_status("Dispatched", "Partly Dispatched")],
			is_on("forecast") && [__("Late"), () => [["swf_lateness", "=", "Late"]]],
			is_on("forecast") && [__("At Risk"), () => [["swf_lateness", "=", "At Risk"]]],
			[__("Waiting for Me"), sales_wh_flow.order_list.waiting],
			[__("All"), () => []],
		].filter(Boolean);
	},

	async waiting() {
		const names = await sales_wh_flow.ask("order_board.api.waiting_for_me");
		return [["name", "in", names.length ? names : ["-"]]];
	},

	add_filters(listview) {
		sales_wh_flow.order_list.filters().forEach(([label, filters]) =>
			listview.page.add_inner_button(
				label,
				async () => {
					const wanted = (await filters()).map((filter) => ["Sales Order", ...filter]);
					await listview.filter_area.clear(false);
					await (wanted.length ? listview.filter_area.add(wanted) : listview.refresh());
				},
				__("Show")
			)
		);
	},
});
