// Who loses, or lost, what a count of locked stock did not find: above the fields of a Stock Reconciliation.
frappe.provide("sales_wh_flow.stock_lock");

sales_wh_flow.on_form("Stock Reconciliation", {
	async refresh(frm) {
		sales_wh_flow.block_of(frm, "swf-flow", false);
		frm.toggle_display("swf_lose_first", false);
		if (frm.is_new() || !sales_wh_flow.is_on("stock_lock")) {
			return;
		}
		const { name } = frm.doc;
		const answer = await sales_wh_flow.ask("stock_lock.api.who_loses_by_count", { count: name });
		if (frm.doc.name !== name) {
			return;
		}
		const holds = answer.lines.length || answer.left.length;
		frm.toggle_display("swf_lose_first", answer.may_choose && holds);
		sales_wh_flow.stock_lock.draw_losses(frm, answer);
	},
});

Object.assign(sales_wh_flow.stock_lock, {
	draw_losses(frm, { is_plan, lines, left }) {
		const { escape, link, pill, qty } = sales_wh_flow;
		const rows = lines.map(
			(line) =>
				`<li>${link("Sales Order", line.sales_order)} ${__("{0} of {1} in {2}", [
					`<b>${qty(line.qty)}</b>`,
					escape(line.item_code),
					escape(line.warehouse),
				])} ${pill(line.by_hand ? __("By Hand") : __("Serving Policy"), line.by_hand ? "blue" : "gray")}</li>`
		);
		const picked = left.map(
			(line) =>
				`<li class="text-danger">${__("{0} of {1} in {2} lie on Pick Lists: shorten those first", [
					qty(line.qty),
					escape(line.item_code),
					escape(line.warehouse),
				])}</li>`
		);
		const title = is_plan ? __("Would Lose When This Is Submitted") : __("Lost by This Count");
		sales_wh_flow.block_of(frm, "swf-flow", rows.length + picked.length).append(
			`<div class="swf-papers"><div><div class="swf-caption">${title}</div>
			<ul>${rows.join("")}${picked.join("")}</ul></div></div>`
		);
	},
});
