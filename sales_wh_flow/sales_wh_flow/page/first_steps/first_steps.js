// First Steps: what keeps the flow from working, ready-made set-ups tried on the company's own orders, and what is on.
frappe.pages["first-steps"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("First Steps"), single_column: true });
	wrapper.first_steps = new FirstSteps(page);
};

frappe.pages["first-steps"].on_page_show = (wrapper) => wrapper.first_steps.show();

class FirstSteps {
	constructor(page) {
		this.page = page;
		this.company = page.add_field({
			fieldname: "company",
			fieldtype: "Link",
			options: "Company",
			label: __("Company"),
			change: () => this.company.get_value() !== (this.shown && this.shown.company) && this.show(),
		});
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		page.add_inner_button(__("Settings"), () => frappe.set_route("Form", "Sales Flow Settings"));
		this.body = $('<div class="first-steps"></div>').appendTo(page.main);
		$(`<style>${FirstSteps.styles}</style>`).appendTo(page.main);
		this.body.on("click", "[data-do]", (event) => {
			const button = $(event.currentTarget);
			const card = button.closest("[data-template]");
			this[button.attr("data-do")](button, card.attr("data-template"), card);
		});
	}

	async show() {
		const turn = (this.turn = (this.turn || 0) + 1);
		const company = this.company.get_value() || "";
		const [shown, on] = await Promise.all([
			sales_wh_flow.ask("first_steps.api.first_steps", company ? { company } : {}),
			sales_wh_flow.ask("first_steps.api.what_is_on"),
		]);
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		this.shown = shown;
		this.company.$wrapper.toggle(shown.may_set_up);
		this.company.get_value() !== shown.company && this.company.set_value(shown.company);
		this.body.html(
			[
				shown.may_set_up ? this.checks(shown.checks) : "",
				shown.may_set_up ? this.templates(shown.templates) : "",
				this.what_is_on(on),
			].join("")
		);
		this.on = on;
	}

	part(title, body, css = "") {
		return `<section class="fs-part ${css}"><h2 class="fs-title">${title}</h2>${body}</section>`;
	}

	checks(found) {
		const { escape } = sales_wh_flow;
		const rows = found.map(
			({ check, text, route, fix }) => `<li class="fs-check"><span>${escape(text)}</span><span class="fs-buttons">
				${fix ? `<button class="btn btn-sm btn-primary" data-do="mend" data-check="${escape(check)}">${escape(fix)}</button>` : ""}
				${route.length ? `<a class="btn btn-sm btn-default" href="${escape(frappe.router.make_url(route))}">${__("Show")}</a>` : ""}
			</span></li>`
		);
		const body = rows.length
			? `<ul class="fs-list">${rows.join("")}</ul>`
			: `<p class="fs-fine">${__("Nothing stands in the way.")}</p>`;
		return this.part(__("1. What Stands in the Way"), body);
	}

	texts() {
		return {
			credit_limit: [
				__("Credit limit"),
				__("Who owes more than the limit allows gets an order only with an approval, instead of an error."),
				__("Asks above (% of the limit)"),
			],
			discount: [
				__("Discount"),
				__("Whoever gives more away than this needs an approval before the order is submitted."),
				__("Asks above (%)"),
			],
			nearest: [
				__("Nearest warehouse"),
				__(
					"Each line of a draft gets the nearest warehouse that has the goods; it is split where one has not enough."
				),
			],
			lock_on_submit: [
				__("Lock on submit"),
				__(
					"Submitting an order locks its stock for it; nobody else can sell or move it. What is missing waits in a queue."
				),
			],
			couriers: [
				__("Couriers"),
				__(
					"A Courier for each transporter you have, so that orders and notes say who takes them, with a tracking link. Nobody is named by itself: choose the Courier on the order; its Pick Lists and Delivery Notes take it over."
				),
			],
		};
	}

