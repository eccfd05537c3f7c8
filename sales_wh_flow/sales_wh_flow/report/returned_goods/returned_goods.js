frappe.query_reports["Returned Goods"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: frappe.defaults.get_user_default("Company"),
		},
		{
			fieldname: "group_by",
			label: __("Sum Up By"),
			fieldtype: "Select",
			options: [
				{ value: "Each Return", label: __("Each Return") },
				...["Reason", "Item", "Customer", "Courier"].map((value) => ({ value, label: __(value) })),
			],
			default: "Reason",
		},
		{
			fieldname: "from_date",
			label: __("From Date"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(frappe.datetime.get_today(), -12),
		},
		{ fieldname: "to_date", label: __("To Date"), fieldtype: "Date" },
		{ fieldname: "reason", label: __("Reason"), fieldtype: "Link", options: "Return Reason" },
		{ fieldname: "item_code", label: __("Item"), fieldtype: "Link", options: "Item" },
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{ fieldname: "courier", label: __("Courier"), fieldtype: "Link", options: "Courier" },
	],

	/** A sum's number of rows opens these rows; an empty value in an address would leave the sums in place. */
	formatter(value, row, column, data, default_formatter) {
		const words = sales_wh_flow.cell(default_formatter, value, row, column, data);
		if (column.fieldname !== "rows" || !data || !data.rows) {
			return words;
		}
		const wanted = frappe.query_report.get_filter_values();
		const fields = { Reason: "reason", Item: "item_code", Customer: "customer", Courier: "courier" };
		const field = fields[wanted.group_by];
		const query = new URLSearchParams({ ...wanted, group_by: "Each Return", company: data.company });
		if (data[field]) {
			query.set(field, data[field]);
		}
		return `<a href="/app/query-report/Returned Goods?${sales_wh_flow.escape(query.toString())}">${words}</a>`;
	},
};
