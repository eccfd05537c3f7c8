frappe.query_reports["Stock Locks"] = {
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
		{ fieldname: "older_than_days", label: __("Locked for at Least (Days)"), fieldtype: "Int" },
		{ fieldname: "ending_in_days", label: __("Given Back within (Days)"), fieldtype: "Int" },
		{
			fieldname: "group_by",
			label: __("Sum Up By"),
			fieldtype: "Select",
			options: [
				{ value: "", label: "" },
				{ value: "Order", label: __("Order") },
				{ value: "Customer", label: __("Customer") },
				{ value: "Item", label: __("Item") },
				{ value: "Age", label: __("Age") },
			],
		},
		{ fieldname: "page", label: __("Page"), fieldtype: "Int" },
	],

	onload(report) {
		const lock = sales_wh_flow.stock_lock;
		if (lock.may_manage()) {
			report.page.add_inner_button(__("Check Now"), () => lock.check());
		}
		report.page.main.on("click", ".swf-act", ({ currentTarget }) => {
			lock.change(currentTarget.dataset, () => report.refresh());
		});
	},

	/** The locked quantity opens "Who has it?" for its item and warehouse; beside it, what can be done with it. */
	formatter(value, row, column, data, default_formatter) {
		const words = sales_wh_flow.cell(default_formatter, value, row, column, data);
		if (column.fieldname !== "qty_stock" || !data || !data.item_code || !data.warehouse) {
			return words;
		}
		const [item, warehouse] = [data.item_code, data.warehouse].map(encodeURIComponent);
		return `<div class="swf-cell">${sales_wh_flow.stock_lock.change_button(data)}
			<a data-item="${item}" data-warehouse="${warehouse}" onclick="sales_wh_flow.stock_lock.who_has_it({
				item_code: decodeURIComponent(this.dataset.item), warehouse: decodeURIComponent(this.dataset.warehouse)
			})">${words}</a></div>`;
	},
};
