// The dialog that says of every rule why or why not.
frappe.provide("sales_wh_flow.order_flow");

Object.assign(sales_wh_flow.order_flow, {
	/** Every active rule with its verdict on this order; the number of a row leads to the row. */
	async show_reasons(frm) {
		const { escape, pill, order_flow } = sales_wh_flow;
		const sales_order = frm.doc.name;
		const rules = await sales_wh_flow.ask("approval.desk.api.approval_reasons", { sales_order });
		const verdicts = {
			Hit: [__("Asks"), "orange"],
			"Not Hit": [__("Does not ask"), "green"],
			"Out of Scope": [__("Other orders"), "gray"],
			Error: [__("Can't tell"), "red"],
		};
		const order = Object.keys(verdicts);
		const rows = [...rules]
			.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
			.map((one) => {
				const [words, colour] = verdicts[one.verdict] || [__(one.verdict), "gray"];
				const shadow = one.is_shadow ? pill(__("Shadow"), "gray", "no-indicator-dot") : "";
				const state = one.state
					? pill(__(one.state), sales_wh_flow.approval_colours[one.state], "no-indicator-dot")
					: "";
				return `<div class="swf-approval" data-rule="${escape(one.rule)}">
					<div class="swf-approval-state">${pill(words, colour)}</div>
					<div class="swf-approval-text">
						<div>${order_flow.rule(one.rule)} ${shadow} ${state}</div>
						<div>${order_flow.reason(one.reason)}</div>
						<div class="swf-muted">${escape(one.explanation || "")}</div>
					</div>
				</div>`;
			});
		const dialog = frappe.msgprint({
			title: __("Why / Why Not: {0}", [escape(sales_order)]),
			message: rows.join("") || __("No approval rule is enabled."),
			wide: true,
		});
		dialog.$body.find("[data-row]").on("click", (event) => {
			event.preventDefault();
			dialog.hide();
			order_flow.show_row(frm, cint($(event.currentTarget).attr("data-row")));
		});
	},
});
