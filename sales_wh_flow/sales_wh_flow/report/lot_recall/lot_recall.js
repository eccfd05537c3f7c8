frappe.query_reports["Lot Recall"] = {
	filters: [
		{ fieldname: "batch_no", label: __("Batch"), fieldtype: "Data" },
		{
			fieldname: "serial_nos",
			label: __("Serial Numbers"),
			fieldtype: "Data",
			description: __("Several: with commas between them."),
		},
		{ fieldname: "item_code", label: __("Item"), fieldtype: "Link", options: "Item" },
	],

	formatter: (value, row, column, data, default_formatter) =>
		sales_wh_flow.cell(default_formatter, value, row, column, data),
};
