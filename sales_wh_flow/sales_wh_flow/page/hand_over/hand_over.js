// Hand Over: boxes are scanned into the hand-over of a courier; /app/hand-over/NAME.
frappe.pages["hand-over"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Hand Over"), single_column: true });
	wrapper.hand_over = new HandOver(page);
};

frappe.pages["hand-over"].on_page_show = (wrapper) => wrapper.hand_over.show();

class HandOver {
	constructor(page) {
		this.page = page;
		const bar = $('<div class="ho ho-bar" hidden></div>').appendTo(page.main);
		this.body = $('<div class="ho"></div>').appendTo(page.main);
		this.bar = bar;
		this.scans = new sales_wh_flow.ScanPage({
			parent: bar,
			placeholder: __("Scan or type a box"),
			on_scan: (text) => this.scan(text),
			on_late: (_action, _answer, text) => this.late(text),
		});
		frappe.realtime.on("swf_handover", ({ handover }) => handover === this.name && this.look());
		page.add_menu_item(__("All Hand-overs"), () => frappe.set_route("List", "Courier Handover"));
	}

	async show() {
		sales_wh_flow.phone.fetch_pad();
		this.name = frappe.get_route()[1] || "";
		this.page.clear_actions();
		clearTimeout(this.timer);
		if (this.name) {
			this.scans.said.removeAttr("data-kind").text("");
			await this.look();
		} else {
			sales_wh_flow.show_title(this.page, __("Hand Over"));
			this.bar.prop("hidden", true);
			const here = await sales_wh_flow.ask("delivery.api.handovers_here");
			new sales_wh_flow.HandoverList({ body: this.body, scans: this.scans, ...here });
		}
	}

	// one hand-over

	async look() {
		const name = this.name;
		const shown = await sales_wh_flow.ask("delivery.api.handover_boxes", { handover: name });
		if (name === this.name) {
			this.draw(shown);
		}
	}

	draw(shown) {
		clearTimeout(this.timer);
		const here = new Set(shown.boxes.map(({ box }) => box));
		shown.waiting ||= ((this.shown?.name === shown.name && this.shown.waiting) || []).filter(
			(box) => !here.has(box)
		);
		this.shown = shown;
		sales_wh_flow.show_title(this.page, shown.courier);
		this.bar.prop("hidden", shown.state !== "Open");
		const is_open = shown.state === "Open";
		const escape = frappe.utils.escape_html;
		this.body
			.html(`<div class="ho-head"><span class="ho-grow">${escape(shown.name)} · ${escape(shown.warehouse)}</span>
				${sales_wh_flow.handover_pill(shown.state)}</div>
			${shown.state === "Closing" ? this.progress(shown) : ""}
			<div class="ho-sum">${sales_wh_flow.count_of_boxes(shown.boxes.length)} · <b>${this.number(shown.weight_kg)}</b> kg
				${shown.delivery_trip ? ` · <a href="${frappe.router.make_url(["delivery-trip", shown.delivery_trip])}">${escape(shown.delivery_trip)}</a>` : ""}</div>
			${this.missing(shown.missing)}${this.waiting(shown)}
			<ul class="ho-boxes">${shown.boxes.map((box) => this.box(box, is_open)).join("")}</ul>
			${this.foot(shown)}`);
		this.bind();
		if (shown.state === "Closing") {
			this.timer = setTimeout(() => this.body[0].offsetParent && this.look(), 2000);
		}
	}

	progress({ boxes, left }) {
		const gone = boxes.length - left;
		const part = boxes.length ? Math.round((100 * gone) / boxes.length) : 0;
		return `<div class="ho-progress" role="progressbar" aria-valuenow="${part}" aria-valuemin="0" aria-valuemax="100">
			<span style="width: ${part}%"></span></div>
			<p class="ho-muted">${__("Delivery Notes are being submitted: {0} of {1} boxes have left.", [gone, boxes.length])}</p>`;
	}

	missing(orders) {
		const escape = frappe.utils.escape_html;
		const rows = orders.map(
			({ order, here, of, boxes, loose }) =>
				`<li><b>${escape(order)}</b> ${__("{0} of {1} boxes", [here, of])}<span class="ho-muted">${boxes
					.map(([box, state]) => `${escape(box)} (${__(state)})`)
					.join(", ")}</span>${this.loose(loose)}</li>`
		);
		return rows.length ? `<ul class="ho-missing" aria-label="${__("Missing")}">${rows.join("")}</ul>` : "";
	}

	/** What was picked of an order here and lies in no box. */
	loose(items) {
		const goods = Object.entries(items || {}).map(
			([item, qty]) => `${sales_wh_flow.qty(qty)} × ${frappe.utils.escape_html(item)}`
		);
		return goods.length ? ` <span class="ho-muted">${__("In no box: {0}", [goods.join(", ")])}</span>` : "";
	}

	/** Closed boxes of this courier that nobody has scanned yet. */
	waiting({ waiting }) {
		if (!waiting.length) {
			return "";
		}
		const names = waiting.map(frappe.utils.escape_html).join(", ");
		return `<details class="ho-muted ho-still"><summary>${sales_wh_flow.waiting_boxes(waiting.length)}</summary>${names}</details>`;
	}

