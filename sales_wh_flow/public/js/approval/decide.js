// The dialog in which an approval is given or refused.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Asks for a comment and approves or refuses. */
	decide(approval, verb) {
		const is_refusal = verb === "refuse";
		return sales_wh_flow.ask_and_tell({
			title: is_refusal ? __("Refuse Approval") : __("Approve"),
			approval,
			fields: [sales_wh_flow.comment_field(is_refusal)],
			label: is_refusal ? __("Refuse") : __("Approve"),
			is_danger: is_refusal,
			run: ({ comment }) =>
				sales_wh_flow.tell(is_refusal ? "approval.api.refuse" : "approval.api.approve", {
					approval: approval.name,
					comment: comment || "",
				}),
		});
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