	templates(rows) {
		const { escape, pill } = sales_wh_flow;
		const cards = rows.map(({ template, figure, docs, is_on, made, others }) => {
			const [title, words, label] = this.texts()[template];
			const field =
				figure === null
					? ""
					: `<label class="fs-figure">${label}
						<input type="number" class="form-control input-sm" min="0" value="${figure}"></label>`;
			const records = made.map(
				(one) =>
					`<li>${sales_wh_flow.link(one.doctype, one.name)} ${one.enabled ? "" : pill(__("Off"), "gray")}</li>`
			);
			return `<article class="fs-card" data-template="${escape(template)}">
				<h3>${title} ${is_on ? pill(__("On"), "green") : ""}</h3>
				<p>${words} ${sales_wh_flow.docs_link(docs, __("More"))}</p>
				${this.others(others)}
				${field}
				<div class="fs-buttons">
					<button class="btn btn-sm btn-default" data-do="try_it">${__("Try on My Last Orders")}</button>
					${is_on ? "" : `<button class="btn btn-sm btn-primary" data-do="switch_on">${__("Switch On")}</button>`}
				</div>
				${
					records.length
						? `<ul class="fs-made">${records.join("")}</ul>
					<button class="btn btn-xs btn-default" data-do="remove">${__("Remove")}</button>`
						: ""
				}
				<div class="fs-trial" aria-live="polite"></div>
			</article>`;
		});
		const settings = `<a href="${frappe.router.make_url(["sales-flow-settings"])}">${__("Sales Flow Settings")}</a>`;
		const more = __(
			"Pick and Dispatch (pick lists, boxes, delivery), Forecast (late orders) and Returns need no set-up: switch them on in {0}.",
			[settings]
		);
		return this.part(
			__("2. Ready-Made Set-Ups"),
			`<div class="fs-cards">${cards.join("")}</div><p class="fs-more">${more}</p>`
		);
	}

	/** What does the same already, so that nobody sets it up twice. */
	others(records) {
		const links = records.map((one) => sales_wh_flow.link(one.doctype, one.name)).join(", ");
		return links ? `<p class="fs-muted">${__("On already: {0}", [links])}</p>` : "";
	}

	args(template, card) {
		const value = card.find(".fs-figure input").val();
		return { template, company: this.shown.company, ...(value ? { value: flt(value) } : {}) };
	}

	async try_it(_button, template, card) {
		const found = await sales_wh_flow.ask("first_steps.api.try_template", this.args(template, card));
		card.find(".fs-trial").html(this.trial(found));
	}

	/** What it would have done, in one sentence, and the orders. */
	trial({ looked_at, hit, rows, note, lacks }) {
		const { escape, link } = sales_wh_flow;
		const all = looked_at === 1 ? __("your last order") : __("your last {0} orders", [looked_at]);
		const head = looked_at
			? __("{0} of {1} would have been touched.", [`<b>${hit}</b>`, all])
			: __("There is no submitted order yet to try it on.");
		const unknown = lacks.map(
			({ text, route }) => `<p class="fs-lack">${escape(text)}
				<a href="${escape(frappe.router.make_url(route))}" target="_blank" rel="noopener">${__("Show")}</a></p>`
		);
		const orders = rows.map(
			(row) => `<li>${link("Sales Order", row.sales_order)}
				<span class="fs-muted">${escape(row.customer_name)}, ${frappe.datetime.str_to_user(row.on)},
				${format_currency(row.value, row.currency)}</span><div>${escape(row.words)}</div></li>`
		);
		return `${unknown.join("")}<p>${head} <span class="fs-muted">${escape(note)}</span></p><ul class="fs-orders">${orders.join("")}</ul>`;
	}

	/** What it would have done and what begins with it, before anything is switched. */
	async switch_on(_button, template, card) {
		const args = this.args(template, card);
		const found = await sales_wh_flow.ask("first_steps.api.try_template", args);
		const trial = this.trial(found);
		card.find(".fs-trial").html(trial);
		const { begins } = this.shown.templates.find((one) => one.template === template);
		const says = begins.map((words) => `<p>${sales_wh_flow.escape(words)}</p>`).join("");
		const dialog = new frappe.ui.Dialog({
			title: __("Switch On: {0}", [this.texts()[template][0]]),
			fields: [{ fieldtype: "HTML", options: `${says}<div class="fs-trial">${trial}</div>` }],
			primary_action_label: __("Switch On"),
			primary_action: () => {
				dialog.hide();
				this.do_switch_on(args);
			},
		});
		dialog.$wrapper.addClass("fs-dialog");
		dialog.show();
	}

	async do_switch_on(args) {
		const { made, switched } = await sales_wh_flow.tell("first_steps.api.switch_on", args);
		const words = [...made.map((one) => one.name), ...switched].map(sales_wh_flow.escape).join(", ");
		frappe.show_alert({
			message: __("Switched on: {0}. Other desks show it after a reload.", [words || __("nothing was off")]),
			indicator: "green",
		});
		await this.show();
	}

