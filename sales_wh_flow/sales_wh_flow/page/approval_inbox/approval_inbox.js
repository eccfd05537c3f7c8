// The inbox of approvals: what waits for me (or for anybody), why, since when, and the decision, one by one or many at
// once. The server answers what may be seen and checks every decision again.
frappe.pages["approval-inbox"].on_page_load = (wrapper) => {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Approval Inbox"), single_column: true });
	wrapper.inbox = new ApprovalInbox(wrapper.page);
};

frappe.pages["approval-inbox"].on_page_show = (wrapper) => wrapper.inbox.load();

class ApprovalInbox {
	constructor(page) {
		this.page = page;
		this.is_mine = true;
		this.length = 20;
		this.marked = new Set();
		this.make_filters();
		this.body = $(`<div class="swf-inbox">
			<div class="swf-inbox-tabs">
				<button class="btn btn-sm btn-default" data-tab="mine"></button>
				<button class="btn btn-sm btn-default" data-tab="all"></button>
				<button class="btn btn-sm btn-default swf-phone-only" data-toggle-filters>${__("Filters")}</button>
				<label class="swf-inbox-mark-all"><input type="checkbox"> ${__("Select all")}</label>
			</div>
			<div class="swf-inbox-returns"></div>
			<div class="swf-inbox-list"></div>
			<button class="btn btn-default btn-sm swf-inbox-more hidden">${__("Show More")}</button>
			<div class="swf-inbox-bulk hidden"></div>
		</div>`).appendTo(page.main);
		this.wire();
		page.set_secondary_action(__("Refresh"), () => this.load(), "refresh");
	}

	make_filters() {
		const change = () => this.load();
		const field = (df) => this.page.add_field({ ...df, change });
		this.fields = [
			field({ fieldname: "company", label: __("Company"), fieldtype: "Link", options: "Company" }),
			field({ fieldname: "customer", label: __("Customer"), fieldtype: "Link", options: "Customer" }),
			field({ fieldname: "rule", label: __("Rule"), fieldtype: "Link", options: "Order Approval Rule" }),
			field({
				fieldname: "due",
				label: __("Due"),
				fieldtype: "Select",
				options: [
					{ value: "", label: __("Due: any time") },
					{ value: "overdue", label: __("Overdue") },
					{ value: "today", label: __("Due today or overdue") },
				],
			}),
			field({ fieldname: "older_than_days", label: __("Older Than (Days)"), fieldtype: "Int" }),
			field({ fieldname: "min_value", label: __("Order Value From"), fieldtype: "Float" }),
			field({
				fieldname: "sort",
				label: __("Sort"),
				fieldtype: "Select",
				options: [
					{ value: "due", label: __("Due first") },
					{ value: "oldest", label: __("Oldest first") },
					{ value: "value", label: __("Highest value first") },
				],
				default: "due",
			}),
		];
		this.page.page_form.addClass("swf-inbox-filters");
		this.fields.forEach(({ $input, df }) => $input && $input.attr("aria-label", df.label));
	}

	wire() {
		const { body } = this;
		body.on("click", "[data-tab]", (event) => {
			this.is_mine = $(event.currentTarget).attr("data-tab") === "mine";
			this.load();
		});
		body.on("click", "[data-toggle-filters]", () => this.page.page_form.toggleClass("is-open"));
		body.on("click", ".swf-inbox-more", () => this.load(this.orders.length));
		body.on("click", "[data-what-if]", (event) =>
			sales_wh_flow.what_if.open($(event.currentTarget).attr("data-what-if"))
		);
		body.on("change", ".swf-inbox-list input[type=checkbox]", (event) => {
			const name = $(event.currentTarget).closest("[data-approval]").attr("data-approval");
			event.currentTarget.checked ? this.marked.add(name) : this.marked.delete(name);
			this.show_bulk();
		});
		body.on("change", ".swf-inbox-mark-all input", (event) => {
			const mine = this.approvals().filter((one) => one.is_mine && !one.condition);
			this.marked = new Set(event.currentTarget.checked ? mine.map((one) => one.name) : []);
			this.draw();
		});
		body.on("click", "[data-decide-order]", (event) => {
			const button = $(event.currentTarget);
			const name = button.attr("data-order");
			const mine = this.approvals().filter((one) => one.about.name === name && one.is_mine && !one.condition);
			this.decide(mine, button.attr("data-decide-order"));
		});
		body.on("click", "[data-decide-marked]", (event) => {
			const marked = this.approvals().filter(({ name }) => this.marked.has(name));
			this.decide(marked, $(event.currentTarget).attr("data-decide-marked"));
		});
	}

