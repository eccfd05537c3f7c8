// What is switched on, and calls to the server.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Whether a capability is switched on, as the server said when the desk was loaded. */
	is_on(capability) {
		return Boolean(frappe.boot.swf && frappe.boot.swf[capability]);
	},

	any_on() {
		return ["approval", "stock_lock", "routing", "fulfilment", "forecast", "returns"].some(sales_wh_flow.is_on);
	},

	/** Whether a status is in one of the server's lists, see boot.py: "no_demand", "over", "arrived", "ended". */
	is_status(list, status) {
		const { statuses } = frappe.boot.swf || {};
		return Boolean(statuses && statuses[list].includes(status));
	},

	/** Calls sales_wh_flow.<method>. Resolves to its answer; a refusal is shown by Frappe and rejects. */
	ask(method, args) {
		return sales_wh_flow.call(method, args, "GET");
	},

	/** Like ask, for calls that write: the page is frozen until the answer is there. */
	tell(method, args, freeze_message) {
		return sales_wh_flow.call(method, args, "POST", { freeze: true, freeze_message });
	},

	call(method, args, type, options = {}) {
		return frappe
			.call({ method: `sales_wh_flow.${method}`, args, type, ...options })
			.then((answer) => answer.message);
	},
});