	remove(_button, template, card) {
		frappe.confirm(
			__("Remove what this set-up made? What something was decided by is switched off instead."),
			async () => {
				const { removed, switched_off } = await sales_wh_flow.tell(
					"first_steps.api.remove_template",
					this.args(template, card)
				);
				const said = [
					removed.length ? __("Removed: {0}.", [removed.map(sales_wh_flow.escape).join(", ")]) : "",
					switched_off.length
						? __("Switched off: {0}.", [switched_off.map(sales_wh_flow.escape).join(", ")])
						: "",
				];
				frappe.show_alert({
					message: said.filter(Boolean).join(" ") || __("There was nothing."),
					indicator: "orange",
				});
				await this.show();
			}
		);
	}

	async mend(button) {
		await sales_wh_flow.tell("first_steps.api.mend_check", { check: button.attr("data-check") });
		await this.show();
	}

	what_is_on({ since, rows }) {
		const { pill } = sales_wh_flow;
		const colours = { Off: "gray", Shadow: "purple", Warn: "orange", Preview: "gray" };
		const shown = (state) => pill(__(state), colours[state] || "green");
		const body = rows.map(({ label, state, companies, figures, docs }, at) => {
			const own = companies.map((one) => `<div>${shown(one.state)} ${sales_wh_flow.escape(one.company)}</div>`);
			const numbers = figures.map(
				({ count, is_more, words }, which) =>
					`<button class="btn btn-xs btn-link fs-number" data-do="open" data-row="${at}" data-which="${which}">
						${sales_wh_flow.escape(words)}: <b>${format_number(count, null, 0)}${is_more ? "+" : ""}</b></button>`
			);
			return `<tr><th scope="row">${sales_wh_flow.docs_link(docs, label)}</th>
				<td>${shown(state)}${own.join("")}</td><td>${numbers.join(" ") || "–"}</td></tr>`;
		});
		const caption = __("What each did since {0}; a number opens its records.", [
			frappe.datetime.str_to_user(since),
		]);
		return this.part(
			__("3. What Is On, What It Did This Week"),
			`<table class="fs-table"><caption>${caption}</caption><thead><tr><th scope="col">${__("Switch")}</th>
			<th scope="col">${__("State")}</th><th scope="col">${__("This Week")}</th></tr></thead>
			<tbody>${body.join("")}</tbody></table>`
		);
	}

	open(button) {
		const figure = this.on.rows[cint(button.attr("data-row"))].figures[cint(button.attr("data-which"))];
		frappe.route_options = figure.filters;
		frappe.set_route("List", figure.doctype, "List");
	}
}

FirstSteps.styles = `
.first-steps { padding: 12px 0; overflow-wrap: anywhere; }
.fs-part { margin-bottom: 28px; } .fs-title { font-size: var(--text-lg); font-weight: 600; margin-bottom: 10px; }
.fs-list, .fs-orders, .fs-made { list-style: none; margin: 0; padding: 0; }
.fs-check { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px; padding: 8px 0;
	border-bottom: 1px solid var(--border-color); }
.fs-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 12px; }
.fs-card { border: 1px solid var(--border-color); border-radius: var(--border-radius-md); padding: 14px; }
.fs-card h3 { font-size: var(--text-base); font-weight: 600; }
.fs-figure { display: block; } .fs-figure input { max-width: 120px; }
.fs-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.fs-muted, .fs-table caption { color: var(--text-muted); font-size: var(--text-sm); caption-side: top; }
.fs-more { margin-top: 12px; }
.fs-lack { border-inline-start: 3px solid var(--orange-500); padding-inline-start: 8px; }
.fs-card:has(.fs-orders li) { grid-column: 1 / -1; }
.fs-orders { max-height: 60vh; overflow: auto; } .fs-dialog .fs-orders { max-height: 30vh; } .fs-orders li { padding: 6px 0; border-top: 1px solid var(--border-color); }
.fs-table { width: 100%; } .fs-table th, .fs-table td { padding: 6px 8px; border-top: 1px solid var(--border-color); text-align: start;
	font-weight: 400; vertical-align: top; }
.fs-table thead th { color: var(--text-muted); } .fs-number { padding: 2px 6px; text-decoration: underline; white-space: normal; text-align: start; } .fs-number::first-letter { text-transform: uppercase; }
@media (max-width: 767px) {
	.fs-cards { grid-template-columns: 1fr; }
	.fs-buttons .btn, .fs-number { min-height: 44px; }
	.fs-buttons { gap: 12px; } .fs-buttons a.btn { display: inline-flex; align-items: center; }
	.fs-table thead { display: none; } .fs-table :is(th, td) { border: 0; flex: 1; }
	.fs-table tr { display: flex; flex-wrap: wrap; border-top: 1px solid var(--border-color); }
	.fs-table td { flex: none; } .fs-table td:last-child { flex: 1 1 100%; padding-top: 0; }
}`;
