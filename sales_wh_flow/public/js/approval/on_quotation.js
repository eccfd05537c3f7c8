// The block on a Quotation: what the order made from it would be asked about, and deciding that already here.
frappe.provide("sales_wh_flow.quotation");

Object.assign(sales_wh_flow.quotation, {
	async draw(frm) {
		const name = frm.doc.name;
		const found = await sales_wh_flow.ask("approval.desk.api.quotation_approvals", { quotation: name });
		if (frm.doc.name === name) {
			sales_wh_flow.quotation.show(frm, found);
		}
	},

	show(frm, { is_on, is_gated, may_ask, owed }) {
		const panel = sales_wh_flow.quotation;
		const block = sales_wh_flow.block_of(frm, "swf-quotation", is_on && owed.length > 0);
		const head = is_gated ? __("Needs approval before it goes out") : __("The order will need approval");
		block.append(
			`<div class="swf-headline"><span class="swf-title">${head}</span><span class="swf-actions"></span></div>`,
			`<div class="swf-part swf-approvals">${owed.map(panel.row).join("")}</div>`
		);
		if (may_ask) {
			$(`<button class="btn btn-xs btn-primary" data-ask>${__("Ask for Approval")}</button>`)
				.appendTo(block.find(".swf-actions"))
				.on("click", () => panel.ask(frm));
		}
		block.find("[data-decide]").on("click", (event) => {
			const button = $(event.currentTarget);
			const need = owed.find((one) => one.approval === button.attr("data-approval"));
			panel.decide(frm, need, button.attr("data-decide"));
		});
	},

	row(need) {
		const { escape, pill, approval_colours, order_flow } = sales_wh_flow;
		const colour = approval_colours[need.state] || "gray";
		const button = (verb, label, css) =>
			`<button class="btn btn-xs ${css}" data-decide="${verb}" data-approval="${escape(need.approval)}">${label}</button>`;
		const buttons = need.may_i_decide
			? `<div class="swf-buttons">${button("approve", __("Approve"), "btn-primary")}
				${button("refuse", __("Refuse"), "btn-default")}</div>`
			: "";
		const who = need.decided_by ? __("Decided by {0}", [escape(need.decided_by)]) : sales_wh_flow.who_decides(need);
		return `<div class="swf-approval">
			<div class="swf-approval-state">${pill(__(need.state), colour)}</div>
			<div class="swf-approval-text">
				<div>${order_flow.rule(need.rule)}</div>
				<div>${escape(need.reason)}</div>
				<div class="swf-muted">${who}${order_flow.quote(need.comment)}</div>
			</div>
			${buttons}
		</div>`;
	},

	async ask(frm) {
		const quotation = frm.doc.name;
		await sales_wh_flow.tell("approval.desk.api.ask_about_quotation", { quotation }, __("Asking for approval..."));
		await frm.reload_doc();
	},

	async decide(frm, need, action) {
		const is_refusal = action === "refuse";
		await sales_wh_flow.ask_and_tell({
			title: is_refusal ? __("Refuse Approval") : __("Approve"),
			approval: need,
			fields: [sales_wh_flow.comment_field(is_refusal)],
			label: is_refusal ? __("Refuse") : __("Approve"),
			is_danger: is_refusal,
			run: ({ comment }) =>
				sales_wh_flow.tell("approval.desk.api.decide_about_quotation", {
					approval: need.approval,
					action,
					comment: comment || "",
				}),
		});
		await frm.reload_doc();
	},
});

sales_wh_flow.on_form("Quotation", {
	refresh(frm) {
		sales_wh_flow.block_of(frm, "swf-quotation", false);
		if (sales_wh_flow.is_on("approval") && !frm.is_new() && frm.doc.docstatus === 0) {
			sales_wh_flow.quotation.draw(frm);
		}
	},
});
