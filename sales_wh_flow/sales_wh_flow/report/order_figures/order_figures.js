{
	const GROUPS = {
		"By Month": { column: "month", label: __("By Month") },
		"By Company": { column: "company", label: __("By Company") },
		"By Warehouse": { column: "warehouse", label: __("By Warehouse") },
		"By Customer Group": { column: "customer_group", label: __("By Customer Group") },
		"By Territory": { column: "territory", label: __("By Territory") },
		"By Seller": { column: "seller", label: __("By Seller") },
		"By Courier": { column: "courier", label: __("By Courier") },
		"By Item Group": { column: "item_group", label: __("By Item Group") },
	};

	/** What each figure means: shown where the mouse rests on it. */
	const meaning = (figure) =>
		({
			line_fill: __(
				"Lines that had left in full by the day first promised, of all lines of orders that are decided"
			),
			order_fill: __("Orders of which each line had left by the day first promised"),
			value_fill: __("Net value that had left by the day first promised"),
			on_requested: __("Orders of which all was there by the day the customer asked for"),
			on_first: __("Orders of which all was there by the day first promised"),
			on_last: __("Orders of which all was there by the day promised last"),
			at_once: __("How much of each line was locked as the order was submitted, on average"),
			came_back: __("Orders of which something was refused or returned, of those of which anything has left"),
		})[figure];

	/** The filters of one group's rows. */
	const within = (group, key) => {
		if (group !== "month") {
			return { [group]: key };
		}
		return {
			from_date: `${key}-01`,
			to_date: moment(`${key}-01`).endOf("month").format("YYYY-MM-DD"),
		};
	};

	frappe.query_reports["Order Figures"] = {
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
				label: __("Ordered From"),
				fieldtype: "Date",
				default: frappe.datetime.add_months(sales_wh_flow.today(), -3),
			},
			{
				fieldname: "to_date",
				label: __("Ordered Until"),
				fieldtype: "Date",
				default: sales_wh_flow.today(),
			},
			{
				fieldname: "show",
				label: __("Show"),
				fieldtype: "Select",
				options: [
					...Object.entries(GROUPS).map(([value, { label }]) => ({ value, label })),
					{ value: "Each Order", label: __("Each Order") },
				],
				default: "By Month",
			},
			// A group stands for all that lies in it.
			{ fieldname: "warehouse", label: __("Warehouse"), fieldtype: "Link", options: "Warehouse" },
			{
				fieldname: "customer_group",
				label: __("Customer Group"),
				fieldtype: "Link",
				options: "Customer Group",
			},
			{ fieldname: "territory", label: __("Territory"), fieldtype: "Link", options: "Territory" },
			{ fieldname: "item_group", label: __("Item Group"), fieldtype: "Link", options: "Item Group" },
			{ fieldname: "courier", label: __("Courier"), fieldtype: "Link", options: "Courier" },
			{ fieldname: "seller", label: __("Seller"), fieldtype: "Link", options: "User" },
			{
				fieldname: "days_early",
				label: __("Most Days Early"),
				fieldtype: "Data",
				description: __("What is there earlier than that is not on time either; empty: any day before is."),
			},
			{ fieldname: "counts", label: __("Counted In"), fieldtype: "Data", hidden: 1 },
		],

		onload(report) {
			report.page.main.on("click", "[data-swf-figure]", (event) => {
				event.preventDefault();
				const { swfFigure, swfKey } = event.currentTarget.dataset;
				const group = (GROUPS[report.get_filter_value("show")] || GROUPS["By Month"]).column;
				const counts = swfFigure === "orders" ? "" : swfFigure;
				report.set_filter_value({ ...within(group, swfKey), show: "Each Order", counts });
			});
		},

		/** A figure leads to the orders that it counts. */
		formatter(value, row, column, data, default_formatter) {
			const shown = sales_wh_flow.cell(default_formatter, value, row, column, data);
			const { escape_html } = frappe.utils;
			if (data && column.fieldname === "flow_status" && value) {
				return escape_html(__(value));
			}
			const figure = meaning(column.fieldname);
			if (!data || data.sales_order || !data.key || !(figure || column.fieldname === "orders")) {
				return shown;
			}
			if (value === null || value === undefined) {
				return "";
			}
			return `<a href="#" data-swf-figure="${escape_html(column.fieldname)}" data-swf-key="${escape_html(data.key)}"
				title="${escape_html(figure || __("Show these orders"))}">${shown}</a>`;
		},
	};
}
