// My Delays: the orders that will be late and are mine to do something about: why, and what helps most.
frappe.pages["my-delays"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("My Delays"), single_column: true });
	wrapper.delays = new MyDelays(page);
};

frappe.pages["my-delays"].on_page_show = (wrapper) => wrapper.delays.show();

class MyDelays {
	constructor(page) {
		this.page = page;
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		page.add_inner_button(__("Order Board"), () => frappe.set_route("order-board"));
		this.whose = $('<div class="md-whose"></div>').appendTo(page.main);
		this.whose.on("click", "button", () => {
			this.of_everybody = !this.of_everybody;
			this.show();
		});
		this.body = $('<div class="my-delays"></div>').appendTo(page.main);
		$(`<style>${MyDelays.styles}</style>`).appendTo(page.main);
		this.body.on("click", "[data-do]", (event) => {
			const alert = $(event.currentTarget).closest("[data-alert]").attr("data-alert");
			this[$(event.currentTarget).attr("data-do")](this.rows.find(({ name }) => name === alert));
		});
	}

	call(method, args, type = "GET") {
		return type === "POST" ? sales_wh_flow.tell(method, args) : sales_wh_flow.ask(method, args);
	}

	async show() {
		const turn = (this.turn = (this.turn || 0) + 1);
		const [rows, all] = await Promise.all([
			this.call("delays.api.my_delays", { of_everybody: this.of_everybody ? 1 : 0 }),
			this.call("delays.api.delays_waiting_for_me"),
		]);
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		this.rows = rows;
		this.whose.html(this.head(rows));
		const nothing = this.of_everybody ? __("Nothing is delayed.") : __("Nothing is delayed that is yours to mend.");
		this.body.html(
			rows.length
				? `${rows.map((row) => this.card(row)).join("")}${this.of_everybody ? "" : this.left(rows, all.value)}`
				: `<p class="md-empty">${nothing}</p>`
		);
	}

	/** "2 late · 4 at risk · 1 snoozed", and for managers a switch to the delays of everybody. */
	head(rows) {
		const awake = rows.filter(({ state }) => state !== "Snoozed");
		const count = (lateness) => awake.filter((row) => row.lateness === lateness).length;
		const asleep = rows.length - awake.length;
		const parts = [
			count("Late") && __("{0} late", [count("Late")]),
			count("At Risk") && __("{0} at risk", [count("At Risk")]),
			asleep && __("{0} snoozed", [asleep]),
		].filter(Boolean);
		const is_ruler = ["Sales Manager", "System Manager"].some((role) => frappe.user.has_role(role));
		const button = is_ruler
			? `<button class="btn btn-sm ${this.of_everybody ? "btn-primary" : "btn-default"}" aria-pressed="${!!this.of_everybody}">${__("Of Everybody")}</button>`
			: "";
		return `${button} <span class="md-muted">${parts.join(" · ")}</span>`;
	}

	/** More than the list holds: what is mended makes room for the next. */
	left(rows, all) {
		const more = all - rows.filter(({ state }) => state === "Open").length;
		return more > 0 ? `<p class="md-empty">${__("{0} more will be here once these are done.", [more])}</p>` : "";
	}

	card(row) {
		const escape = frappe.utils.escape_html;
		const colour = row.lateness === "Late" ? "red" : "orange";
		const asleep = row.state === "Snoozed";
		const until = asleep
			? `<span class="md-muted">${__("snoozed until {0}", [frappe.datetime.str_to_user(row.snoozed_until)])}: ${escape(row.snooze_reason)}</span>`
			: row.due_on
				? `<span class="md-muted">${__("next level on {0}", [frappe.datetime.str_to_user(row.due_on)])}</span>`
				: "";
		const asked = row.responsible_name || __(row.responsible_role);
		const is_shown = this.of_everybody || !row.responsible_user;
		const whose = is_shown ? `<span class="md-muted">${escape(__("with {0}", [asked]))}</span>` : "";
		return `<article class="md-card md-${colour} ${asleep ? "is-asleep" : ""}" data-alert="${escape(row.name)}">
			<div class="md-head"><a href="${frappe.router.make_url(["sales-order", row.sales_order])}">${escape(row.sales_order)}</a>
				<span class="indicator-pill no-indicator-dot ${colour}">${escape(__(row.lateness))}</span></div>
			<div>${escape(row.customer_name || "")}</div>
			<div class="md-muted">${escape(row.cause)}</div>
			<div class="md-step">${escape(row.step)}</div>
			<div class="md-foot">${[until, whose].filter(Boolean).join(" · ")}</div>
			<div class="md-buttons">
				<button class="btn btn-sm btn-primary" data-do="go">${__("Do It")}</button>
				<button class="btn btn-sm btn-default" data-do="snooze">${__("Snooze")}</button>
				<button class="btn btn-sm btn-default" data-do="hand_over">${__("Hand On")}</button>
			</div>
		</article>`;
	}

	/** Opens the order, with What Is Missing or the other warehouses where that is what helps. */
	go({ sales_order, best_step }) {
		const missing = ["serve_elsewhere", "split", "chase_supplier", "substitute"].includes(best_step);
		if (missing && sales_wh_flow.is_on("stock_lock")) {
			frappe.route_hooks.after_load = (frm) => sales_wh_flow.shortage.open(frm);
		}
		return frappe.set_route("Form", "Sales Order", sales_order);
	}

	snooze({ name }) {
		const until = { fieldname: "until", fieldtype: "Datetime", label: __("Remind Me On"), reqd: 1 };
		this.ask(__("Snooze"), until, (values) => this.call("delays.api.snooze", { alert: name, ...values }, "POST"));
	}

	hand_over({ name }) {
		const to = { fieldname: "to_user", fieldtype: "Link", options: "User", label: __("To"), reqd: 1 };
		this.ask(__("Hand On"), to, (values) => this.call("delays.api.hand_over", { alert: name, ...values }, "POST"));
	}

	ask(title, field, send) {
		const dialog = new frappe.ui.Dialog({
			title,
			fields: [field, { fieldname: "reason", fieldtype: "Small Text", label: __("Why"), reqd: 1 }],
			primary_action_label: title,
			primary_action: async (values) => {
				await send(values);
				dialog.hide();
				await this.show();
			},
		});
		dialog.show();
	}
}

MyDelays.styles = `
.my-delays { display: grid; grid-template-columns: repeat(auto-fill, minmax(320px, 1fr)); gap: 12px; padding: 12px 0; }
.md-card { border: 1px solid var(--border-color); border-inline-start: 4px solid; border-radius: var(--border-radius-md);
	padding: 12px; background: var(--card-bg); overflow-wrap: anywhere; }
.md-whose { display: flex; flex-wrap: wrap; align-items: center; gap: 10px; padding-top: 12px; }
.md-red { border-inline-start-color: var(--red-500); } .md-orange { border-inline-start-color: var(--orange-500); }
.md-card.is-asleep { border-style: dashed; }
.md-head { display: flex; justify-content: space-between; gap: 8px; font-weight: 600; }
.md-muted { color: var(--text-muted); font-size: var(--text-sm); }
.md-step { font-weight: 600; margin: 6px 0; }
.md-buttons { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
.md-empty { padding: 40px 0; grid-column: 1 / -1; text-align: center; color: var(--text-muted); }
@media (max-width: 767px) {
	.my-delays { grid-template-columns: 1fr; }
	#page-my-delays .page-title .title-text { max-width: 50vw; }
	.md-buttons .btn { flex: 1 1 30%; padding: 10px 6px; }
}`;
