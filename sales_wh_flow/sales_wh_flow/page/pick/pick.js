// Pick: the lists that wait, then one list row by row, for a phone in one hand and a scanner in the other.
// /app/pick is the list of lists, /app/pick/NAME one of them, /app/pick/put-away what goes back to its shelf.
const PUT_AWAY = "put-away";
const LOOK_AGAIN_MS = 45000;
const SECOND_TAP_MS = 500;

frappe.pages["pick"].on_page_load = (wrapper) => {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Pick"), single_column: true });
	wrapper.walk = new Walk(page);
};

frappe.pages["pick"].on_page_show = (wrapper) => wrapper.walk.show();

class Walk {
	constructor(page) {
		this.page = page;
		this.batches = new Set(); // rows of which the batch was tapped
		this.warehouse = page.add_field({
			fieldtype: "Link",
			fieldname: "warehouse",
			label: __("Warehouse"),
			options: "Warehouse",
			get_query: () => ({ filters: { is_group: 0, disabled: 0, swf_is_sellable: 1 } }),
			change: () => this.show(),
		});
		page.set_secondary_action(__("Refresh"), () => this.show(), "refresh");
		this.body = $('<div class="swf-walk"></div>').appendTo(page.main);
		this.top = $("<div></div>").appendTo(this.body);
		this.scanner = new sales_wh_flow.ScanPage({
			parent: this.top,
			on_scan: (text) => this.scanned(text),
			placeholder: __("Scan goods, or type a number"),
		});
		this.view = $('<div class="swf-walk-view"></div>').appendTo(this.body);
		this.view.on("click", "[data-act]", (event) => this.act($(event.currentTarget).data("act")));
		this.view.on("click", "[data-go]", (event) => this.go($(event.currentTarget).data("go")));
		this.put_away = new sales_wh_flow.PutAwayView({
			view: this.view,
			scanner: this.scanner,
			warehouse: () => this.warehouse.get_value() || "",
		});
		sales_wh_flow.share_phone(page, this.scanner);
		frappe.realtime.doctype_subscribe("Pick List");
		frappe.realtime.on("list_update", ({ doctype }) => doctype === "Pick List" && this.refresh_soon());
		frappe.realtime.on("swf_board", () => this.refresh_soon()); // an order moved: it may have stopped
		// Where realtime does not reach a phone, a stopped order does all the same.
		setInterval(() => this.refresh_soon(), LOOK_AGAIN_MS);
	}

	get name() {
		return frappe.get_route()[1];
	}

	/** Other people change lists, too: looked at again when nobody is in the middle of something. */
	refresh_soon() {
		clearTimeout(this.later);
		this.later = setTimeout(() => this.is_at_rest() && this.show(true), 1500 + Math.random() * 1000);
	}

	/** Nobody waits for an answer, and one can be had. */
	is_at_rest() {
		return this.body.is(":visible") && !this.busy && !this.scanner.queue.waiting && navigator.onLine;
	}

	async show(is_silent) {
		const turn = (this.turn = (this.turn || 0) + 1);
		const name = this.name;
		this.warehouse.$wrapper.toggle(!name || name === PUT_AWAY);
		if (name === PUT_AWAY) {
			this.list = null;
			sales_wh_flow.show_title(this.page, __("Put Back"));
			return this.put_away.show();
		}
		if (!name) {
			const warehouse = this.warehouse.get_value() || "";
			const [lists, left] = await Promise.all([
				sales_wh_flow.ask("picking.api.lists_to_pick", { warehouse }),
				sales_wh_flow.ask("picking.put_away.api.to_put_away", { warehouse }),
			]);
			return turn === this.turn && this.draw_lists(lists, left.length);
		}
		const list = await sales_wh_flow.ask("picking.api.list_to_pick", { pick_list: name }).catch(() => null);
		if (!list) {
			return navigator.onLine && this.go("back"); // the server said why, such as that it is gone
		}
		if (turn !== this.turn) {
			return; // a later look is on its way
		}
		if (!is_silent) {
			this.at = null;
		}
		this.take(list);
	}

