// The dialogs in which a sales user answers a condition.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	accept_condition(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Accept the Condition"),
			approval,
			fields: [
				{
					fieldtype: "HTML",
					options: `<p><b>${sales_wh_flow.escape(approval.condition.text)}</b></p>
						<p>${__("The order is changed accordingly and passes this approval.")}</p>`,
				},
			],
			label: __("Accept"),
			run: () => sales_wh_flow.tell("approval.api.accept_condition", { approval: approval.name }),
		});
	},

	decline_condition(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Decline the Condition"),
			approval,
			fields: [sales_wh_flow.comment_field(true)],
			label: __("Decline"),
			is_danger: true,
			run: ({ comment }) =>
				sales_wh_flow.tell("approval.api.decline_condition", { approval: approval.name, comment }),
		});
	},
});
