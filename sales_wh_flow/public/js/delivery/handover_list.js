// The start of Hand Over: what waits for which courier, a new hand-over, and those that are open or were lately.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	handover_pill(state) {
		const colour = { Open: "blue", Closing: "orange", Closed: "green", Cancelled: "gray" }[state] || "gray";
		return `<span class="indicator-pill ${colour}">${__(state)}</span>`;
	},

	count_of_boxes(boxes) {
		return boxes === 1 ? __("1 box") : __("{0} boxes", [boxes]);
	},

	waiting_boxes(boxes) {
		return boxes === 1 ? __("1 box waits") : __("{0} boxes wait", [boxes]);
	},
});

sales_wh_flow.HandoverList = class HandoverList {
	/** body: where it is drawn; scans: the page's ScanPage, which sends; the rest as `handovers_here` answers. */
	constructor(options) {
		Object.assign(this, options);
		this.driven = new Set(this.drivers.length ? this.driven : []);
		this.body.html(`${this.counts()}${this.form()}<div class="ho-cards">${this.cards()}</div>`);
		this.of("warehouse").val(this.own_warehouse() || "");
		this.body.find("[data-do=begin]").on("click", () => this.begin());
		this.of("courier").on("change", () => this.asks_driver() && this.body.find(".ho-own").prop("open", true));
		this.body.find("[data-waiting]").on("click", ({ currentTarget }) => this.choose(currentTarget.dataset.waiting));
	}

	of(name) {
		return this.body.find(`[name=${name}]`);
	}

	/** The only one; else the user's own, or the one where most boxes wait. */
	own_warehouse() {
		const [first, ...others] = this.warehouses;
		const own = [frappe.defaults.get_user_default("Warehouse"), this.waiting[0]?.warehouse];
		return others.length ? own.find((name) => this.warehouses.includes(name)) : first;
	}

	counts() {
		const cards = this.waiting.map(
			(
				{ courier, warehouse, boxes },
				at
			) => `<button type="button" class="btn btn-default ho-card" data-waiting="${at}">
				<span class="ho-grow"><b>${sales_wh_flow.escape(courier)}</b><span class="ho-muted">${sales_wh_flow.escape(
					warehouse
				)}</span></span><span class="ho-right">${sales_wh_flow.waiting_boxes(boxes)}</span></button>`
		);
		return cards.length ? `<div class="ho-waiting">${cards.join("")}</div>` : "";
	}

	form() {
		const { escape } = sales_wh_flow;
		const choice = (name, label, first, values) =>
			`<label>${label}<select name="${name}" class="form-control">${[["", first], ...values]
				.map(([value, words]) => `<option value="${escape(value)}">${escape(words)}</option>`)
				.join("")}</select></label>`;
		const pairs = (names) => names.map((name) => [name, name]);
		const drivers = this.drivers.map(({ name, title }) => [name, title || name]);
		return `<section class="ho-new">
			${choice("warehouse", __("Warehouse"), __("Choose"), pairs(this.warehouses))}
			${choice("courier", __("Courier"), __("Choose"), pairs(this.couriers))}
			<details class="ho-own" ${drivers.length ? "" : "hidden"}><summary>${__("Own vehicle")}</summary>
			${choice("driver", __("Driver"), "–", drivers)}${choice("vehicle", __("Vehicle"), "–", pairs(this.vehicles))}</details>
			<button class="btn btn-primary ho-big" data-do="begin">${__("Begin")}</button></section>`;
	}

	cards() {
		const { escape } = sales_wh_flow;
		const cards = this.handovers.map(
			(one) => `<a class="ho-card" href="${frappe.router.make_url(["hand-over", one.name])}">
				<span class="ho-grow"><b>${escape(one.courier)}</b><span class="ho-muted">${escape(one.name)} · ${escape(
					one.warehouse
				)} · ${frappe.datetime.str_to_user(one.day)}</span></span>
				<span class="ho-right">${sales_wh_flow.handover_pill(one.state)}
				<span class="ho-muted">${sales_wh_flow.count_of_boxes(one.boxes)}</span></span></a>`
		);
		return cards.join("") || `<p class="ho-muted ho-empty">${__("Nothing was handed over lately.")}</p>`;
	}

	/** What waits is handed over with one tap; where our own drivers drive, they are chosen first. */
	choose(at) {
		const { warehouse, courier } = this.waiting[Number(at)];
		this.of("warehouse").val(warehouse);
		this.of("courier").val(courier).trigger("change");
		if (this.asks_driver()) {
			this.of("driver").trigger("focus");
		} else {
			this.begin();
		}
	}

	/** Whether our own drivers drove for this courier before. */
	asks_driver() {
		return this.driven.has(this.of("courier").val()) && !this.of("driver").val();
	}

	begin() {
		const value = (name) => this.of(name).val() || "";
		const args = Object.fromEntries(
			["warehouse", "courier", "driver", "vehicle"].map((name) => [name, value(name)])
		);
		if (!args.warehouse || !args.courier) {
			frappe.show_alert({ message: __("Choose the warehouse and the courier."), indicator: "orange" });
			return;
		}
		if (!this.asks_driver()) {
			this.send(args);
			return;
		}
		const asked = __(
			"Drivers of your own took the boxes of {0} before. Without one, no driver sees them on the phone.",
			[sales_wh_flow.escape(args.courier)]
		);
		frappe.warn(__("Who Drives?"), asked, () => this.send(args), __("Begin Without a Driver"));
	}

	async send(args) {
		const begun = await this.scans.once("begin", () => this.scans.send("delivery.api.begin_handover", args));
		begun && frappe.set_route("hand-over", begun.name);
	}
};