	// The list of lists

	draw_lists(lists, left) {
		this.list = null;
		sales_wh_flow.show_title(this.page, __("Pick"));
		const back = left
			? `<button type="button" class="btn btn-default swf-walk-back" data-go="${PUT_AWAY}">${__("{0} to put back", [left])}</button>`
			: "";
		if (!lists.length) {
			this.view.html(
				`${back}<p class="swf-walk-empty">${__("Nothing to pick. Lists are made on the order, or in Warehouse Work.")}</p>`
			);
			return;
		}
		this.view.html(
			`${back}<ul class="swf-walk-lists">${lists.map(sales_wh_flow.walk_views.list_card).join("")}</ul>`
		);
	}

	go(name) {
		frappe.set_route(...(name === "back" ? ["pick"] : ["pick", name]));
	}

	// One list

	take(list) {
		this.list = list;
		const open_rows = list.rows.filter((row) => !row.is_found);
		if (!list.rows.some((row) => row.row === this.at && !row.is_found)) {
			this.at = open_rows.length ? open_rows[0].row : null;
		}
		this.draw();
	}

	draw() {
		const { list } = this;
		const views = sales_wh_flow.walk_views;
		const done = list.rows.filter((row) => row.is_found).length;
		const row = list.rows.find((one) => one.row === this.at);
		sales_wh_flow.show_title(this.page, list.name);
		const whose =
			list.picker && list.picker !== frappe.session.user
				? `<p class="swf-walk-whose">${__("{0} walks for this list.", [
						frappe.utils.escape_html(list.picker_name),
					])}</p>`
				: "";
		this.view.html(`
			<div class="swf-walk-head">
				<button type="button" class="btn btn-default" data-go="back">${__("All Lists")}</button>
				<span class="swf-walk-count" aria-live="polite">${__("{0} of {1} found", [done, list.rows.length])}</span>
				${list.may.hand_on ? `<button type="button" class="btn btn-default" data-act="hand_on">${__("Hand On")}</button>` : ""}
			</div>
			${whose}
			${list.is_draft ? (row ? views.row(row, list.may, this.is_wave(), this.batches.has(row.row)) : views.end(list.may)) : views.done(list.name)}
			<ol class="swf-walk-rows">${list.rows.map((one) => views.small_row(one, one.row === this.at)).join("")}</ol>`);
	}

	// What the picker does

	async scanned(text) {
		if (this.name === PUT_AWAY) {
			return this.put_away.scanned(text);
		}
		if (this.list) {
			const row = this.list.rows.find((one) => one.row === this.at);
			const batch = row && row.asks_batch && this.batches.has(row.row) ? row.batch_no : "";
			const answer = await this.send("confirm_scan", { scan: text, row: this.at || "", batch });
			this.refused = answer || !this.is_at_rest() ? null : text;
			return answer && this.is_done_with(answer.rows) ? this.finish() : null;
		}
		frappe.set_route("pick", text); // a list's own barcode opens it
	}

	act(what) {
		const [verb, row] = what.split(":");
		if (this.name === PUT_AWAY) {
			return this.put_away.act(verb, row);
		}
		return {
			to: () => this.to(row),
			next: () => this.later_row(),
			all: () => this.all(),
			batch: () => this.batch(),
			less: () => this.less(),
			finish: () => this.finish(),
			hand_on: () => this.hand_on(),
		}[verb]();
	}

	async to(row) {
		const found = this.list.rows.find((one) => one.row === row);
		if (found.is_found && this.list.may.pick) {
			frappe.confirm(__("Was row {0} not found after all? It is picked anew then.", [found.idx]), () => {
				this.at = row;
				this.batches.delete(row);
				this.send("put_row_back", { row });
			});
			return;
		}
		this.at = row;
		this.draw();
	}

