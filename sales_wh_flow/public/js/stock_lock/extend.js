// The dialog that asks for more time.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	extend(frm, { ends_on, may_be_extended_until: latest }) {
		frappe.prompt(
			[
				{
					fieldtype: "Datetime",
					fieldname: "until",
					label: __("Keep Until"),
					reqd: 1,
					default: latest,
					description: __("After {0}, and {1} at the latest. An order is extended once.", [
						frappe.datetime.str_to_user(ends_on),
						frappe.datetime.str_to_user(latest),
					]),
				},
				{ fieldtype: "Small Text", fieldname: "reason", label: __("Why"), reqd: 1 },
			],
			async ({ until, reason }) => {
				await sales_wh_flow.tell("stock_lock.api.extend_locks", { sales_order: frm.doc.name, until, reason });
				await frm.reload_doc();
				frappe.show_alert({ message: __("The stock stays locked longer."), indicator: "green" });
			},
			__("Extend the Lock"),
			__("Extend")
		);
	},
});
