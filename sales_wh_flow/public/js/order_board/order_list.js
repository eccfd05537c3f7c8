// Buttons of the list of Sales Orders: what is mine, late, at risk, or waits for me.
frappe.provide("sales_wh_flow.order_list");

Object.assign(sales_wh_flow.order_list, {
	/** What each button shows: [label, filters of the list]. */
	filters() {
		const { is_on } = sales_wh_flow;
		const open = ["docstatus", "<", 2];
		return [
			[__("Mine"), () => [["owner", "=", frappe.session.user], open]],
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