	/** It is the row's batch: what was scanned before, and refused for want of it, counts now. */
	batch() {
		this.batches.add(this.at);
		this.draw();
		const text = this.refused;
		this.refused = null;
		return text && this.scanned(text);
	}

	/** Batches and serial numbers that are not scanned are looked at: the order leaves with those. */
	all() {
		const row = this.list.rows.find((one) => one.row === this.at);
		// A second tap is not for the next row, which may be there by now, and not for the same one again.
		const is_second = Date.now() - (this.tapped_at || 0) < SECOND_TAP_MS;
		this.tapped_at = Date.now();
		if (is_second) {
			return null;
		}
		const take = () => {
			this.scanner.once(`found ${row.row}`, () => this.send("confirm_row", { row: row.row }));
			navigator.onLine || this.later_row(); // counted when there is a network again
		};
		return sales_wh_flow.ask_lots(row, take, this.batches.has(row.row));
	}

	is_wave() {
		return new Set(this.list.rows.map((row) => row.order)).size > 1;
	}

	later_row() {
		const open_rows = this.list.rows.filter((row) => !row.is_found);
		if (open_rows.length < 2) {
			this.scanner.say("warn", __("It is the only row that is left."));
			return;
		}
		const here = open_rows.findIndex((row) => row.row === this.at);
		this.at = open_rows[(here + 1) % open_rows.length].row;
		this.draw();
	}

	async less() {
		const row = this.list.rows.find((one) => one.row === this.at);
		const { found, reason } = await sales_wh_flow.ask_found_less(row);
		const answer = await this.send("found_less", { row: row.row, found, reason });
		if (answer) {
			sales_wh_flow.say_rest(this.scanner, answer.rest);
		}
	}

	/** The last scan of one order's list leaves no question; totes of several orders may still be scanned. */
	is_done_with(rows) {
		const is_all = this.list.may.finish && rows.every((row) => row.is_found && !row.gone);
		return is_all && !this.is_wave();
	}

	async finish() {
		const answer = await this.scanner.once(`finish ${this.list.name}`, () =>
			this.scanner.send("picking.api.finish_list", { pick_list: this.list.name })
		);
		if (answer) {
			const done = __("Pick List {0} is done.", [answer.submitted]);
			const note = __("Next: make its Delivery Note, on the Pick List or on the order.");
			this.scanner.say("good", answer.is_packed_now ? done : `${done} ${note}`);
			answer.is_packed_now && frappe.show_alert({ message: done, indicator: "green" }); // the page changes
			frappe.set_route(...(answer.is_packed_now ? ["pack", answer.submitted] : ["pick"]));
		}
	}

	async hand_on() {
		this.send("hand_list_on", { to_user: await sales_wh_flow.ask_to_whom(this.list.name) });
	}

	async send(verb, args) {
		this.busy = true;
		const answer = await this.scanner.send(`picking.api.${verb}`, { pick_list: this.list.name, ...args });
		this.busy = false;
		if (answer && this.name === answer.name) {
			this.tell(args, answer);
			this.take(answer);
		}
		return answer;
	}

	tell({ scan = "" }, answer) {
		const row = answer.row && answer.rows.find((one) => one.row === answer.row);
		if (!row) {
			return;
		}
		this.at = row.row;
		if (row.tote && scan.toUpperCase().endsWith(row.tote.toUpperCase())) {
			this.scanner.say("good", __("{0} takes order {1}.", [row.tote, row.order]));
			return;
		}
		this.scanner.say(
			"good",
			row.is_found
				? __("{0}: all {1} found.", [row.item_code, qty(row.asked)])
				: __("{0}: {1} of {2} found.", [row.item_code, qty(row.found), qty(row.asked)])
		);
	}
}

const qty = (value) => sales_wh_flow.qty(value);
