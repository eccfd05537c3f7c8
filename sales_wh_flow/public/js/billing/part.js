// The part "Money" of the block "Order Flow". It only draws what the server answered.
frappe.provide("sales_wh_flow.billing");

Object.assign(sales_wh_flow.billing, {
	colours: {
		"Not Invoiced": "gray",
		"To Invoice": "orange",
		"Partly Invoiced": "yellow",
		Invoiced: "blue",
		"Partly Paid": "yellow",
		Promised: "purple",
		Overdue: "red",
		Paid: "green",
		"Nothing to Pay": "gray",
	},

	part({ money, docstatus }) {
		if (!money || !money.is_used || docstatus !== 1) {
			return "";
		}
		const billing = sales_wh_flow.billing;
		const lists = [billing.invoices(money), billing.promises(money), billing.dunnings(money)].join("");
		return `<div class="swf-part swf-money"><div class="swf-caption">${__("Money")}</div>
			<div>${billing.figures(money)}</div>
			<div class="swf-may-invoice swf-muted">${sales_wh_flow.escape(money.may.text)}</div>
			${lists ? `<div class="swf-papers">${lists}</div>` : ""}</div>`;
	},

	is_settled: ({ state }) => ["Paid", "Nothing to Pay"].includes(state),

	figures({ figures, currency, sees_debts }) {
		const { billing, pill, escape } = sales_wh_flow;
		const amount = (value) => escape(format_currency(flt(value), currency));
		const invoiced = __("Invoiced {0} of {1}", [amount(figures.invoiced), amount(figures.ordered)]);
		const texts = figures.ordered === null ? [] : [invoiced];
		if (!sees_debts) {
			return texts.join("");
		}
		texts.push(__("paid {0}", [amount(figures.paid)]));
		if (flt(figures.overdue)) {
			texts.push(`<b>${__("overdue {0}", [amount(figures.overdue)])}</b>`);
		}
		if (figures.due_on && !billing.is_settled(figures)) {
			texts.push(__("due {0}", [frappe.datetime.str_to_user(figures.due_on)]));
		}
		if (figures.state === "Paid") {
			texts.push(__("days to cash: {0}", [figures.days_to_cash]));
		}
		const state = figures.state ? pill(__(figures.state), billing.colours[figures.state], "no-indicator-dot") : "";
		return `${state} ${texts.join(" &middot; ")}`;
	},

	invoices({ invoices }) {
		const { link, pill } = sales_wh_flow;
		return sales_wh_flow.billing.list(
			__("Invoices"),
			invoices.map((one) => {
				const colour = one.docstatus ? (one.status === "Overdue" ? "red" : "blue") : "gray";
				return `${link("Sales Invoice", one.name)} ${pill(__(one.status), colour)}
					<span class="swf-muted">${format_currency(flt(one.grand_total), one.currency)}</span>`;
			})
		);
	},

	promises({ promises }) {
		const { link, pill, escape } = sales_wh_flow;
		const colours = { Open: "purple", Kept: "green", Broken: "red", Withdrawn: "gray" };
		return sales_wh_flow.billing.list(
			__("Payment Promises"),
			promises.map(
				(one) => `${link("Payment Promise", one.name, frappe.datetime.str_to_user(one.promised_on))}
					${pill(__(one.state), colours[one.state])}
					<span class="swf-muted">${escape(one.promised_by)}</span>`
			)
		);
	},

	dunnings({ dunnings }) {
		const { link, pill } = sales_wh_flow;
		return sales_wh_flow.billing.list(
			__("Dunning"),
			dunnings.map(
				(one) => `${link("Dunning", one.name)} ${pill(__(one.status), one.docstatus ? "red" : "gray")}`
			)
		);
	},

	list(label, items) {
		const rows = items.map((item) => `<li>${item}</li>`).join("");
		return items.length ? `<div><div class="swf-caption">${label}</div><ul>${rows}</ul></div>` : "";
	},

	/** What the reader may do about the money of an order. */
	actions(frm, money) {
		const found = [];
		if (!money || !money.is_used || frm.doc.docstatus !== 1) {
			return found;
		}
		if (money.may_draft) {
			found.push({ label: __("Draft Invoice"), run: () => sales_wh_flow.billing.draft(frm) });
		}
		if (
			money.may_promise &&
			money.may.code !== "not_submitted" &&
			(!money.sees_debts || !sales_wh_flow.billing.is_settled(money.figures))
		) {
			found.push({
				label: __("Payment Promise"),
				run: () => frappe.new_doc("Payment Promise", { sales_order: frm.doc.name }),
				group: __("Create"),
			});
		}
		return found;
	},

	async draft(frm) {
		const invoice = await sales_wh_flow.tell(
			"billing.api.draft_invoice",
			{ sales_order: frm.doc.name },
			__("Drafting the invoice...")
		);
		if (invoice) {
			frappe.set_route("Form", "Sales Invoice", invoice);
		}
	},
});
