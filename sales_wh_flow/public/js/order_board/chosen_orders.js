// The Order Board: the same for many orders at once.
frappe.provide("sales_wh_flow");

/** The orders that are chosen on a board, and the bar that does something about all of them. */
sales_wh_flow.ChosenOrders = class ChosenOrders {
	constructor(board) {
		this.board = board;
		this.names = new Set();
		this.shown = {};
		this.bar = $('<div class="ob-chosen" role="toolbar"></div>').insertAfter(board.body).hide();
		board.body.on("change", "[data-choose]", (event) => this.toggle($(event.currentTarget).attr("data-choose")));
		this.bar.on("click", "[data-deed]", (event) => this.ask($(event.currentTarget).attr("data-deed")));
		this.bar.on("click", "[data-none]", () => this.clear());
	}

	/** What can be done for many; the server asks each order whether whoever asks may. */
	static deeds() {
		const { model } = frappe;
		return [
			[
				"make_pick_lists",
				__("Make Pick Lists"),
				sales_wh_flow.is_on("fulfilment") && model.can_create("Pick List"),
			],
			[
				"draft_invoice",
				__("Draft Invoices"),
				sales_wh_flow.is_on("billing") && model.can_create("Sales Invoice"),
			],
			["promise", __("Promise Another Day"), sales_wh_flow.is_on("forecast") && model.can_submit("Sales Order")],
		].filter(([, , is_offered]) => is_offered);
	}

	/** The box to tick on a card; none for whom nothing is offered. */
	box(name) {
		if (!ChosenOrders.deeds().length) {
			return "";
		}
		const { escape } = sales_wh_flow;
		return `<input type="checkbox" class="ob-choose" data-choose="${escape(name)}"
			aria-label="${escape(__("Choose {0}", [name]))}" ${this.names.has(name) ? "checked" : ""}>`;
	}

	/** What is on the board no more is not chosen any more. */
	draw({ columns }) {
		this.shown = Object.fromEntries(columns.flatMap(({ cards }) => cards).map((card) => [card.name, card]));
		[...this.names].filter((name) => !this.shown[name]).forEach((name) => this.names.delete(name));
		this.show_bar();
	}

	toggle(name) {
		this.names.has(name) ? this.names.delete(name) : this.names.add(name);
		this.board.body
			.find("[data-choose]")
			.filter((_, box) => box.dataset.choose === name)
			.prop("checked", this.names.has(name));
		this.show_bar();
	}

	clear() {
		this.names.clear();
		this.board.body.find("[data-choose]").prop("checked", false);
		this.show_bar();
	}

	show_bar() {
		const count = this.names.size;
		const buttons = ChosenOrders.deeds().map(
			([deed, label]) => `<button class="btn btn-sm btn-default" data-deed="${deed}">${label}</button>`
		);
		this.bar
			.html(
				`<b>${count === 1 ? __("1 order chosen") : __("{0} orders chosen", [count])}</b>${buttons.join("")}
				<button class="btn btn-sm btn-default" data-none>${__("None")}</button>`
			)
			.toggle(count > 0);
	}

	ask(deed) {
		if (deed !== "promise") {
			return this.send({ deed });
		}
		const dialog = new frappe.ui.Dialog({
			title: __("Promise Another Day"),
			fields: [
				{ fieldname: "day", fieldtype: "Date", label: __("Promised For"), reqd: 1 },
				{ fieldname: "reason", fieldtype: "Small Text", label: __("Why"), reqd: 1 },
			],
			primary_action_label: __("Promise"),
			primary_action: ({ day, reason }) => {
				dialog.hide();
				return this.send({ deed, day, reason });
			},
		});
		return dialog.show();
	}

	/** A few at a time, so that nothing waits too long and the page says how far it is. */
	async send(args) {
		const names = [...this.names];
		const came = [];
		for (let at = 0; at < names.length; at += 5) {
			const orders = names.slice(at, at + 5);
			came.push(...(await sales_wh_flow.tell("order_board.api.do_for_many", { orders, ...args })));
			if (names.length > 5) {
				frappe.show_progress(__("Orders"), came.length, names.length, "", true);
			}
		}
		came.filter(({ is_done }) => is_done).forEach(({ sales_order }) => this.names.delete(sales_order));
		await this.board.show();
		this.tell(came);
	}

	/** What came of each; what was refused stays chosen. */
	tell(came) {
		const { escape, link, pill } = sales_wh_flow;
		const rows = came.map((one) => {
			const state = one.is_done ? pill(__("Done"), "green") : pill(__("Not done"), "red");
			const made = one.made.map((name) => link(one.doctype, name)).join(" ");
			return `<div class="swf-approval"><div class="swf-approval-text">
				${link("Sales Order", one.sales_order)} ${state} ${made}
				<div>${escape(one.message)}</div></div></div>`;
		});
		const done = came.filter(({ is_done }) => is_done).length;
		frappe.msgprint({
			title: __("Done for {0} of {1}", [done, came.length]),
			message: rows.join(""),
			wide: true,
		});
	}
};
