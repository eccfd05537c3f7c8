// The page Pack: lists with something to pack; of one list what is left, its boxes, and a proposal.
frappe.provide("sales_wh_flow");

sales_wh_flow.Pack = class Pack {
	constructor(page) {
		this.page = page;
		const main = $('<div class="swf-pack"></div>').appendTo(page.main);
		this.scan = new sales_wh_flow.ScanPage({ parent: main, on_scan: (text) => this.scanned(text) });
		this.station = $('<button type="button" class="btn btn-default swf-pack-station" hidden></button>').appendTo(
			main
		);
		this.station.on("click", () => sales_wh_flow.stations.choose(() => this.show_station()));
		this.body = $('<div class="swf-pack-body"></div>').appendTo(main);
		this.body.on("click", "[data-do]", (event) => {
			const { do: action, ...data } = event.currentTarget.dataset;
			this[action](data);
		});
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
	}

	async show() {
		const [, pick_list] = frappe.get_route();
		this.labels ||= this.learn();
		await this.labels;
		const turn = (this.turn = (this.turn || 0) + 1);
		const found = pick_list ? await this.read("to_pack", { pick_list }) : await this.read("lists_to_pack", {});
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		this.pick_list = pick_list || null;
		sales_wh_flow.show_title(this.page, pick_list ? __("Pack {0}", [pick_list]) : __("Pack"));
		this.draw(found);
	}

	/** Once a visit: which couriers make labels, and which stations there are. */
	async learn() {
		const [makers] = await Promise.all([sales_wh_flow.couriers.with_labels(), sales_wh_flow.stations.all()]);
		this.makers = makers;
		this.show_station();
	}

	show_station() {
		const { known, name } = sales_wh_flow.stations;
		this.station
			.prop("hidden", !known.length)
			.text(name() ? __("Station: {0}", [name()]) : __("Choose a packing station"));
	}

	read(method, args) {
		return frappe
			.call({ method: `sales_wh_flow.packing.api.${method}`, args, type: "GET" })
			.then((answer) => answer.message);
	}

	/** A step, sent once however often; then the list as it is now. Null where the server says no. */
	async step(method, args) {
		const answer = await this.scan.send(`packing.api.${method}`, args);
		if (answer) {
			await this.show();
		}
		return answer;
	}

	/** The same, of a button: a second tap before it is answered is none. */
	tap(method, args) {
		return this.scan.once(`${method} ${JSON.stringify(args)}`, () => this.step(method, args));
	}

	draw(found) {
		const draw = sales_wh_flow.pack_views;
		if (!this.pick_list) {
			this.body.html(draw.lists(found));
			return;
		}
		this.found = found;
		const open = draw.open_boxes(found);
		if (!open.some((box) => box.name === this.box)) {
			this.box = open.length ? open[open.length - 1].name : null;
		}
		this.body.html(draw.list(found, this.box, this.makers));
	}

	async scanned(text) {
		if (!this.pick_list) {
			return this.find(text);
		}
		const known = this.found.ship_tos.flatMap((to) => to.boxes).find((box) => box.name === text.toUpperCase());
		if (known) {
			return this.choose({ box: known.name });
		}
		const box = this.box || (await this.open_one());
		if (box) {
			await this.put_in(box, text);
		}
	}

	async find(text) {
		const found = await this.read("find_list", { text });
		if (found) {
			frappe.set_route("pack", found);
		} else {
			this.scan.say("bad", __("{0} is no Pick List, and no box, with something to pack.", [text]));
		}
	}

	/** The first scan opens the box, where there is no question for whom. */
	async open_one() {
		const waiting = this.found.ship_tos.filter((to) => to.rows.some((row) => row.left > 0));
		if (waiting.length === 1) {
			return this.open_for(waiting[0]);
		}
		this.scan.say("bad", sales_wh_flow.pack_views.why_no_box(this.found, waiting));
		return null;
	}

	async open_for(to) {
		const proposed = to.proposal.boxes[0]?.kind || "";
		const args = {
			pick_list: this.pick_list,
			sales_order: this.waiting_order(to),
			warehouse: to.warehouse,
			box_type: proposed,
		};
		const box = await this.scan.send("packing.api.open_box", args);
		if (box) {
			this.box = box.name;
		}
		return box?.name;
	}

	waiting_order(to) {
		return to.rows.find((row) => row.left > 0)?.order || to.orders[0];
	}

	async put_in(box, text, qty) {
		const args = { box, text, pick_list: this.pick_list, ...(qty ? { qty } : {}) };
		const answer = await this.step("put_in", args);
		if (answer) {
			const [{ item_code }] = answer.put;
			const put = sales_wh_flow.qty(answer.put.reduce((sum, it) => sum + it.qty, 0));
			const rows = this.found.ship_tos.flatMap((to) => to.rows).filter((row) => row.item_code === item_code);
			const left = sales_wh_flow.qty(rows.reduce((sum, row) => sum + row.left, 0));
			this.scan.say("good", __("{0} × {1} in {2}; {3} left", [put, item_code, box, left]));
		}
	}

	choose({ box }) {
		this.box = box;
		this.draw(this.found);
		this.scan.say("good", __("Now packing {0}", [box]));
	}

	async open_box({ at }) {
		const name = await this.open_for(this.found.ship_tos[at]);
		if (name) {
			await this.show();
			this.scan.say("good", __("Now packing {0}", [name]));
		}
	}

	async take_out({ box, row, serial }) {
		const answer = await this.step("take_out", { box, row, ...(serial ? { serial_no: serial } : {}) });
		if (answer) {
			this.scan.say("warn", __("Taken out of {0}", [box]));
		}
	}

	async put_all({ at }) {
		const to = this.found.ship_tos[at];
		const box = this.box || (await this.open_one());
		for (const row of box ? to.rows.filter((it) => it.left > 0 && !it.serial_nos.length) : []) {
			await this.scan.send("packing.api.put_in", {
				box,
				text: row.batch_no || row.item_code,
				qty: row.left,
				pick_list: this.pick_list,
			});
		}
		await this.show();
		const open = this.found.ship_tos[at]?.rows.filter((row) => row.left > 0) || [];
		if (box) {
			const rest =
				open.length === 1
					? __("1 row is left; scan its serial numbers.")
					: __("{0} rows are left; scan their serial numbers.", [open.length]);
			const said = open.length ? rest : __("All of it is in {0}.", [box]);
			this.scan.say(open.length ? "warn" : "good", said);
		}
	}

	/** What one tap says: all that is left lies in one box, which is closed now. */
	async pack_all({ at }) {
		const to = this.found.ship_tos[at];
		const packed = await this.tap("pack_all", {
			pick_list: this.pick_list,
			sales_order: this.waiting_order(to),
			warehouse: to.warehouse,
			left: flt(
				to.rows.reduce((sum, row) => sum + row.left, 0),
				6
			),
			box_type: to.proposal.boxes[0]?.kind || "",
		});
		if (packed) {
			await this.after_close(packed.name, packed);
		} else {
			await this.show(); // somebody else was quicker
		}
	}

	close_now({ box }) {
		return this.close(box, {});
	}

	close_box({ box }) {
		sales_wh_flow.close_box_dialog({
			box: this.found.ship_tos.flatMap((to) => to.boxes).find((it) => it.name === box),
			types: this.found.types,
			send: (values) => this.close(box, values),
		});
	}

	/** Resolves to null when it is closed, else to why not; asks: it is closed by whoever is sure. */
	async close(box, values) {
		const answer = await this.tap("close_box", { box, ...values });
		if (!answer) {
			return { problem: this.scan.said.text(), asks: false };
		}
		if (!answer.is_closed) {
			this.scan.say("warn", __("{0} should weigh {1} kg", [box, sales_wh_flow.qty(flt(answer.expected_kg, 3))]));
			const weights = [values.weighed_kg, answer.expected_kg].map((kg) => sales_wh_flow.qty(flt(kg, 3)));
			const problem = __("Weighed {0} kg, expected {1} kg. Look again: is everything right?", weights);
			return { problem, asks: true };
		}
		await this.after_close(box, answer);
		return null;
	}

	async after_close(box, answer) {
		this.box = null;
		this.scan.say("good", __("{0} is closed", [box]));
		if (sales_wh_flow.prints_on_close()) {
			await this.label_and_print(answer);
		}
	}

	open_again({ box }) {
		this.with_reason(__("Open {0} Again", [box]), (reason) => this.tap("open_again", { box, reason }));
	}

	cancel_box({ box }) {
		this.with_reason(__("Cancel {0}", [box]), (reason) => this.tap("cancel_box", { box, reason }));
	}

	with_reason(title, then) {
		frappe.prompt(
			{ fieldtype: "Small Text", fieldname: "reason", label: __("Reason"), reqd: 1 },
			({ reason }) => then(reason),
			title
		);
	}

	closed_boxes(at) {
		return this.found.ship_tos[at].boxes.filter((box) => box.state === "Closed");
	}

	/** All closed boxes of the address and courier that stand for themselves, on a new pallet. */
	async stack({ at, courier = "" }) {
		const boxes = this.closed_boxes(at).filter(
			(box) => !box.parent_box && box.contents.length && (box.courier || "") === courier
		);
		const box_type = this.found.types.find(({ kind }) => kind === "Pallet")?.name || "";
		const pallet = await this.tap("stack_boxes", { boxes: boxes.map(({ name }) => name), box_type });
		if (pallet) {
			this.scan.say("good", __("{0} boxes stand on {1}. Close it when it is full.", [boxes.length, pallet.name]));
		}
	}

	async off_pallet({ box }) {
		if (await this.step("put_on_pallet", { box })) {
			this.scan.say("good", __("{0} stands for itself", [box]));
		}
	}

	compare({ at }) {
		const boxes = this.closed_boxes(at).filter((box) => box.is_of_list);
		return sales_wh_flow.couriers.compare_rates({ boxes: boxes.map(({ name }) => name) }, ({ courier }) => {
			this.scan.say("good", __("{0} takes them", [courier]));
			this.show();
		});
	}

	async make_note({ at }) {
		const boxes = this.closed_boxes(at).map((box) => box.name);
		const note = await this.scan.once("note", () => this.scan.send("packing.api.make_delivery_note", { boxes }));
		if (note) {
			frappe.set_route("Form", "Delivery Note", note);
		}
	}
};