	/** What a card is about. */
	about({ sales_order, quotation }) {
		return quotation ? { doctype: "Quotation", name: quotation } : { doctype: "Sales Order", name: sales_order };
	}

	approvals() {
		return this.orders.flatMap((order) =>
			order.approvals.map((approval) => ({ ...approval, about: this.about(order) }))
		);
	}

	values() {
		const values = {};
		this.fields.forEach((field) => {
			const value = field.get_value();
			if (value) {
				values[field.df.fieldname] = value;
			}
		});
		return values;
	}

	async load(start = 0) {
		start || sales_wh_flow.returns.show_late(this.body.find(".swf-inbox-returns"), this.is_mine);
		const turn = (this.turn = (this.turn || 0) + 1);
		const answer = await sales_wh_flow.ask("approval.desk.api.approval_inbox", {
			mine: this.is_mine ? 1 : 0,
			start,
			page_length: this.length,
			...this.values(),
		});
		if (turn !== this.turn) {
			return; // a later question is on its way
		}
		this.answer = answer;
		this.orders = start ? [...this.orders, ...answer.orders] : answer.orders;
		const shown = new Set(this.approvals().map(({ name }) => name));
		this.marked = new Set([...this.marked].filter((name) => shown.has(name)));
		this.draw();
	}

	draw() {
		const { answer, orders, body } = this;
		const total = this.is_mine ? answer.mine : answer.all;
		body.find("[data-tab=mine]")
			.text(__("Waiting for Me ({0})", [answer.mine]))
			.toggleClass("btn-primary", this.is_mine)
			.toggleClass("btn-default", !this.is_mine)
			.attr("aria-pressed", this.is_mine);
		body.find("[data-tab=all]")
			.text(__("All ({0})", [answer.all]))
			.toggleClass("btn-primary", !this.is_mine)
			.toggleClass("btn-default", this.is_mine)
			.attr("aria-pressed", !this.is_mine);
		answer.overdue
			? this.page.set_indicator(__("{0} overdue", [answer.overdue]), "red")
			: this.page.clear_indicator();
		body.find(".swf-inbox-list").html(orders.map((order) => this.card(order)).join("") || this.nothing());
		body.find(".swf-inbox-more").toggleClass("hidden", orders.length >= total);
		const mine = this.approvals().filter((one) => one.is_mine && !one.condition);
		body.find(".swf-inbox-mark-all").toggleClass("hidden", !mine.length);
		body.find(".swf-inbox-mark-all input").prop("checked", mine.length > 0 && this.marked.size === mine.length);
		this.show_bulk();
	}

	nothing() {
		const is_filtered = Object.keys(this.values()).some((name) => name !== "sort");
		const words = !this.answer.is_on
			? __("Approval is switched off in {0}: no order waits.", [
					`<a href="${frappe.router.make_url(["sales-flow-settings"])}">${__("Sales Flow Settings")}</a>`,
				])
			: is_filtered
				? __("Nothing fits these filters.")
				: this.is_mine && this.answer.all
					? this.answer.all === 1
						? __("Nothing waits for you. 1 order waits for others.")
						: __("Nothing waits for you. {0} orders wait for others.", [this.answer.all])
					: __("Nothing waits for an approval.");
		return `<div class="swf-inbox-nothing text-muted">${words}</div>`;
	}

