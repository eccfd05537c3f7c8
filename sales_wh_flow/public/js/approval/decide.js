// The dialog in which an approval is given or refused.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Asks for a comment and approves or refuses. */
	async decide(approval, verb) {
		const is_refusal = verb === "refuse";
		const comes_of_it = is_refusal ? [] : await sales_wh_flow.what_approving_brings([approval]);
		return sales_wh_flow.ask_and_tell({
			title: is_refusal ? __("Refuse Approval") : __("Approve"),
			approval,
			fields: [...comes_of_it, sales_wh_flow.comment_field(is_refusal)],
			label: is_refusal ? __("Refuse") : __("Approve"),
			is_danger: is_refusal,
			run: ({ comment }) =>
				sales_wh_flow.tell(is_refusal ? "approval.api.refuse" : "approval.api.approve", {
					approval: approval.name,
					comment: comment || "",
				}),
		});
	},

	/** Said before an approval: what else it answers, and that the last one submits. Fields of a dialog. */
	async what_approving_brings(approvals) {
		const { escape } = sales_wh_flow;
		const names = JSON.stringify(approvals.map(({ name }) => name));
		// Frozen meanwhile: a second click must not open a second dialog.
		const { also, submits } = await sales_wh_flow.ask(
			"approval.desk.api.what_approving_brings",
			{ approvals: names },
			{ freeze: true }
		);
		const rows = also.map(
			({ about, rule, reason }) => `<li><b>${escape(rule)}</b> ${escape(about)}<br>${escape(reason)}</li>`
		);
		const counts = rows.length
			? `<p>${__("Your approval counts for these as well:")}</p><ul class="swf-inbox-asked">${rows.join("")}</ul>`
			: "";
		const last = submits ? `<p>${sales_wh_flow.what_the_last_brings()}</p>` : "";
		return counts || last ? [{ fieldtype: "HTML", options: counts + last }] : [];
	},

	what_the_last_brings() {
		return sales_wh_flow.is_on("stock_lock")
			? __("The last approval submits the order and locks its stock.")
			: __("The last approval submits the order.");
	},

	comment_field(is_refusal) {
		return {
			fieldtype: "Small Text",
			fieldname: "comment",
			label: is_refusal ? __("Why") : __("Comment"),
			reqd: is_refusal ? 1 : 0,
			description: is_refusal ? __("Shown to whoever wrote the order.") : "",
		};
	},
});
