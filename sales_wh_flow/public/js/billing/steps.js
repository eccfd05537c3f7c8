// The steps Invoice and Paid of the block "Order Flow".
frappe.provide("sales_wh_flow.billing");

Object.assign(sales_wh_flow.billing, {
	/** Where an order that has arrived stands with its money; null before that, and while Billing is off. */
	place({ flow_status, money }) {
		if (!money || !money.is_used || !sales_wh_flow.is_status("arrived", flow_status)) {
			return null;
		}
		if (flow_status === "Completed") {
			return ["paid", true];
		}
		return ["all_is_invoiced", "credit_is_due"].includes(money.may.code) ? ["invoice", true] : ["invoice", false];
	},

	invoice_note(money) {
		if (!money || !money.is_used || !money.figures.ordered) {
			return "";
		}
		return sales_wh_flow.billing.share(money.figures.invoiced, money.figures.ordered);
	},

	paid_note(money) {
		if (!money || !money.is_used || !money.sees_debts || !money.figures.invoiced) {
			return "";
		}
		const { state, paid, ordered, days_to_cash } = money.figures;
		if (state === "Paid") {
			return days_to_cash === 1 ? __("after 1 day") : __("after {0} days", [days_to_cash]);
		}
		return ["Overdue", "Promised"].includes(state) ? __(state) : sales_wh_flow.billing.share(paid, ordered);
	},

	share(part, whole) {
		return `${Math.floor(Math.min(1, flt(part) / flt(whole)) * 100)} %`;
	},
});