	card(order) {
		const { escape, link, pill } = sales_wh_flow;
		const { doctype, name } = this.about(order);
		const mine = order.approvals.filter((one) => one.is_mine && !one.condition);
		const value = format_currency(order.value, order.currency);
		const what_if = order.sales_order
			? `<button class="btn btn-xs btn-default" data-what-if="${escape(name)}">${__("What If")}</button>`
			: "";
		const kind = order.quotation ? pill(__("Quotation"), "blue", "no-indicator-dot") : "";
		const held = order.is_submitted ? pill(__("Submitted, held back"), "red", "no-indicator-dot") : "";
		const buttons = mine.length
			? `<button class="btn btn-xs btn-primary" data-decide-order="approve" data-order="${escape(
					name
				)}">${mine.length > 1 ? __("Approve {0}", [mine.length]) : __("Approve")}</button>`
			: "";
		const refuse = mine.length
			? `<button class="btn btn-xs btn-danger" data-decide-order="refuse" data-order="${escape(name)}">${__("Refuse")}</button>`
			: "";
		return `<div class="swf-block swf-card" data-order="${escape(name)}">
			<div class="swf-card-head">
				<div class="swf-card-title">${link(doctype, name)} ${kind}
					<bdi>${escape(order.customer_name || order.customer)}</bdi> ${held}</div>
				<div class="swf-card-value">${value}</div>
			</div>
			<div class="swf-muted swf-card-facts">
				<span>${__("asked {0} by {1}", [comment_when(order.since), escape(order.asked_by)])}</span>
				${order.delivery_date ? `<span>${__("delivery {0}", [frappe.datetime.str_to_user(order.delivery_date)])}</span>` : ""}
				<span>${escape(order.company)}</span>
			</div>
			${order.approvals.map((approval) => this.row(approval)).join("")}
			<div class="swf-buttons swf-card-buttons">
				${buttons}
				${what_if}
				${refuse}
			</div>
		</div>`;
	}

	row(approval) {
		const { escape, due_pill, level_words } = sales_wh_flow;
		const can_mark = approval.is_mine && !approval.condition;
		const mark = can_mark
			? `<input type="checkbox" ${this.marked.has(approval.name) ? "checked" : ""}
				aria-label="${escape(__("Select {0}", [approval.rule]))}">`
			: "";
		const who = approval.is_mine
			? ""
			: `<div class="swf-muted">${__("{0} decides", [`<b>${escape(approval.waits_for)}</b>`])}</div>`;
		const condition = approval.condition
			? `<div class="swf-condition"><b>${__("Offered, waits for the author:")}</b> ${escape(
					approval.condition
				)}</div>`
			: "";
		const note = approval.note ? `<div class="swf-quote">${escape(approval.note)}</div>` : "";
		const question = approval.question
			? `<div class="swf-condition"><b>${__("Asked back, waits for an answer:")}</b> ${escape(
					approval.question
				)}</div>`
			: "";
		return `<div class="swf-approval" data-approval="${escape(approval.name)}">
			<label class="swf-card-mark">${mark}</label>
			<div class="swf-approval-text">
				<div><b><bdi>${escape(approval.rule)}</bdi></b> <span class="swf-muted">${level_words(approval)}</span>
					${due_pill(approval.due)}</div>
				<div>${escape(approval.reason)}</div>
				${note}${condition}${question}${who}
			</div>
		</div>`;
	}

	show_bulk() {
		const count = this.marked.size;
		const words = count === 1 ? __("1 selected") : __("{0} selected", [count]);
		this.body.find(".swf-inbox-bulk").toggleClass("hidden", !count).html(`<span>${words}</span>
			<button class="btn btn-sm btn-primary" data-decide-marked="approve">${__("Approve")}</button>
			<button class="btn btn-sm btn-danger" data-decide-marked="refuse">${__("Refuse")}</button>`);
	}

	decide(approvals, action) {
		sales_wh_flow.decide_many(approvals, action, () => {
			this.marked.clear();
			return this.load();
		});
	}
}
