// Deliver: a driver says what became of each box, and proves it. What is tapped without a network is sent later.
frappe.pages["deliver"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Deliver"), single_column: true });
	wrapper.deliver = new Deliver(page);
};

frappe.pages["deliver"].on_page_show = (wrapper) => wrapper.deliver.show();

class Deliver {
	constructor(page) {
		this.page = page;
		const bar = $('<div class="dl dl-bar"></div>').appendTo(page.main);
		this.body = $('<div class="dl"></div>').appendTo(page.main);
		this.scans = new sales_wh_flow.ScanPage({
			parent: bar,
			placeholder: __("Scan or type a box"),
			on_scan: (text) => this.scanned(text),
			on_late: (_action, _answer, text) => this.late(text),
		});
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.body.on("click", "[data-answer]", (event) => {
			const { answer, box } = event.currentTarget.dataset;
			this.open(box, answer);
		});
	}

	async show() {
		sales_wh_flow.phone.fetch_pad();
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
		return `sales_wh_flow_deliveries:${frappe.session.user}`;
	}

	draw() {
		const { boxes = [] } = this.shown || {};
		const by_stop = new Map();
		for (const box of boxes) {
			const key = [box.trip, box.customer_name, box.ship_to || box.ship_to_text].join("|");
			by_stop.set(key, [...(by_stop.get(key) || []), box]);
		}
		const open = boxes.filter((box) => !this.is_over(box)).length;
		this.body
			.html(`<p class="dl-muted">${open === 1 ? __("1 box to deliver") : __("{0} boxes to deliver", [open])}</p>
			${[...by_stop.values()].map((one) => this.stop(one)).join("")}
			${boxes.length ? "" : `<p class="dl-muted dl-empty">${__("You have no boxes to deliver.")}</p>`}
			${this.in_hand()}`);
	}

	/** What this driver took at doors and has to hand in. */
	in_hand() {
		const sums = ((this.shown || {}).in_hand || []).map(({ mode_of_payment, currency, amount }) =>
			sales_wh_flow.escape(`${__(mode_of_payment || "")} ${format_number(amount, null, 2)} ${currency}`)
		);
		return sums.length ? `<p class="dl-collect"><b>${__("To hand in: {0}", [sums.join(" · ")])}</b></p>` : "";
	}

	/** Answered, or waiting to be sent. */
	is_over(box) {
		return Boolean(box.proof) || this.scans.queue.actions.some(({ args }) => args.box === box.box);
	}

	stop(boxes) {
		const escape = frappe.utils.escape_html;
		const [first] = boxes;
		const where = (first.ship_to_text || "").split("\n").join(", ");
		const map = where
			? `<a class="dl-map" target="_blank" rel="noopener" href="https://www.openstreetmap.org/search?query=${encodeURIComponent(where)}">${__("Map")}</a>`
			: "";
		return `<section class="dl-stop"><header><span class="dl-grow"><b>${escape(first.customer_name || "")}</b>
			<span class="dl-muted">${escape(where)}</span></span>${map}</header>
			${boxes.map((box) => this.box(box)).join("")}</section>`;
	}

	box(box) {
		const escape = frappe.utils.escape_html;
		const items = box.rows
			.map(
				(row) =>
					`${sales_wh_flow.qty(flt(row.qty, 3))} ${escape(row.uom)} ${escape(row.item_name || row.item_code)}`
			)
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
		const taken =
			box.proof && box.money_taken
				? `<div class="dl-muted">${escape(__("Taken: {0} {1}", [format_number(box.money_taken, null, 2), __(box.mode_of_payment || "")]))}</div>`
				: "";
		const buttons = box.proof
			? button("correct", __("Correct"), "btn-default")
			: is_waiting
				? ""
				: button("accept", __("Accepted"), "btn-primary") + button("other", __("Not All"), "btn-default");
		return `<div class="dl-box" data-of="${escape(box.box)}"><div class="dl-row"><b class="dl-grow">${escape(box.box)}</b>${pill}</div>
			<div class="dl-muted">${items}</div>${box.collect && !box.proof ? `<div class="dl-collect"><b>${escape(sales_wh_flow.to_collect(box))}</b></div>` : taken}
			<div class="dl-buttons">${buttons}</div></div>`;
	}

	/** A box by its number, its courier's, or its label however the scanner writes it; also without a network. */
	named(text) {
		const typed = text.toLowerCase();
		const label = text
			.replace(/^\][A-Za-z]\d/, "")
			.replace(/\D/g, "")
			.replace(/^00(?=\d{18}$)/, "");
		return (this.shown?.boxes || []).find(
			(one) =>
				one.box.toLowerCase() === typed ||
				(one.sscc && one.sscc === label) ||
				(one.tracking_no && one.tracking_no.toLowerCase() === typed)
		);
	}

	scanned(text) {
		const box = this.named(text);
		if (!box) {
			this.scans.say("bad", __("{0} is not among your boxes.", [text]));
		} else if (this.is_over(box)) {
			this.scans.say("warn", __("{0} is answered already.", [box.box]));
		} else {
			this.open(box.box, "accept");
		}
	}

	open(name, answer) {
		const box = this.shown.boxes.find((one) => one.box === name);
		new sales_wh_flow.ProofDialog({
			box,
			answer,
			reasons: this.shown.reasons,
			modes: this.shown.modes || [],
			asks_place: this.shown.asks_place,
			others: this.shown.boxes.filter((one) => one !== box && !this.is_over(one) && this.is_same_stop(one, box)),
			send: (receipts, why) => this.send(box, receipts, why),
		});
	}

	is_same_stop(one, box) {
		return (
			one.customer_name === box.customer_name &&
			one.ship_to === box.ship_to &&
			one.ship_to_text === box.ship_to_text
		);
	}

	send(box, receipts, why) {
		receipts.forEach(([one, receipt]) =>
			why === null
				? this.tell("delivery.api.prove_delivery", { box: one, receipt })
				: this.tell("delivery.api.correct_delivery", { proof: box.proof, receipt, reason: why })
		);
	}

	/** Sends what was tapped, now or when there is a network; until then the box waits. */
	async tell(what, args) {
		const sent = this.scans.send(what, args);
		setTimeout(() => this.draw(), 50); // by then it stands in the queue
		const answer = await sent;
		if (answer) {
			const box = this.shown.boxes.find((one) => one.box === answer.box);
			const proof = answer.outcome === "Failed Attempt" ? null : answer.proof;
			box && Object.assign(box, { state: answer.state, outcome: answer.outcome, proof });
			this.scans.say("good", `${answer.box}: ${__(answer.outcome)}`);
			proof && this.again();
		}
		this.draw();
	}

	/** What a proof says is asked for, quietly: a correction begins with it. */
	again() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => !this.scans.queue.waiting && this.show(), 1500);
	}

	/** What was tapped before a reload has its answer now. */
	late(text) {
		text && this.scans.say("bad", text);
		this.show();
	}
}
