frappe.query_reports["Returned Goods"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: sales_wh_flow.company_to_begin_with(),
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
			default: frappe.datetime.add_months(sales_wh_flow.today(), -12),
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
			const company = sales_wh_flow.opens_companies() ? { company: swfCompany } : {};
			const wanted = { [swfField]: swfGroup, ...company, group_by: "Each Return" };
			const changed = Object.entries(wanted).filter(([field, value]) => report.get_filter_value(field) !== value);
			report._no_refresh = true; // one answer for all of them: Frappe gives up the one before
			frappe.run_serially([
				// Frappe refuses to check a link to what the reader may not open, such as the company.
				...changed.map(([field, value]) => async () => {
					await Promise.resolve(report.get_filter(field).set_value(value)).catch(() => null);
				}),
				() => (report._no_refresh = false),
				() => report.refresh(),
			]);
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
