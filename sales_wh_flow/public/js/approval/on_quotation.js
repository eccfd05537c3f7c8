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

	show(frm, { is_on, is_gated, may_ask, may_withdraw, owed }) {
		const panel = sales_wh_flow.quotation;
		const block = sales_wh_flow.block_of(frm, "swf-quotation", is_on && owed.length > 0);
		const head = is_gated ? __("Needs approval before it goes out") : __("The order will need approval");
		block.append(
			`<div class="swf-headline"><span class="swf-title">${head}</span><span class="swf-actions"></span></div>`,
			`<div class="swf-part swf-approvals">${owed.map(panel.row).join("")}</div>`
		);
		const action = (label, css, run) =>
			$(`<button class="btn btn-xs ${css}"></button>`)
				.text(label)
				.appendTo(block.find(".swf-actions"))
				.on("click", run);
		may_ask && action(__("Ask for Approval"), "btn-primary", () => panel.ask(frm));
		may_withdraw && action(__("Take Back"), "btn-default", () => panel.take_back(frm));
		block.find("[data-decide]").on("click", async (event) => {
			const button = $(event.currentTarget);
			const need = owed.find((one) => one.approval === button.attr("data-approval"));
			const answer = await panel
				.actions(need)
				.find((one) => one.verb === button.attr("data-decide"))
				.run();
			sales_wh_flow.announce(answer);
			await frm.reload_doc();
		});
	},

	/** As about an order, without what would change one. */
	actions(need) {
		return sales_wh_flow.approval_actions({ ...need, name: need.approval });
	},

	row(need) {
		const { escape, pill, approval_colours, order_flow } = sales_wh_flow;
		const colour = approval_colours[need.state] || "gray";
		const buttons = sales_wh_flow.quotation
			.actions(need)
			.map(
				({ verb, label, css }) =>
					`<button class="btn btn-xs ${css}" data-decide="${verb}" data-approval="${escape(need.approval)}">${label}</button>`
			);
		const who = need.decided_by ? __("Decided by {0}", [escape(need.decided_by)]) : sales_wh_flow.who_decides(need);
		return `<div class="swf-approval">
			<div class="swf-approval-state">${pill(__(need.state), colour)}</div>
			<div class="swf-approval-text">
				<div>${order_flow.rule(need.rule)}</div>
				<div>${escape(need.reason)}</div>
				${order_flow.question(need)}
				<div class="swf-muted">${who}${order_flow.remind_again(need)}${order_flow.quote(need.comment)}</div>
			</div>
			${buttons.length ? `<div class="swf-buttons">${buttons.join("")}</div>` : ""}
		</div>`;
	},

	/** Asks, with a note for whoever decides. */
	ask(frm) {
		const quotation = frm.doc.name;
		sales_wh_flow.ask_with_a_note(async (note) => {
			await sales_wh_flow.tell(
				"approval.desk.api.ask_about_quotation",
				{ quotation, note },
				__("Asking for approval...")
			);
			await frm.reload_doc();
		});
	},

	take_back(frm) {
		sales_wh_flow.take_request_back(frm, "approval.desk.api.withdraw_from_quotation", {
			quotation: frm.doc.name,
		});
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
