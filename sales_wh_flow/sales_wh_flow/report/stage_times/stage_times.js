frappe.query_reports["Stage Times"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: sales_wh_flow.company_to_begin_with(),
		},
		{
			fieldname: "from_date",
			label: __("Entered From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(sales_wh_flow.today(), -3),
		},
		{
			fieldname: "to_date",
			label: __("Entered Until"),
			fieldtype: "Date",
			default: sales_wh_flow.today(),
		},
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: [
				{ value: "By Stage", label: __("By Stage") },
				{ value: "By Stage and Warehouse", label: __("By Stage and Warehouse") },
				{ value: "Each Stay", label: __("Each Stay") },
			],
			default: "By Stage",
		},
		{ fieldname: "stage", label: __("Stage"), fieldtype: "Data" },
		{ fieldname: "warehouse", label: __("Warehouse"), fieldtype: "Link", options: "Warehouse" },
		{ fieldname: "sales_order", label: __("Sales Order"), fieldtype: "Link", options: "Sales Order" },
	],

	onload(report) {
		report.page.main.on("click", "[data-swf-stage]", (event) => {
			event.preventDefault();
			const { swfStage, swfWarehouse } = event.currentTarget.dataset;
			report.set_filter_value({ show: "Each Stay", stage: swfStage, warehouse: swfWarehouse });
		});
	},

	/** A count leads to the stays that it counts. */
	formatter(value, row, column, data, default_formatter) {
		const shown = sales_wh_flow.cell(default_formatter, value, row, column, data);
		const { escape_html } = frappe.utils;
		if (data && ["stage", "delay_of", "stage_owner"].includes(column.fieldname) && value) {
			return escape_html(__(value));
		}
		if (!data || !value || data.sales_order || !["stays", "lasting"].includes(column.fieldname)) {
			return shown;
		}
		return `<a href="#" data-swf-stage="${escape_html(data.stage)}" data-swf-warehouse="${escape_html(
			data.warehouse || ""
		)}" title="${escape_html(__("Show these orders"))}">${shown}</a>`;
	},
};
