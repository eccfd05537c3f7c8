// The dialog that shows what serving would do, and does it.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** The plan of serving: who gets what and who gives; applied as it was shown, or not at all. */
	async plan_serving(after) {
		const lock = sales_wh_flow.stock_lock;
		const plan = await sales_wh_flow.ask("stock_lock.serving.api.plan_serving", {});
		const dialog = new frappe.ui.Dialog({
			title: __("Serve Waiting Orders"),
			size: "extra-large",
			fields: [{ fieldtype: "HTML", options: lock.plan(plan) }],
			primary_action_label: plan.lines ? __("Apply") : __("Close"),
			async primary_action() {
				if (!plan.lines) {
					dialog.hide();
					return;
				}
				dialog.disable_primary_action();
				try {
					const done = await sales_wh_flow.tell(
						"stock_lock.serving.api.apply_serving",
						{ digest: plan.digest },
						__("Locking...")
					);
					dialog.hide();
					const message = __("{0} locked for {1} orders.", [sales_wh_flow.qty(done.qty), done.orders]);
					frappe.show_alert({ message, indicator: "green" }, 7);
					after && after();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	},

	plan({ orders, lines, qty: total, short, rows, losers, others, more }) {
		const { escape, qty, link, pill } = sales_wh_flow;
		const lock = sales_wh_flow.stock_lock;
		if (!lines) {
			return `<p>${__("Nothing that is free now is waited for. Nobody would get anything.")}</p>`;
		}
		const colours = { Must: "red", Keep: "blue", Share: "yellow", "Give Up": "gray" };
		const cell = (words, css = "", label = "") => `<td class="${css}" data-label="${label}">${words}</td>`;
		const body = rows.map(
			(row) =>
				`<tr class="${row.gets ? "" : "swf-muted"}">${cell(link("Sales Order", row.sales_order))}
				${cell(escape(row.customer), "swf-item")}${cell(pill(__(row.serving_class), colours[row.serving_class]))}
				${cell(`${escape(row.item_code)}${lock.part_of(row.bundle)}`, "swf-item")}
				${cell(escape(row.warehouse), "swf-warehouse")}
				${cell(row.due ? frappe.datetime.str_to_user(row.due) : "")}
				${cell(qty(row.waits_for), "swf-number", __("Waits For"))}
				${cell(`<b>${qty(row.gets)}</b>`, "swf-number", __("Gets"))}
				${cell(row.left ? qty(row.left) : "", "swf-number", __("Still Waits"))}</tr>`
		);
		const head = [__("Order"), __("Customer"), __("Class"), __("Item"), __("Warehouse"), __("Promised")]
			.map((words) => `<th>${words}</th>`)
			.concat(
				[__("Waits For"), __("Gets"), __("Still Waits")].map((words) => `<th class="swf-number">${words}</th>`)
			);
		const given = losers.map(
			(it) =>
				`<li>${__("{0} ({1}) gives {2} of {3} in {4} to {5}", [
					link("Sales Order", it.sales_order),
					escape(it.customer),
					qty(it.loses),
					escape(it.item_code),
					escape(it.warehouse),
					it.for_order ? link("Sales Order", it.for_order) : __("an order you may not read"),
				])}</li>`
		);
		const hidden = [
			others === 1 ? __("1 line belongs to an order you may not read.") : "",
			others > 1 ? __("{0} lines belong to orders you may not read.", [others]) : "",
			more === 1 ? __("1 more line is not shown; it is served as well.") : "",
			more > 1 ? __("{0} more lines are not shown; they are served as well.", [more]) : "",
		].filter(Boolean);
		return `<div class="swf-who-words"><div>${__(
			"Lines that get stock: {0}, of orders: {1}. They get {2}; still waiting: {3}.",
			[lines, orders, qty(total), qty(short)]
		)}</div>${hidden.map((words) => `<div class="swf-muted">${words}</div>`).join("")}</div>
			${
				given.length
					? `<div class="swf-part"><div class="swf-caption">${__("Taken from Others")}</div>
						<ul>${given.join("")}</ul></div>`
					: ""
			}
			<div class="swf-part"><div class="swf-scroll"><table class="swf-lines">
			<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div></div>`;
	},
});
