// What was picked for nothing and stands in a crate or a box: brought back to its shelf, scan by scan. Part of the
// page Pick, at /app/pick/put-away.
frappe.provide("sales_wh_flow");

const qty = (value) => sales_wh_flow.qty(value);

sales_wh_flow.PutAwayView = class PutAwayView {
	/** view: where it is drawn; scanner: the page's ScanPage; warehouse(): the one that is looked at, or "". */
	constructor({ view, scanner, warehouse }) {
		Object.assign(this, { view, scanner, warehouse });
	}

	async show() {
		this.tasks = await sales_wh_flow.ask("picking.put_away.api.to_put_away", { warehouse: this.warehouse() });
		this.draw();
		return this.tasks.length;
	}

	draw() {
		const crates = new Map();
		for (const task of this.tasks) {
			crates.set(task.stands_in, [...(crates.get(task.stands_in) || []), task]);
		}
		if (!this.tasks.some((task) => task.task === this.at)) {
			this.at = this.tasks.length ? this.tasks[0].task : null;
		}
		const text = frappe.utils.escape_html;
		this.view.html(`
			<div class="swf-walk-head">
				<button type="button" class="btn btn-default" data-go="back">${__("All Lists")}</button>
				<span class="swf-walk-count" aria-live="polite">${__("{0} to put back", [this.tasks.length])}</span>
			</div>
			${this.tasks.length ? "" : `<p class="swf-walk-empty">${__("Nothing is to be put back.")}</p>`}
			${[...crates]
				.map(
					([crate, tasks]) =>
						`<h5 class="swf-walk-crate">${crate ? text(crate) : __("In no tote or box")}</h5>
						${tasks.map((task) => (task.task === this.at ? this.card(task) : this.line(task))).join("")}`
				)
				.join("")}`);
	}

	card(task) {
		const text = frappe.utils.escape_html;
		const lots = [...(task.batch_no ? [__("Batch {0}", [task.batch_no])] : []), ...task.serial_nos.slice(0, 5)];
		const image = task.image ? `<img src="${text(task.image)}" alt="">` : "";
		return `<section class="swf-walk-row" data-task="${text(task.task)}">
			<div class="swf-walk-place">${text(task.place || task.warehouse)}</div>
			<div class="swf-walk-what">${image}<div>
				<div class="swf-walk-item">${text(task.item_code)}</div>
				<div>${text(task.item_name)}</div>
				<div class="swf-walk-lot">${lots.map(text).join("<br>")}</div>
			</div></div>
			<div class="swf-walk-qty">${qty(task.qty)} <small>${text(__(task.uom))}</small></div>
			<div class="swf-walk-for">${[task.order, task.why].filter(Boolean).map(text).join(" · ")}</div>
			<div class="swf-walk-buttons">
				<button type="button" class="btn btn-primary" data-act="back_all">${__("Is Back")}</button>
				<button type="button" class="btn btn-default" data-act="back_less">${__("Fewer There")}</button>
				<button type="button" class="btn btn-default" data-act="used">${__("Taken for an Order")}</button>
			</div>
		</section>`;
	}

	line(task) {
		const text = frappe.utils.escape_html;
		return `<ol class="swf-walk-rows"><li><button type="button" data-act="task:${text(task.task)}">
			<span>${text(task.place || task.warehouse)}</span><span>${text(task.item_code)}</span>
			<span>${qty(task.qty)}</span></button></li></ol>`;
	}

	/** A scan chooses what it is about; the same goods scanned again are back. */
	async scanned(text) {
		let found;
		try {
			found = await sales_wh_flow.ask("picking.put_away.api.which_put_away", {
				scan: text,
				warehouse: this.warehouse(),
			});
		} catch {
			this.scanner.say("bad", __("Nothing to put back bears the number {0}.", [text]));
			return;
		}
		const [first] = found.tasks;
		if (this.chosen_by === text && found.tasks.includes(this.at)) {
			await this.is_back();
			return;
		}
		this.at = first;
		this.chosen_by = text;
		const task = this.tasks.find((one) => one.task === first);
		this.draw();
		task &&
			this.scanner.say(
				"good",
				__("{0}: {1} of {2}", [task.place || task.warehouse, qty(task.qty), task.item_code])
			);
	}

	act(verb, name) {
		return {
			task: () => {
				this.at = name;
				this.chosen_by = null;
				this.draw();
			},
			back_all: () => this.is_back(),
			back_less: () => this.fewer(),
			used: () => this.send("use_for_order", {}),
		}[verb]?.();
	}

	is_back(values = {}) {
		return this.send("goods_are_back", values);
	}

	fewer() {
		const task = this.tasks.find((one) => one.task === this.at);
		frappe.prompt(
			[
				{
					fieldtype: "Float",
					is_plain: true,
					fieldname: "qty",
					label: __("How Many Are There (in {0})", [__(task.uom)]),
					description: __("Empty: none. Somebody is asked to count."),
				},
				{
					fieldtype: "Data",
					fieldname: "place",
					label: __("Put To"),
					description: __("If it is another place."),
				},
			],
			({ qty: there, place }) => this.is_back({ qty: there || 0, place: place || "" }),
			task.item_code,
			__("Save")
		);
	}

	async send(verb, values) {
		const task = this.tasks.find((one) => one.task === this.at);
		if (!task) {
			return;
		}
		const answer = await this.scanner.send(`picking.put_away.api.${verb}`, { task: task.task, ...values });
		this.chosen_by = null;
		if (answer) {
			this.say(task, answer);
		}
		await this.show();
	}

	say(task, answer) {
		if (answer.state === "Used") {
			this.scanner.say("good", __("{0} is taken for another order.", [task.item_code]));
		} else if (answer.missing) {
			this.scanner.say(
				"warn",
				__("{0} of {1} are missing; a count is asked for.", [qty(answer.missing), task.item_code])
			);
		} else {
			this.scanner.say("good", __("{0} of {1} are back.", [qty(answer.done), task.item_code]));
		}
	}
};
