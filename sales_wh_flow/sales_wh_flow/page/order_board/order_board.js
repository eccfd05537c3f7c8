// Order Board: every open order by stage and warehouse, the latest first, one click from what has to be done.
frappe.pages["order-board"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Order Board"), single_column: true });
	wrapper.board = new OrderBoard(page, wrapper);
};

frappe.pages["order-board"].on_page_show = (wrapper) => wrapper.board.show();

class OrderBoard {
	constructor(page, wrapper) {
		this.page = page;
		this.wrapper = wrapper;
		this.only = new Set();
		this.opened = new Set();
		const field = (fieldname, label, options) =>
			page.add_field({ fieldtype: "Link", fieldname, label, options, change: () => this.filters_changed() });
		this.company = field("company", __("Company"), "Company");
		this.warehouse = field("warehouse", __("Warehouse"), "Warehouse");
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.bar = $('<div class="ob-bar" role="toolbar"></div>').appendTo(page.main);
		this.body = $('<div class="order-board"></div>').appendTo(page.main);
		this.chosen = new sales_wh_flow.ChosenOrders(this);
		this.views = new sales_wh_flow.BoardViews(this);
		this.wire();
		this.listen();
	}

	/** The filters, in the order of their keys 1 to 4. */
	static filters() {
		return [
			["mine", __("Mine")],
			["late", __("Late")],
			["at_risk", __("At Risk")],
			["waiting_for_me", __("Waiting for Me")],
		];
	}

	/** What the button on a card says, by the order's stage. */
	static steps() {
		return {
			Entry: __("Look at It"),
			Approval: __("Look at It"),
			"Waiting for Stock": __("What Is Missing"),
			"To Pick": __("Make Pick Lists"),
			Picking: __("Open Pick List"),
			Packing: __("Open Delivery Note"),
			Ready: __("Send It"),
			"In Transit": __("Confirm Delivery"),
			"To Invoice": __("Invoice"),
			"To Collect": __("Open Invoice"),
		};
	}

	call(method, args, type = "GET") {
		return type === "POST" ? sales_wh_flow.tell(method, args) : sales_wh_flow.ask(method, args);
	}

	/** Changes are told at most every two seconds; a look a little later than that misses none. */
	listen() {
		frappe.realtime.on("swf_board", () => this.look_soon(2200 + Math.random() * 800));
		setInterval(() => this.look_soon(0), 300000);
	}

