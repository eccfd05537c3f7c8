// The panel "What If": what would come of approving an order now. It draws what the server worked out.
frappe.provide("sales_wh_flow.what_if");

Object.assign(sales_wh_flow.what_if, {
	/** Opens the panel of one order in a dialog. */
	async open(sales_order) {
		const found = await sales_wh_flow.ask("approval.desk.api.what_if", { sales_order });
		const dialog = new frappe.ui.Dialog({
			title: __("If {0} Is Approved Now", [sales_wh_flow.escape(sales_order)]),
			size: "large",
			fields: [{ fieldtype: "HTML", options: sales_wh_flow.what_if.html(found) }],
		});
		dialog.$wrapper.addClass("swf-what-if-dialog");
		dialog.$wrapper.on("click", "a[href]", () => dialog.hide());
		dialog.show();
		return dialog;
	},

	html(found) {
		const panel = sales_wh_flow.what_if;
		return `<div class="swf-what-if">
			<div class="swf-what-if-top">${panel.exposure(found)}${panel.margin(found)}</div>
			${panel.stock(found)}
		</div>`;
	},

	money(amount, { currency }) {
		return format_currency(amount, currency);
	},

	/** A bar of parts [{width, colour, title}], in percent of its length. */
	bar(parts, mark) {
		const pieces = parts.map(
			({ width, colour, title }) =>
				`<span class="swf-bar-part is-${colour}" style="width: ${flt(width, 2)}%"
					title="${sales_wh_flow.escape(title)}"></span>`
		);
		const at = `inset-inline-start: ${flt(mark, 2)}%`;
		const line = mark === undefined ? "" : `<span class="swf-bar-mark" style="${at}"></span>`;
		return `<div class="swf-bar">${pieces.join("")}${line}</div>`;
	},

	section(title, body) {
		return `<div class="swf-what-if-part"><div class="swf-caption">${title}</div>${body}</div>`;
	},

	exposure(found) {
		const panel = sales_wh_flow.what_if;
		if (!found.exposure) {
			return "";
		}
		const { limit, before, order, after, share_pct, pending_orders, pending_value, shared_by } = found.exposure;
		const money = (amount) => panel.money(amount, found);
		const whole = Math.max(limit, after, 1);
		const is_over = limit > 0 && after > limit;
		const parts = [
			{
				width: (100 * Math.max(before, 0)) / whole,
				colour: "gray",
				title: __("Owed so far: {0}", [money(before)]),
			},
			{
				width: (100 * order) / whole,
				colour: is_over ? "red" : "blue",
				title: __("This order: {0}", [money(order)]),
			},
		];
		const limit_words = limit > 0 ? __("limit {0}", [money(limit)]) : __("no credit limit");
		const share =
			share_pct === null
				? ""
				: ` <span class="${is_over ? "swf-bad" : "swf-muted"}">${sales_wh_flow.percent(share_pct)}</span>`;
		const pending = pending_orders
			? `<div class="swf-muted">${__("Other drafts of this customer that wait for approval: {0}, worth {1}", [
					pending_orders,
					money(pending_value),
				])}</div>`
			: "";
		const together = shared_by
			? `<div class="swf-muted">${__("Limit and debt of all customers of {0} together", [
					sales_wh_flow.escape(shared_by),
				])}</div>`
			: "";
		return panel.section(
			__("Credit of {0}", [sales_wh_flow.escape(found.customer_name || found.customer)]),
			`<div class="swf-figure">${money(after)}${share}</div>
			${panel.bar(parts, limit > 0 ? (100 * limit) / whole : undefined)}
			<div class="swf-muted">${__("owed {0} + this order {1}", [money(before), money(order)])} · ${limit_words}</div>
			${together}${pending}`
		);
	},

	margin(found) {
		const panel = sales_wh_flow.what_if;
		const { margin } = found;
		if (!margin || margin.margin_pct === null) {
			return margin ? panel.section(__("Margin"), `<div class="swf-muted">${__("No cost is known.")}</div>`) : "";
		}
		const money = (amount) => panel.money(amount, found);
		const is_loss = margin.margin < 0;
		const cost_share = margin.revenue > 0 ? Math.min((100 * margin.cost) / margin.revenue, 100) : 100;
		const parts = [
			{ width: cost_share, colour: is_loss ? "red" : "gray", title: __("Cost: {0}", [money(margin.cost)]) },
			{ width: 100 - cost_share, colour: "green", title: __("Margin: {0}", [money(margin.margin)]) },
		];
		const worst = margin.worst
			.map((line) =>
				__("lowest: row #{0}, {1}, {2}", [
					line.idx,
					sales_wh_flow.escape(line.item_code),
					sales_wh_flow.percent(line.margin_pct),
				])
			)
			.join("");
		const left_out = margin.lines_without_cost;
		const unknown = left_out
			? ` · ${
					left_out === 1
						? __("1 line without a cost is left out")
						: __("{0} lines without a cost are left out", [left_out])
				}`
			: "";
		return panel.section(
			__("Margin over Cost"),
			`<div class="swf-figure">${money(margin.margin)}
				<span class="${is_loss ? "swf-bad" : "swf-muted"}">${sales_wh_flow.percent(margin.margin_pct)}</span></div>
			${panel.bar(parts)}
			<div class="swf-muted">${worst}${unknown}</div>`
		);
	},

	stock(found) {
		const panel = sales_wh_flow.what_if;
		if (!found.stock) {
			return panel.section(
				__("Stock"),
				`<div class="swf-muted">${__("Stock Lock is switched off: approving locks nothing.")}</div>`
			);
		}
		const { lines, others } = found.stock;
		return panel.lines(lines) + panel.others(others);
	},

	lines(lines) {
		const { escape, qty, pill } = sales_wh_flow;
		const panel = sales_wh_flow.what_if;
		if (!lines.length) {
			return panel.section(
				__("What Would Be Locked"),
				`<div class="swf-muted">${__("Nothing: no line asks for stock.")}</div>`
			);
		}
		const rows = lines.map((line) => {
			const share = (100 * line.locked) / line.needed;
			const state =
				line.missing > 0
					? line.expected
						? pill(
								__("{0} missing until {1}", [
									qty(line.missing),
									frappe.datetime.str_to_user(line.expected),
								]),
								"yellow"
							)
						: pill(__("{0} missing", [qty(line.missing)]), "red")
					: pill(__("all locked"), "green");
			const name = line.item_name === line.item_code ? "" : line.item_name;
			return `<li>
				<div class="swf-row">
					<span class="swf-row-name"><b>${escape(line.item_code)}</b>
						<span class="swf-muted">${[name, line.warehouse].filter(Boolean).map(escape).join(" · ")}</span></span>
					<span>${__("{0} of {1} {2}", [qty(line.locked), qty(line.needed), escape(line.uom)])} ${state}</span>
				</div>
				${panel.bar([{ width: share, colour: line.missing > 0 ? "yellow" : "green", title: `${flt(share, 0)} %` }])}
			</li>`;
		});
		return panel.section(__("What Would Be Locked"), `<ul class="swf-rows">${rows.join("")}</ul>`);
	},

	others({ named, more, hidden }) {
		const { escape, link, pill, qty } = sales_wh_flow;
		const panel = sales_wh_flow.what_if;
		const day = (moment) => (moment ? frappe.datetime.str_to_user(moment) : __("no date"));
		const rows = named.map((one) => {
			const loss =
				one.lost > 0
					? pill(
							__("{0} less: {1} instead of {2}", [qty(one.lost), qty(one.after), qty(one.before)]),
							"orange"
						)
					: pill(__("later: {0} instead of {1}", [day(one.day_after), day(one.day_before)]), "yellow");
			return `<li class="swf-row">
				<span class="swf-row-name">${link("Sales Order", one.sales_order)}
					<span class="swf-muted">${escape(one.customer)} · ${escape(one.item_code)}</span></span>
				<span>${loss}</span>
			</li>`;
		});
		const rest = [
			more ? (more === 1 ? __("1 more order") : __("{0} more orders", [more])) : "",
			hidden
				? hidden === 1
					? __("1 order that you may not see")
					: __("{0} orders that you may not see", [hidden])
				: "",
		].filter(Boolean);
		if (rest.length) {
			rows.push(`<li class="swf-muted">${rest.join(" · ")}</li>`);
		}
		const body = rows.length
			? `<ul class="swf-rows">${rows.join("")}</ul>`
			: `<div class="swf-muted">${__("None: nobody else gets less or later.")}</div>`;
		return panel.section(__("Which Other Orders Would Get Less"), body);
	},
});
