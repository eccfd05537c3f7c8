// The page Counter: what waits to be fetched, by customer; one dialog hands it out.
frappe.provide("sales_wh_flow");

const { escape } = sales_wh_flow;

function box_row({ name, weight_kg, orders, closed_on }, at) {
	const about = [
		orders.join(", "),
		weight_kg ? `${sales_wh_flow.qty(weight_kg)} kg` : "",
		closed_on ? __("since {0}", [frappe.datetime.str_to_user(closed_on)]) : "",
	];
	return `<li><label><input type="checkbox" checked data-box="${escape(name)}" data-at="${at}">
		<b>${escape(name)}</b></label> <span class="text-muted">${about.filter(Boolean).map(escape).join(" · ")}</span></li>`;
}

function group_card(one, at) {
	const money = one.to_collect
		? `<p class="swf-counter-money">${__("Take {0} first", [format_currency(one.to_collect, one.currency)])}</p>`
		: "";
	const missing = one.missing.map(([box, state]) => `${escape(box)} (${escape(__(state))})`).join(", ");
	return `<section class="swf-pack-to" data-at="${at}"><h5>${escape(one.customer_name)}</h5>
		<div class="text-muted">${[one.warehouse, one.courier].map(escape).join(" · ")}</div>
		<ul class="swf-pack-rows">${one.boxes.map((box) => box_row(box, at)).join("")}</ul>
		${missing && `<p class="text-muted">${__("Not here yet: {0}", [missing])}</p>`}${money}
		<footer><button class="btn btn-primary" data-do="hand_out" data-at="${at}">${__("Hand Out")}</button></footer></section>`;
}

sales_wh_flow.Counter = class Counter {
	constructor(page) {
		const main = $('<div class="swf-pack swf-counter"></div>').appendTo(page.main);
		this.scan = new sales_wh_flow.ScanPage({
			parent: main,
			placeholder: __("Box, order, code or customer"),
			on_scan: (text) => this.look(text),
		});
		this.body = $("<div></div>").appendTo(main);
		this.body.on("click", "[data-do=hand_out]", ({ currentTarget }) => this.ask(Number(currentTarget.dataset.at)));
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
	}

	async show() {
		sales_wh_flow.phone.fetch_pad();
		this.modes = await sales_wh_flow.ask("collection.api.modes_of_payment");
		await this.look("");
	}

	async look(text) {
		const turn = (this.turn = (this.turn || 0) + 1);
		const found = await sales_wh_flow.ask("collection.api.waiting_boxes", { text });
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		this.found = found;
		const none = text ? __("Nothing waits for {0}.", [escape(text)]) : __("Nothing waits to be fetched.");
		this.body.html(found.map(group_card).join("") || `<p class="swf-pack-empty text-muted">${none}</p>`);
		if (text) {
			this.scan.say(
				found.length ? "good" : "bad",
				found.length ? __("Found: {0}", [text]) : __("Nothing waits for {0}.", [text])
			);
		}
	}

	chosen(at) {
		return this.body
			.find(`input[data-at=${at}]:checked`)
			.toArray()
			.map(({ dataset }) => dataset.box);
	}

	ask(at) {
		const { customer_name, proof, currency, boxes: here } = this.found[at];
		const boxes = this.chosen(at);
		const to_collect = flt(
			here.reduce((sum, it) => sum + (boxes.includes(it.name) ? it.cod_amount : 0), 0),
			2
		);
		if (!boxes.length) {
			this.scan.say("bad", __("Choose the boxes that are fetched."));
			return;
		}
		const by_code = proof.includes("Code");
		const money = new sales_wh_flow.MoneyAtDoor({
			box: { collect: to_collect, currency },
			modes: this.modes,
			is_correction: false,
			due: () => to_collect,
		});
		const dialog = sales_wh_flow.phone.dialog({
			title: __("Hand Out to {0}", [escape(customer_name)]),
			fields: [
				{ fieldtype: "HTML", options: `<p>${boxes.map(escape).join(", ")}</p>` },
				{ fieldtype: "HTML", fieldname: "problem" },
				...money.fields(),
				{ fieldtype: "Data", fieldname: "receiver", label: __("Who Fetches It"), reqd: 1 },
				...(by_code
					? [{ fieldtype: "Data", fieldname: "code", label: __("Code"), reqd: proof === "Code" ? 1 : 0 }]
					: []),
				...(proof === "Name" || proof === "Code"
					? []
					: [{ fieldtype: "Signature", fieldname: "signature", label: __("Signature") }]),
			],
			primary_action_label: __("Hand Out"),
			primary_action: (values) => this.hand_out(dialog, boxes, values, money),
		});
		dialog.show();
		money.bind(dialog);
	}

	async hand_out(dialog, boxes, { receiver, code = "", signature = "" }, money) {
		if (dialog.is_sent) {
			return; // a second tap
		}
		const problem = money.problem();
		if (problem) {
			frappe.show_alert({ message: problem, indicator: "orange" });
			return;
		}
		dialog.is_sent = true;
		dialog.disable_primary_action();
		const done = await this.scan.send("collection.api.hand_out", {
			...{ boxes, receiver, code, signature },
			...(money.is_asked ? { money: money.told() } : {}),
		});
		if (done) {
			dialog.hide();
			await this.look("");
			this.scan.say("good", __("{0} fetched {1}: {2}", [done.receiver, done.boxes.join(", "), done.document]));
		} else {
			dialog.is_sent = false;
			dialog.enable_primary_action();
			const text = escape(this.scan.said.text());
			dialog.fields_dict.problem.$wrapper.html(`<p class="alert alert-warning" role="alert">${text}</p>`);
		}
	}
};