	look_soon(milliseconds) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.is_visible() && this.show(), milliseconds);
	}

	is_visible() {
		return frappe.get_route()[0] === "order-board" && document.visibilityState !== "hidden";
	}

	filters_changed() {
		const now = [this.company.get_value(), this.warehouse.get_value()].join("|");
		if (now !== this.filtered) {
			this.filtered = now;
			this.show();
		}
	}

	async show() {
		const turn = (this.turn = (this.turn || 0) + 1);
		const board = await this.call("order_board.api.board", {
			company: this.company.get_value() || "",
			warehouse: this.warehouse.get_value() || "",
			only: JSON.stringify([...this.only]),
		});
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		const focused = this.body.find(".ob-card:focus").attr("data-order");
		this.draw(board);
		this.chosen.draw(board);
		focused &&
			this.body
				.find(".ob-card")
				.filter((_, card) => card.dataset.order === focused)
				.trigger("focus");
	}

	draw(board) {
		const { whole, columns } = board;
		const buttons = OrderBoard.filters()
			.filter(([key]) => board.has_forecast || !["late", "at_risk"].includes(key))
			.map(([key, label], index) => {
				const is_on = this.only.has(key);
				return `<button class="btn btn-sm ${is_on ? "btn-primary" : "btn-default"}" data-only="${key}"
					aria-pressed="${is_on}" title="${__("Key {0}", [index + 1])}">${label}</button>`;
			});
		this.bar.html(`${buttons.join("")}${this.views.html()}<span class="ob-whole">${this.figures(whole)}</span>`);
		const shown = columns.filter(
			(column) => column.orders || !["Entry", "On Hold", "Service", "Packing"].includes(column.stage)
		);
		this.body.html(
			whole.orders
				? shown.map((column) => this.column(column)).join("")
				: `<p class="ob-empty">${__("No open order is on the board.")}</p>`
		);
	}

	/** Sign and figure stay in one line. */
	amount(value, currency, decimals) {
		return `<span class="ob-amount">${sales_wh_flow.escape(format_currency(value, currency, decimals))}</span>`;
	}

	/** "12 orders · 3 late · 1 at risk · 4,500.00 €" */
	figures({ orders, late, at_risk, value }) {
		const parts = [orders === 1 ? __("1 order") : __("{0} orders", [orders])];
		late && parts.push(`<b class="ob-late">${__("{0} late", [late])}</b>`);
		at_risk && parts.push(`<b class="ob-risk">${__("{0} at risk", [at_risk])}</b>`);
		Object.entries(value || {}).forEach(([currency, sum]) => parts.push(this.amount(sum, currency, 0)));
		return parts.join(" · ");
	}

	/** The warehouses of a column; of many those with the most orders, so that its cards stay in sight. */
	places(warehouses) {
		const escape = frappe.utils.escape_html;
		const most = 6;
		const is_many = warehouses.length > most + 1;
		const sorted = is_many ? [...warehouses].sort((a, b) => b.late - a.late || b.orders - a.orders) : warehouses;
		const lines = sorted.map(({ warehouse, orders, late }) => {
			const count = `${orders}${late ? ` <b class="ob-late">(${late})</b>` : ""}`;
			return warehouse
				? `<button class="ob-place" data-warehouse="${escape(warehouse)}">${escape(warehouse)} <span>${count}</span></button>`
				: `<span class="ob-place">${__("Several warehouses")} <span>${count}</span></span>`;
		});
		const rest = is_many ? lines.splice(most) : [];
		const more = rest.length
			? `<details><summary>${__("{0} more", [rest.length])}</summary>${rest.join("")}</details>`
			: "";
		return lines.join("") + more;
	}

	column(column) {
		const escape = frappe.utils.escape_html;
		const left = column.orders - column.cards.length;
		const more = left
			? `<button class="btn btn-xs btn-default ob-more" data-stage="${escape(column.stage)}">${__("{0} more", [left])}</button>`
			: "";
		const is_open = this.opened.has(column.stage);
		return `<section class="ob-column ${is_open ? "is-open" : ""}" data-column="${escape(column.stage)}">
			<header><button class="ob-title" aria-expanded="${is_open}"><b>${escape(__(column.stage))}</b>
				<span class="ob-count">${sales_wh_flow.escape(column.orders)}</span></button>
				<div class="ob-figures">${column.orders ? this.figures(column) : "–"}</div>
				<div class="ob-places">${this.places(column.warehouses)}</div></header>
			<div class="ob-cards">${column.cards.map((card) => this.card(card)).join("")}${more}</div>
		</section>`;
	}

	card(card) {
		const escape = frappe.utils.escape_html;
		const day = (value) => `<span class="ob-day">${escape(frappe.datetime.str_to_user(value))}</span>`;
		const colour = { Late: "red", "At Risk": "orange" }[card.lateness];
		const late = colour
			? `<span class="indicator-pill no-indicator-dot ${colour}">${escape(__(card.lateness))}</span>`
			: "";
		const days = [card.promised_on && __("for {0}", [day(card.promised_on)])];
		if (card.expected_on) {
			days.push(__("expected {0}", [day(card.expected_on)]));
		} else if (card.ships_on) {
			days.push(__("ships {0}, transit unknown", [day(card.ships_on)]));
		}
		const mending = [
			card.delay_with && __("with {0}", [escape(__(card.delay_with))]),
			card.snoozed_until && __("snoozed until {0}", [day(card.snoozed_until)]),
		].filter(Boolean);
		const value = card.value === null ? "" : this.amount(card.value, card.currency);
		const step = OrderBoard.steps()[card.stage] || __("Show");
		return `<article class="ob-card ob-is-${colour || "fine"}" tabindex="0" data-order="${escape(card.name)}">
			<div class="ob-head">${this.chosen.box(card.name)}<a href="${frappe.router.make_url(["sales-order", card.name])}">${escape(card.name)}</a>${late}</div>
			<div class="ob-customer"><bdi>${escape(card.customer_name || "")}</bdi></div>
			<div class="ob-muted">${days.filter(Boolean).join(" · ")}</div>
			<div class="ob-muted">${[escape(card.warehouse || ""), value].filter(Boolean).join(" · ")}</div>
			${mending.length ? `<div class="ob-muted">${mending.join(" · ")}</div>` : ""}
			<button class="btn btn-xs btn-default ob-step" data-step>${step}</button>
		</article>`;
	}

	wire() {
		this.bar.on("click", "[data-only]", (event) => this.toggle($(event.currentTarget).attr("data-only")));
		this.body.on("click", "[data-warehouse]", (event) =>
			this.warehouse.set_value($(event.currentTarget).attr("data-warehouse"))
		);
		this.body.on("click", ".ob-title", (event) => this.open_column($(event.currentTarget).closest("section")));
		this.body.on("click", "[data-stage]", (event) => this.open_list($(event.currentTarget).attr("data-stage")));
		this.body.on("click", "[data-step]", (event) => this.step(this.order_of(event.currentTarget)));
		this.body.on("dblclick", ".ob-card", (event) => this.open("Sales Order", this.order_of(event.currentTarget)));
		$(document).on("keydown", (event) => this.is_visible() && this.key(event));
	}

	order_of(element) {
		return $(element).closest(".ob-card").attr("data-order");
	}

	/** Only a phone folds columns; it opens one at a time by its title. */
	open_column(section) {
		const stage = section.attr("data-column");
		this.opened.has(stage) ? this.opened.delete(stage) : this.opened.add(stage);
		section.toggleClass("is-open").find(".ob-title").attr("aria-expanded", this.opened.has(stage));
	}

	toggle(what) {
		this.only.has(what) ? this.only.delete(what) : this.only.add(what);
		return this.show();
	}

	/** Arrows move from card to card, Enter does the next step, O opens the order, X chooses it, 1 to 4 filter, R
	 * looks again. */
	key(event) {
		const is_typing = $(event.target).is("input, textarea, select, [contenteditable], button, a");
		if (is_typing || event.ctrlKey || event.metaKey || event.altKey || $(".modal.show").length) {
			return;
		}
		const card = this.body.find(".ob-card:focus");
		const order = card.attr("data-order");
		const filter = OrderBoard.filters()[cint(event.key) - 1];
		const moves = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] };
		const deeds = {
			Enter: () => order && this.step(order),
			o: () => order && this.open("Sales Order", order),
			x: () => order && this.chosen.toggle(order),
			r: () => this.show(),
		};
		const deed = moves[event.key]
			? () => this.move(card, ...moves[event.key])
			: filter && /^[1-4]$/.test(event.key)
				? () => this.toggle(filter[0])
				: deeds[event.key];
		if (deed) {
			event.preventDefault();
			deed();
		}
	}

	move(card, across, down) {
		const columns = this.body
			.find(".ob-column")
			.toArray()
			.map((one) => $(one).find(".ob-card:visible").toArray());
		const filled = columns.filter((cards) => cards.length);
		const at = filled.findIndex((cards) => cards.includes(card[0]));
		const column = filled[Math.max(0, Math.min(filled.length - 1, at < 0 ? 0 : at + across))] || [];
		const row = at < 0 ? 0 : filled[at].indexOf(card[0]) + down;
		$(column[Math.max(0, Math.min(column.length - 1, row))]).trigger("focus");
	}

	open(doctype, name) {
		return frappe.set_route("Form", doctype, name);
	}

	open_list(stage) {
		const filters = { swf_stage: stage, docstatus: ["<", 2] };
		this.company.get_value() && (filters.company = this.company.get_value());
		frappe.set_route("List", "Sales Order", "List", filters);
	}

	/** Does the order's next step, or opens what it is done on. The server says which, and checks it again. */
	async step(order) {
		const { do: deed, doctype, name } = await this.call("order_board.api.next_step", { sales_order: order });
		if (deed === "make_pick_lists") {
			const lists = await this.call("picking.api.make_pick_lists", { sales_order: order }, "POST");
			return lists.length ? this.open("Pick List", lists[0]) : this.open("Sales Order", order);
		}
		if (deed === "make_invoice") {
			const method = "erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice";
			return frappe.model.open_mapped_doc({ method, source_name: order });
		}
		if (deed === "what_is_missing") {
			frappe.route_hooks.after_load = (frm) => sales_wh_flow.shortage.open(frm);
		}
		return this.open(doctype, name);
	}
}
