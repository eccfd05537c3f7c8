frappe.query_reports["Open Orders by Stage"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: sales_wh_flow.company_to_begin_with(),
		},
		{ fieldname: "warehouse", label: __("Warehouse"), fieldtype: "Link", options: "Warehouse" },
		{ fieldname: "by_warehouse", label: __("By Warehouse"), fieldtype: "Check" },
	],

	onload(report) {
		report.page.main.on("click", "[data-swf-orders]", (event) => {
			event.preventDefault();
			const { swfOrders, swfStage } = event.currentTarget.dataset;
			const company = report.get_filter_value("company");
			frappe.set_route("List", "Sales Order", "List", {
				swf_stage: swfStage,
				docstatus: ["<", 2],
				...(company ? { company } : {}),
				...({ late: { swf_lateness: "Late" }, at_risk: { swf_lateness: "At Risk" } }[swfOrders] || {}),
			});
		});
	},

	/** A count leads to the orders that it counts; those of one warehouse are on the board. */
	formatter(value, row, column, data, default_formatter) {
		const shown = sales_wh_flow.cell(default_formatter, value, row, column, data);
		const { escape_html } = frappe.utils;
		if (data && column.fieldname === "stage" && value) {
			return escape_html(__(value));
		}
		if (!data || !value || data.warehouse || !["orders", "late", "at_risk"].includes(column.fieldname)) {
			return shown;
		}
		return `<a href="#" data-swf-orders="${escape_html(column.fieldname)}" data-swf-stage="${escape_html(data.stage)}"
			title="${escape_html(__("Show these orders"))}">${shown}</a>`;
	},
};
