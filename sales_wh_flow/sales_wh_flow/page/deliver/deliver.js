// Deliver: a driver says what became of each box, and proves it. What is tapped without a network is sent later.
frappe.pages["deliver"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Deliver"), single_column: true });
	wrapper.deliver = new Deliver(page);
};

frappe.pages["deliver"].on_page_show = (wrapper) => wrapper.deliver.show();

class Deliver {
	constructor(page) {
		this.page = page;
		this.body = $('<div class="dl"></div>').appendTo(page.main);
		this.waiting = [];
		this.queue = new sales_wh_flow.phone.Queue("deliver", {
			on_answer: (action, result) => this.answered(action, result),
			on_change: (waiting, why) => this.waits(waiting, why),
		});
		sales_wh_flow.phone.listen_to_scanner(this.body[0], (text) => this.scanned(text));
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.body.on("click", "[data-answer]", (event) => {
			const { answer, box } = event.currentTarget.dataset;
			this.open(box, answer);
		});
	}

	async show() {
		try {
			this.shown = await sales_wh_flow.ask("delivery.api.my_deliveries");
			localStorage.setItem(this.kept_as(), JSON.stringify(this.shown));
		} catch (error) {
			this.shown = JSON.parse(localStorage.getItem(this.kept_as()) || "null") || this.shown;
		}
		this.draw();
	}

	/** The list outlives a lost network; it is this user's alone. */
	kept_as() {
		return `swf_deliveries:${frappe.session.user}`;
	}

	draw() {
		const { boxes = [] } = this.shown || {};
		const by_stop = new Map();
		for (const box of boxes) {
			const key = [box.trip, box.customer_name, box.ship_to || box.ship_to_text].join("|");
			by_stop.set(key, [...(by_stop.get(key) || []), box]);
		}
		const open = boxes.filter((box) => !this.is_over(box)).length;
		this.body.html(`<div class="dl-strip" hidden></div><div class="dl-waiting" hidden></div>
			<p class="dl-muted">${open === 1 ? __("1 box to deliver") : __("{0} boxes to deliver", [open])}</p>
			${[...by_stop.values()].map((one) => this.stop(one)).join("")}
			${boxes.length ? "" : `<p class="dl-muted dl-empty">${__("You have no boxes to deliver.")}</p>`}`);
		this.say(this.said);
		this.waits(this.waiting, this.why);
	}

	is_over(box) {
		return Boolean(box.proof) || this.waiting.some((one) => one.about.boxes?.includes(box.box));
	}

	stop(boxes) {
		const escape = frappe.utils.escape_html;
		const [first] = boxes;
		const where = (first.ship_to_text || "").split("\n").join(", ");
		const map = where ? `<a class="dl-map" target="_blank" rel="noopener" href="https://www.openstreetmap.org/search?query=${encodeURIComponent(where)}">${__("Map")}</a>` : "";
		return `<section class="dl-stop"><header><span class="dl-grow"><b>${escape(first.customer_name || "")}</b>
			<span class="dl-muted">${escape(where)}</span></span>${map}</header>
			${boxes.map((box) => this.box(box)).join("")}</section>`;
	}

	box(box) {
		const escape = frappe.utils.escape_html;
		const items = box.rows
			.map((row) => `${format_number(row.qty, null, Number.isInteger(row.qty) ? 0 : 3)} ${escape(row.uom)} ${escape(row.item_name || row.item_code)}`)
			.join(" · ");
		const is_waiting = !box.proof && this.is_over(box);
		const pill = box.proof
			? `<span class="indicator-pill ${box.outcome === "Accepted" ? "green" : "orange"}">${__(box.outcome)}</span>`
			: is_waiting
			? `<span class="indicator-pill gray">${__("Waiting to be sent")}</span>`
			: box.state === "Delivery Failed"
			? `<span class="indicator-pill red">${__(box.state)}</span>`
			: "";
		const button = (answer, label, kind) =>
			`<button class="btn ${kind} dl-big" data-answer="${answer}" data-box="${escape(box.box)}">${label}</button>`;
		const buttons = box.proof
			? button("correct", __("Correct"), "btn-default")
			: is_waiting
			? ""
			: button("accept", __("Accepted"), "btn-primary") + button("other", __("Not All"), "btn-default");
		return `<div class="dl-box" data-of="${escape(box.box)}"><div class="dl-row"><b class="dl-grow">${escape(box.box)}</b>${pill}</div>
			<div class="dl-muted">${items}</div><div class="dl-buttons">${buttons}</div></div>`;
	}

	scanned(text) {
		const box = (this.shown?.boxes || []).find((one) => one.box.toLowerCase() === text.trim().toLowerCase());
		sales_wh_flow.phone.signal(Boolean(box && !this.is_over(box)));
		if (!box) {
			this.say((this.said = { is_done: false, words: __("{0} is not among your boxes.", [text]) }));
		} else if (!this.is_over(box)) {
			this.open(box.box, "accept");
		}
	}

	open(name, answer) {
		const box = this.shown.boxes.find((one) => one.box === name);
		new sales_wh_flow.ProofDialog({
			box,
			answer,
			reasons: this.shown.reasons,
			asks_place: this.shown.asks_place,
			others: this.shown.boxes.filter((one) => one !== box && !this.is_over(one) && this.is_same_stop(one, box)),
			send: (told, boxes, why) => this.send(box, told, boxes, why),
		});
	}

	is_same_stop(one, box) {
		return one.customer_name === box.customer_name && one.ship_to === box.ship_to && one.ship_to_text === box.ship_to_text;
	}

	async send(box, receipt, boxes, why) {
		if (why !== null) {
			await this.queue.add("delivery.api.correct_delivery", { proof: box.proof, receipt, reason: why }, { boxes: [] });
			return;
		}
		for (const one of boxes) {
			await this.queue.add("delivery.api.prove_delivery", { box: one, receipt }, { boxes: [one] });
		}
	}

	answered({ args, about }, { is_done, answer, text }) {
		sales_wh_flow.phone.signal(is_done);
		const box = args.box || answer?.box || "";
		this.said = { is_done, words: is_done ? `${box}: ${__(answer.outcome)}` : `${box}: ${text || __("Refused")}` };
		if (is_done) {
			const mine = (this.shown?.boxes || []).find((one) => one.box === answer.box);
			mine && Object.assign(mine, { state: answer.state, proof: answer.outcome === "Failed Attempt" ? null : answer.proof, outcome: answer.outcome });
		}
		this.waiting = this.waiting.filter((one) => !one.about.boxes?.some((name) => about.boxes.includes(name)));
		this.shown && this.draw();
	}

	say(said) {
		const strip = this.body.find(".dl-strip").prop("hidden", !said);
		if (said) {
			strip.attr("class", `dl-strip ${said.is_done ? "is-good" : "is-bad"}`).attr("role", "status").text(said.words);
		}
	}

	waits(waiting, why) {
		const is_changed = waiting.length !== this.waiting.length;
		this.waiting = waiting;
		this.why = why;
		if (is_changed && this.shown) {
			this.draw();
		}
		const words = waiting.length ? __("{0} waiting to be sent", [waiting.length]) + (why ? ` · ${why}` : "") : "";
		this.body.find(".dl-waiting").prop("hidden", !words).text(words);
	}
}
