frappe.query_reports["Waiting Demand"] = {
	filters: [
		{
			fieldname: "company",
			label: __("Company"),
			fieldtype: "Link",
			options: "Company",
			default: sales_wh_flow.company_to_begin_with(),
		},
		{ fieldname: "item_code", label: __("Item"), fieldtype: "Link", options: "Item" },
		{ fieldname: "warehouse", label: __("Warehouse"), fieldtype: "Link", options: "Warehouse" },
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{
			fieldname: "serving_class",
			label: __("Class"),
			fieldtype: "Select",
			options: ["", "Must", "Keep", "Share", "Give Up"].map((value) => ({ value, label: value && __(value) })),
		},
		{ fieldname: "only_late", label: __("Only What Comes Late"), fieldtype: "Check" },
		{ fieldname: "page", label: __("Page"), fieldtype: "Int" },
	],

	onload(report) {
		const lock = sales_wh_flow.stock_lock;
		if (lock.may_manage() && sales_wh_flow.is_on("stock_lock")) {
			report.page.add_inner_button(__("Plan Serving"), () => lock.plan_serving(() => report.refresh()));
		}
	},

	/** The quantity opens "Who has it?" for its item and warehouse, seen from the order that waits. */
	formatter(value, row, column, data, default_formatter) {
		if (column.fieldname === "serving_class" && value) {
			return sales_wh_flow.escape(__(value));
		}
		const words = sales_wh_flow.cell(default_formatter, value, row, column, data);
		if (column.fieldname !== "qty_stock" || !data || !data.item_code) {
			return words;
		}
		const [item, warehouse, order] = [data.item_code, data.warehouse, data.sales_order].map(encodeURIComponent);
		return `<a data-item="${item}" data-warehouse="${warehouse}" data-order="${order}"
			onclick="sales_wh_flow.stock_lock.who_has_it({
				item_code: decodeURIComponent(this.dataset.item),
				warehouse: decodeURIComponent(this.dataset.warehouse),
				sales_order: decodeURIComponent(this.dataset.order),
			})">${words}</a>`;
	},
};