	box(box, is_open) {
		const escape = frappe.utils.escape_html;
		const note = box.delivery_note
			? ` · <a href="${frappe.router.make_url(["delivery-note", box.delivery_note])}">${escape(box.delivery_note)}</a>`
			: "";
		const out =
			is_open && box.state === "Scanned"
				? `<button class="btn btn-default" data-out="${escape(box.box)}" aria-label="${__("Take out {0}", [escape(box.box)])}">✕</button>`
				: `<span class="ho-tick">${box.state === "Handed Over" ? "✓" : ""}</span>`;
		return `<li data-box="${escape(box.box)}" class="${box.refusal ? "is-refused" : ""}"><span class="ho-grow">
			<b>${escape(box.box)}</b> ${escape(box.customer_name)}
			<span class="ho-muted">${escape(box.orders)}${note}${box.tracking_no ? ` · ${escape(box.tracking_no)}` : ""}${box.collect ? ` · <b>${escape(sales_wh_flow.to_collect(box))}</b>` : ""}</span>
			${box.refusal ? `<span class="ho-refusal">${escape(box.refusal)}</span>` : ""}</span>${out}</li>`;
	}

	foot({ state, boxes }) {
		const button = (what, label, kind) => `<button class="btn ${kind} ho-big" data-do="${what}">${label}</button>`;
		const print = boxes.length ? button("print", __("Print Manifest"), "btn-default") : "";
		if (state === "Open") {
			return `<footer class="ho-foot">${button(boxes.length ? "close" : "cancel", boxes.length ? __("Close Hand-over") : __("Cancel Hand-over"), "btn-primary")}
				${print}</footer>`;
		}
		return `<footer class="ho-foot">${state === "Closing" ? button("again", __("Go On"), "btn-default") : ""}${print}</footer>`;
	}

	bind() {
		const on = (what, work) => this.body.find(`[data-do=${what}]`).on("click", work);
		on("close", () => this.close());
		on("again", () => this.tell("delivery.api.close_handover", {}));
		on("cancel", () => this.cancel());
		on("print", () => {
			const name = encodeURIComponent(this.name);
			const path = `/printview?doctype=Courier%20Handover&name=${name}&format=Courier%20Manifest`;
			window.open(frappe.urllib.get_full_url(path), "_blank", "noopener");
		});
		this.body.find("[data-out]").on("click", async (event) => {
			const answer = await this.tell("delivery.api.take_out_of_handover", {
				box: $(event.currentTarget).attr("data-out"),
			});
			answer && this.scans.say("good", __("{0} was taken out.", [answer.taken_out]));
		});
	}

	/** Sends an action about this hand-over, now or when there is a network, and shows it as it is then. */
	async tell(what, args) {
		const name = this.name;
		const answer = await this.scans.send(what, { handover: name, ...args });
		if (answer && name === this.name) {
			this.draw(answer);
		}
		return answer;
	}

	async scan(text) {
		if (text && this.shown?.state === "Open") {
			const answer = await this.tell("delivery.api.scan_into_handover", { text });
			if (answer) {
				const owed = answer.boxes.filter((box) => box.box === answer.scanned && box.collect);
				const money = owed.map(sales_wh_flow.to_collect).join("");
				this.scans.say("good", [__("{0} is in.", [answer.scanned]), money].filter(Boolean).join(" "));
			}
		}
	}

	/** What was done before a reload has its answer now. */
	late(text) {
		text && this.scans.say("bad", text);
		this.name && this.look();
	}

	close() {
		const { missing, left, waiting } = this.shown;
		const stays = waiting.length
			? `<p>${
					waiting.length === 1
						? __("1 box of this courier stays here: {0}", [frappe.utils.escape_html(waiting[0])])
						: __("{0} boxes of this courier stay here: {1}", [
								waiting.length,
								waiting.map(frappe.utils.escape_html).join(", "),
							])
				}</p>`
			: "";
		const dialog = sales_wh_flow.phone.dialog({
			title: __("Close Hand-over"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${
						left === 1
							? __("1 box leaves; its Delivery Note is submitted.")
							: __("{0} boxes leave; their Delivery Notes are submitted.", [left])
					}</p>${this.missing(missing)}${stays}`,
				},
				{ fieldtype: "Data", fieldname: "signed_by", label: __("Taken By") },
				{ fieldtype: "Signature", fieldname: "signature", label: __("Signature") },
			],
			primary_action_label: __("Close"),
			primary_action: ({ signed_by, signature }) => {
				dialog.hide();
				this.tell("delivery.api.close_handover", { signed_by: signed_by || "", signature: signature || "" });
			},
		});
		dialog.show();
	}

	cancel() {
		frappe.prompt(
			{ fieldtype: "Small Text", fieldname: "reason", label: __("Why"), reqd: 1 },
			({ reason }) => this.tell("delivery.api.cancel_handover", { reason }),
			__("Cancel Hand-over"),
			__("Cancel It")
		);
	}

	number(value) {
		return format_number(value, null, Number.isInteger(value) ? 0 : 2);
	}
}
