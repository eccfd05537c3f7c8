frappe.query_reports["Approval History"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
		},
		{
			fieldname: "from_date",
			label: __("Asked From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -3),
		},
		{
			fieldname: "to_date",
			label: __("Asked Until"),
			fieldtype: "Date",
			default: frappe.datetime.get_today(),
		},
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: [
				{ value: "Each Decision", label: __("Each Decision") },
				{ value: "By Rule", label: __("By Rule") },
				{ value: "By Approver", label: __("By Approver") },
			],
			default: "Each Decision",
		},
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{ fieldname: "sales_order", label: __("Sales Order"), fieldtype: "Link", options: "Sales Order" },
		{ fieldname: "rule", label: __("Rule"), fieldtype: "Link", options: "Order Approval Rule" },
		{ fieldname: "approver", label: __("Decided By"), fieldtype: "Link", options: "User" },
		{
			fieldname: "state",
			label: __("State"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("Any State") },
				...["Open", "Approved", "Rejected", "Superseded", "Shadow"].map((value) => ({ value, label: __(value) })),
			],
		},
	],

	formatter(value, row, column, data, default_formatter) {
		const shown = default_formatter(value, row, column, data);
		if (!data || !value) {
			return shown;
		}
		if (column.fieldname === "state") {
			const colours = { Open: "orange", Approved: "green", Rejected: "red", Superseded: "gray", Shadow: "purple" };
			return `<span class="indicator-pill no-indicator-dot ${colours[value] || "gray"}">${frappe.utils.escape_html(
				__(value)
			)}</span>`;
		}
		if (["requested_by", "decided_by", "on_behalf_of"].includes(column.fieldname)) {
			// The file for the auditor carries the user's name in the system, the screen the one people know.
			return `<span title="${frappe.utils.escape_html(value)}">${frappe.utils.escape_html(
				frappe.user.full_name(value)
			)}</span>`;
		}
		return shown;
	},
};
