frappe.query_reports["Approval History"] = {
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
			label: __("Asked From"),
			fieldtype: "Date",
			default: frappe.datetime.add_months(sales_wh_flow.today(), -3),
		},
		{
			fieldname: "to_date",
			label: __("Asked Until"),
			fieldtype: "Date",
			default: sales_wh_flow.today(),
		},
		{
			fieldname: "show",
			label: __("Show"),
			fieldtype: "Select",
			options: [
				{ value: "Each Decision", label: __("Each Decision") },
				{ value: "By Rule", label: __("By Rule") },
				{ value: "By Approver", label: __("By Approver") },
			],
			default: "Each Decision",
		},
		{ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" },
		{ fieldname: "sales_order", label: __("Sales Order"), fieldtype: "Link", options: "Sales Order" },
		{ fieldname: "rule", label: __("Rule"), fieldtype: "Link", options: "Order Approval Rule" },
		{ fieldname: "approver", label: __("Decided By"), fieldtype: "Link", options: "User" },
		{
			fieldname: "state",
			label: __("State"),
			fieldtype: "Select",
			options: [
				{ value: "", label: __("Any State") },
				...["Open", "Approved", "Rejected", "Superseded", "Shadow"].map((value) => ({
					value,
					label: __(value),
				})),
			],
		},
		{ fieldname: "page", label: __("Page"), fieldtype: "Int" },
	],

	onload(report) {
		report.page.main.on("click", "[data-swf-key]", (event) => {
			const { swfKey, swfState } = event.currentTarget.dataset;
			const is_rule = report.get_filter_value("show") === "By Rule";
			event.preventDefault();
			report.set_filter_value({
				show: "Each Decision",
				[is_rule ? "rule" : "approver"]: swfKey,
				state: swfState,
			});
		});
	},

	/** A count by rule or approver leads to the decisions that it counts. */
	figure(shown, fieldname, { key, key_name }) {
		const is_rule = frappe.query_report.get_filter_value("show") === "By Rule";
		const states = is_rule
			? {
					key: "",
					approved: "Approved",
					refused: "Rejected",
					waiting: "Open",
					withdrawn: "Superseded",
					shadow: "Shadow",
				}
			: { key: "" }; // a vote counts here whatever became of the approval
		if (states[fieldname] === undefined) {
			return shown;
		}
		const words = fieldname === "key" && key_name ? frappe.utils.escape_html(key_name) : shown;
		return `<a href="#" style="text-decoration: underline" title="${frappe.utils.escape_html(__("Show these decisions"))}" data-swf-state="${frappe.utils.escape_html(
			states[fieldname]
		)}" data-swf-key="${frappe.utils.escape_html(key)}">${words}</a>`;
	},

	formatter(value, row, column, data, default_formatter) {
		const shown = sales_wh_flow.cell(default_formatter, value, row, column, data);
		if (!data || !value) {
			return shown;
		}
		if (data.key) {
			return this.figure(shown, column.fieldname, data);
		}
		if (column.fieldname === "state") {
			const colours = {
				Open: "orange",
				Approved: "green",
				Rejected: "red",
				Superseded: "gray",
				Shadow: "purple",
			};
			return `<span class="indicator-pill no-indicator-dot ${colours[value] || "gray"}">${frappe.utils.escape_html(
				__(value)
			)}</span>`;
		}
		const name = data[`${column.fieldname}_name`];
		if (name) {
			// The file for the auditor carries the user's name in the system, the screen the one people know.
			const { escape_html } = frappe.utils;
			return `<span title="${escape_html(value)}">${escape_html(name)}</span>`;
		}
		return shown;
	},
};
