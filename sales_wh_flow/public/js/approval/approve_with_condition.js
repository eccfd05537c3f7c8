// The dialog that binds an approval to a condition.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Approves if the sales user changes the order so. */
	async approve_with_condition(approval) {
		const comes_of_it = await sales_wh_flow.what_approving_brings([approval]);
		return sales_wh_flow.ask_and_tell({
			title: __("Approve with a Condition"),
			approval,
			fields: [
				...comes_of_it,
				{
					fieldtype: "Select",
					fieldname: "kind",
					label: __("Condition"),
					options: [
						{ value: "Smaller Discount", label: __("Smaller discount") },
						{ value: "Prepayment", label: __("Prepayment") },
						{ value: "Available Quantity", label: __("Ship at most what is available") },
					],
					default: "Smaller Discount",
					reqd: 1,
					description: __(
						"Who asked accepts it: the order is changed so, and passes without being asked again. Or declines: you decide anew."
					),
				},
				...sales_wh_flow.condition_values(),
				{ fieldtype: "Small Text", fieldname: "comment", label: __("Comment") },
			],
			label: __("Offer"),
			run: ({ kind, most_discount, prepayment, comment }) =>
				sales_wh_flow.tell("approval.api.approve_with_condition", {
					approval: approval.name,
					kind,
					value: { "Smaller Discount": most_discount, Prepayment: prepayment }[kind] || 0,
					comment: comment || "",
				}),
		});
	},

	/** What each kind of condition needs to know; only the chosen one's field is shown. */
	condition_values() {
		const of_kind = (kind) => ({
			depends_on: `eval:doc.kind === '${kind}'`,
			mandatory_depends_on: `eval:doc.kind === '${kind}'`,
		});
		return [
			{
				fieldtype: "Percent",
				is_plain: true,
				precision: 2,
				fieldname: "most_discount",
				label: __("Discount Granted at Most (%)"),
				description: __("Lines with more are priced up to this, the order's own discount counted."),
				...of_kind("Smaller Discount"),
			},
			{
				fieldtype: "Percent",
				is_plain: true,
				precision: 2,
				fieldname: "prepayment",
				label: __("Paid before Goods Leave (%)"),
				description: __("Share of the order's total. Until it is paid nothing is shipped."),
				...of_kind("Prepayment"),
			},
			{
				fieldtype: "HTML",
				fieldname: "available",
				options: `<p class="text-muted">${__(
					"Each line is cut to what is free in stock at the moment of accepting; lines without any are taken off."
				)}</p>`,
				depends_on: "eval:doc.kind === 'Available Quantity'",
			},
		];
	},
});
