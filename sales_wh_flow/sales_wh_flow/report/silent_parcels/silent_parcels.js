frappe.query_reports["Silent Parcels"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: sales_wh_flow.company_to_begin_with(),
		},
		{ fieldname: "courier", label: __("Courier"), fieldtype: "Link", options: "Courier" },
	],

	/** The tracking number opens the courier's page of the parcel. */
	formatter(value, row, column, data, default_formatter) {
		const words = sales_wh_flow.cell(default_formatter, value, row, column, data);
		if (column.fieldname !== "tracking_no" || !data || !data.link) {
			return words;
		}
		return `<a href="${sales_wh_flow.escape(data.link)}" target="_blank" rel="noopener noreferrer">${words}</a>`;
	},
};
