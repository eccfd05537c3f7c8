// The dialog that hands a request to somebody else.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Hands one request to another user, who may then decide it. */
	forward(approval) {
		return sales_wh_flow.ask_and_tell({
			title: __("Forward"),
			approval,
			fields: [
				{
					fieldtype: "Link",
					fieldname: "to_user",
					label: __("To"),
					options: "User",
					reqd: 1,
					filters: { enabled: 1, user_type: "System User" },
					description: __("Must be able to read the order. Decides instead of you, just this once."),
				},
				{ fieldtype: "Small Text", fieldname: "comment", label: __("Comment"), reqd: 1 },
			],
			label: __("Forward"),
			run: ({ to_user, comment }) =>
				sales_wh_flow.tell("approval.api.forward", { approval: approval.name, to_user, comment }),
		});
	},
});
