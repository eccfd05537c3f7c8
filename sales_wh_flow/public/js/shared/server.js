// What is switched on, and calls to the server.
frappe.provide("sales_wh_flow");

const DOUBLE_CLICK_MS = 500;
const LONGEST_ADDRESS = 1500;

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

	/**
	 * Calls sales_wh_flow.<method>. Resolves to its answer; a refusal is shown by Frappe and rejects. What takes a list
	 * takes it by POST, too: the rows of a long order fit into no address.
	 */
	ask(method, args, options) {
		const is_long = String(new URLSearchParams(args)).length > LONGEST_ADDRESS;
		return sales_wh_flow.call(method, args, is_long ? "POST" : "GET", options);
	},

	/**
	 * Like ask, for what is drawn once it is there: while one of its own calls is under way Frappe holds back every
	 * other script of a form. What goes wrong is asked once more by Frappe, which says what is wrong.
	 */
	async ask_beside(method, args) {
		const headers = { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token };
		try {
			const query = new URLSearchParams(args);
			const answer = await fetch(`/api/method/sales_wh_flow.${method}?${query}`, { headers });
			if (answer.ok) {
				return (await answer.json()).message;
			}
		} catch {
			// no network
		}
		return sales_wh_flow.ask(method, args);
	},

	/** Deeds under way or just done: method and arguments as text. */
	under_way: new Set(),

	/**
	 * Like ask, for calls that write: the page is frozen until the answer is there. A double click, which a dialog takes
	 * while it fades, is one deed: the second promise stays open, as the first one's answer is dealt with.
	 */
	tell(method, args, freeze_message) {
		const { under_way } = sales_wh_flow;
		const deed = JSON.stringify([method, args]);
		if (under_way.has(deed)) {
			return new Promise(() => {});
		}
		under_way.add(deed);
		const forget = () => under_way.delete(deed);
		const answer = sales_wh_flow.call(method, args, "POST", { freeze: true, freeze_message });
		answer.then(() => setTimeout(forget, DOUBLE_CLICK_MS), forget);
		return answer;
	},

	call(method, args, type, options = {}) {
		return frappe
			.call({ method: `sales_wh_flow.${method}`, args, type, ...options })
			.then((answer) => answer.message);
	},
});
