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

	onload(report) {
		report.page.main.on("click", "[data-swf-group]", (event) => {
			event.preventDefault();
			const { swfField, swfGroup, swfCompany } = event.currentTarget.dataset;
			report.set_filter_value({ group_by: "Each Return", company: swfCompany, [swfField]: swfGroup });
		});
	},

	/** A sum's number of rows opens these rows. */
	formatter(value, row, column, data, default_formatter) {
		const words = sales_wh_flow.cell(default_formatter, value, row, column, data);
		const fields = { Reason: "reason", Item: "item_code", Customer: "customer", Courier: "courier" };
		const field = fields[frappe.query_report.get_filter_value("group_by")];
		if (column.fieldname !== "rows" || !data?.rows || !field) {
			return words;
		}
		const { escape } = sales_wh_flow;
		return `<a href="#" data-swf-field="${field}" data-swf-group="${escape(data[field] || "")}"
			data-swf-company="${escape(data.company)}" title="${escape(__("Show these returns"))}">${words}</a>`;
	},
};
