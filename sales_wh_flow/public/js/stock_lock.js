// "Who has it?", and what a person does with locks: extend, give, look and mend. Used by forms and reports; running
// the file again must do no harm.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** Whether the user may end, give and plan; the server decides again. */
	may_manage() {
		return ["Stock Manager", "System Manager"].some((role) => frappe.user.has_role(role));
	},

	/** Opens the answer for an item and a warehouse; what is missing is filled with where most is locked. */
	async who_has_it({ item_code, warehouse, sales_order }) {
		const lock = sales_wh_flow.stock_lock;
		sales_wh_flow.add_styles();
		if (!item_code || !warehouse) {
			const places = await sales_wh_flow.ask("stock_places", { item_code, warehouse });
			if (!places.length) {
				frappe.msgprint({
					title: __("Who Has It?"),
					message: __("Nothing is in stock here, nothing is locked, and nobody asks for it."),
				});
				return;
			}
			item_code = item_code || places[0].item_code;
			warehouse = warehouse || places[0].warehouse;
		}
		const dialog = new frappe.ui.Dialog({
			title: __("Who Has It?"),
			size: "large",
			fields: [
				{ fieldtype: "Link", fieldname: "item_code", label: __("Item"), options: "Item", default: item_code },
				{ fieldtype: "Column Break" },
				{
					fieldtype: "Link",
					fieldname: "warehouse",
					label: __("Warehouse"),
					options: "Warehouse",
					default: warehouse,
					get_query: () => ({ filters: { is_group: 0 } }),
				},
				{ fieldtype: "Section Break" },
				{ fieldtype: "HTML", fieldname: "answer" },
			],
		});
		const show = async () => {
			const asked = dialog.get_values(true);
			if (!asked || !asked.item_code || !asked.warehouse) {
				return;
			}
			const { item_code: item, warehouse: place } = asked;
			const said = await sales_wh_flow.ask("who_has_it", { item_code: item, warehouse: place, sales_order });
			dialog.get_field("answer").$wrapper.html(lock.answer(said));
		};
		dialog.$wrapper.addClass("swf-who-dialog");
		dialog.$wrapper.on("click", ".swf-act", ({ currentTarget }) => lock.change(currentTarget.dataset, show));
		dialog.show();
		["item_code", "warehouse"].forEach((name) => {
			dialog.get_field(name).df.onchange = show;
		});
		await show();
	},

	/** The answer as HTML: sentences, then who holds, who waits, what comes, and all of it by day. */
	answer(said) {
		const { escape, qty } = sales_wh_flow;
		const lock = sales_wh_flow.stock_lock;
		const date = (day) => (day ? frappe.datetime.str_to_user(String(day).slice(0, 10)) : "");
		const order = (name, words) => sales_wh_flow.link("Sales Order", name, words);
		const part = (label, head, rows) =>
			rows.length
				? `<div class="swf-part"><div class="swf-caption">${label}</div><div class="swf-scroll">
					<table class="swf-lines swf-who"><thead><tr>${head
						.map((words) => `<th>${words}</th>`)
						.join("")}</tr></thead><tbody>${rows
						.map((cells) => `<tr>${cells.map((cell, at) => lock.cell(head[at], cell)).join("")}</tr>`)
						.join("")}</tbody></table></div></div>`
				: "";
		const locks = said.locks.map((it) => [
			`${order(it.sales_order)}<div class="swf-muted">${escape(it.customer_name)}</div>${lock.part_of(it.bundle)}`,
			`${qty(it.qty)} ${lock.change_button(it)}`,
			`${date(it.since)} <span class="swf-muted">${__("{0} days", [it.age_days])}</span>`,
			it.ends_on ? `${date(it.ends_on)} <span class="swf-muted">${escape(it.why)}</span>` : __("no end"),
			date(it.due),
		]);
		const waiting = said.waiting.map((it) => [
			it.turn,
			`${order(it.sales_order)}${lock.part_of(it.bundle)}`,
			`${qty(it.qty)} <span class="swf-muted">${escape(__(it.serving_class))}</span>`,
			date(it.due),
			it.expected ? date(it.expected) : __("not yet known"),
		]);
		const coming = said.incoming.map((it) => [
			sales_wh_flow.link(it.document_type, it.document),
			qty(it.qty),
			date(it.due),
		]);
		const hidden = [
			said.others.locked ? __("{0} locked for orders you may not read.", [qty(said.others.locked)]) : "",
			said.others.waiting ? __("Orders you may not read wait for {0}.", [qty(said.others.waiting)]) : "",
			said.more ? __("{0} more rows are in the reports Stock Locks and Waiting Demand.", [said.more]) : "",
		].filter(Boolean);
		return `<div class="swf-who-words">${said.words.map((words) => `<div>${escape(words)}</div>`).join("")}
				${hidden.map((words) => `<div class="swf-muted">${words}</div>`).join("")}</div>
			${lock.bar(said)}
			${part(__("Locked For"), [__("Order"), __("Locked"), __("Since"), __("Until"), __("Due")], locks)}
			${part(__("Waiting"), [__("Turn"), __("Order"), __("For"), __("Promised"), __("Expected")], waiting)}
			${part(__("On Its Way"), [__("Document"), __("Quantity"), __("Due")], coming)}
			${lock.timeline(said.timeline, date)}`;
	},

	part_of(bundle) {
		return bundle ? `<div class="swf-muted">${__("as a part of {0}", [sales_wh_flow.escape(bundle)])}</div>` : "";
	},

	/** The button that opens what can be done with a lock, for whom something can. */
	change_button({ sales_order, row }) {
		const lock = sales_wh_flow.stock_lock;
		const may_move = frappe.model.can_write("Sales Order") && frappe.model.can_submit("Sales Order");
		if (!row || !(lock.may_manage() || may_move)) {
			return "";
		}
		const { escape } = sales_wh_flow;
		return `<button class="btn btn-xs btn-default swf-act" data-sales-order="${escape(sales_order)}"
			data-row="${escape(row)}" title="${__("Give, move or release this lock")}">${__("Change")}</button>`;
	},

	/** What a person may do with the lock of an order line, and why: give it away, move it, or end it. */
	async change({ salesOrder: sales_order, row }, after) {
		const lock = sales_wh_flow.stock_lock;
		const { qty, escape } = sales_wh_flow;
		const may = await sales_wh_flow.ask("lock_actions", { sales_order, row });
		const actions = [
			may.receivers.length && { value: "give", label: __("Give to Another Order") },
			may.choices.length && { value: "move", label: __("Move to Another Warehouse") },
			may.may_release && { value: "release", label: __("Release: the line asks for nothing any more") },
		].filter(Boolean);
		if (!actions.length) {
			frappe.msgprint(__("No order waits for this stock, and no other warehouse has any."), __("Change Lock"));
			return;
		}
		const is = (action) => `eval:doc.action === "${action}"`;
		const dialog = new frappe.ui.Dialog({
			title: __("Change Lock"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__("{0}, row {1}: {2} {3} of {4} locked in {5} and not picked.", [
						sales_wh_flow.link("Sales Order", sales_order),
						may.idx,
						qty(may.held),
						escape(__(may.uom)),
						`<b>${escape(may.item_code)}</b>`,
						escape(may.warehouse),
					])}</p>`,
				},
				{
					fieldtype: "Select",
					fieldname: "action",
					label: __("What to Do"),
					options: actions,
					default: actions[0].value,
					reqd: 1,
				},
				{
					fieldtype: "Select",
					fieldname: "to_order",
					label: __("To Order"),
					depends_on: is("give"),
					mandatory_depends_on: is("give"),
					options: lock.receiver_options(may.receivers),
					default: (may.receivers[0] || {}).sales_order,
				},
				{
					fieldtype: "Select",
					fieldname: "warehouse",
					label: __("To Warehouse"),
					depends_on: is("move"),
					mandatory_depends_on: is("move"),
					options: may.choices.map((it) => ({
						value: it.warehouse,
						label: __("{0}: {1} free", [escape(it.warehouse), qty(it.free)]),
					})),
					default: (may.choices[0] || {}).warehouse,
				},
				{
					fieldtype: "Float",
					fieldname: "qty",
					label: __("Quantity ({0})", [escape(__(may.uom))]),
					depends_on: `eval:doc.action !== "release"`,
					default: may.held,
				},
				{
					fieldtype: "Small Text",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("It is kept with the lock's events, where the orders' sellers read it."),
				},
			],
			primary_action_label: __("Change"),
			async primary_action(values) {
				dialog.disable_primary_action();
				try {
					await lock.carry_out({ ...values, sales_order, row });
					dialog.hide();
					after && after();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	},

	async carry_out({ action, sales_order, row, to_order, warehouse, qty, reason }) {
		const { tell, link } = sales_wh_flow;
		const number = sales_wh_flow.qty;
		const order = link("Sales Order", sales_order);
		let message;
		if (action === "give") {
			const given = await tell("give_locks", { sales_order, to_order, reason, rows: { [row]: qty } });
			message = __("{0} given to {1}.", [number(given), link("Sales Order", to_order)]);
		} else if (action === "move") {
			await tell("move_lock", { sales_order, row, warehouse, qty, reason });
			message = __("{0} of {1} moved to {2}.", [number(qty), order, sales_wh_flow.escape(warehouse)]);
		} else {
			const freed = await tell("release_locks", { sales_order, reason, rows: [row] });
			message = __("{0} of {1} released.", [number(freed), order]);
		}
		frappe.show_alert({ message, indicator: "orange" }, 7);
	},

	/** A cell that says on a phone, where the table has no head, what it shows. */
	cell(label, words) {
		return `<td data-label="${label}"><span class="swf-who-label">${label}</span>${words}</td>`;
	},

	/** On hand as one bar: locked, free, and beside it what is waited for. */
	bar({ on_hand, locked, free, waiting_for }) {
		const { qty } = sales_wh_flow;
		const all = Math.max(on_hand, locked) + waiting_for;
		if (all <= 0) {
			return "";
		}
		const piece = (amount, css, label) =>
			amount > 0
				? `<span class="swf-stock-piece ${css}" style="flex-grow: ${amount / all}" title="${label}">
					${label} ${qty(amount)}</span>`
				: "";
		return `<div class="swf-stock-bar">${piece(locked, "is-locked", __("Locked"))}${piece(free, "is-free", __("Free"))}
			${piece(waiting_for, "is-waiting", __("Waiting"))}</div>`;
	},

	timeline(moments, date) {
		const { qty, link, escape } = sales_wh_flow;
		if (!moments.length) {
			return "";
		}
		const kinds = {
			locked: [__("locked for"), "blue"],
			ends: [__("given back by"), "orange"],
			"comes in": [__("comes in with"), "green"],
			expected: [__("expected for"), "yellow"],
		};
		const today = frappe.datetime.get_today();
		const rows = moments.map(({ on, kind, qty: amount, document_type, document }) => {
			const [words, colour] = kinds[kind];
			const is_past = String(on) <= today ? "" : "is-coming";
			return `<li class="${is_past}"><span class="indicator ${colour}"></span>
				<span class="swf-when">${escape(date(on))}</span> ${qty(amount)} ${words}
				${link(document_type, document)}</li>`;
		});
		return `<div class="swf-part"><div class="swf-caption">${__("By Day")}</div>
			<ul class="swf-timeline">${rows.join("")}</ul></div>`;
	},

	/** What the order's form offers: who has it, extend, give. Draws a note on when its locks end. */
	async on_order(frm, block, lines) {
		const lock = sales_wh_flow.stock_lock;
		if (!sales_wh_flow.is_on("stock_lock") || frm.doc.docstatus !== 1) {
			return;
		}
		const rows = block.find(".swf-lines tbody tr");
		lines.forEach((line, at) => {
			const ask = { item_code: line.item_code, warehouse: line.warehouse, sales_order: frm.doc.name };
			const button = $(`<button class="btn btn-xs btn-link swf-who-button"></button>`).text(__("Who has it?"));
			button.on("click", () => lock.who_has_it(ask)).appendTo(rows.eq(at).find(".swf-state"));
		});
		if (!lines.some((line) => line.locked > 0)) {
			return;
		}
		const name = frm.doc.name;
		const { ending, receivers } = await sales_wh_flow.ask("lock_life", { sales_order: name });
		if (frm.doc.name !== name || !block.closest("body").length) {
			return;
		}
		if (ending) {
			const words = __("Its stock is given back on {0}, because {1} (Stock Lock Policy {2}).", [
				frappe.datetime.str_to_user(ending.ends_on),
				sales_wh_flow.escape(ending.why),
				sales_wh_flow.escape(ending.policy),
			]);
			const note = $(`<div class="swf-muted swf-ending">${words} </div>`).insertAfter(block.find(".swf-headline"));
			if (ending.may_be_extended_until && frm.perm[0] && frm.perm[0].write) {
				$(`<button class="btn btn-xs btn-default"></button>`)
					.text(__("Extend"))
					.on("click", () => lock.extend(frm, ending))
					.appendTo(note);
			}
		}
		if (receivers.length && lock.may_manage()) {
			frm.add_custom_button(__("Give to Another Order"), () => lock.give(frm, receivers), __("Stock Reservation"));
		}
	},

	extend(frm, { ends_on, may_be_extended_until: latest }) {
		frappe.prompt(
			[
				{
					fieldtype: "Datetime",
					fieldname: "until",
					label: __("Keep Until"),
					reqd: 1,
					default: latest,
					description: __("After {0}, and {1} at the latest. An order is extended once.", [
						frappe.datetime.str_to_user(ends_on),
						frappe.datetime.str_to_user(latest),
					]),
				},
				{ fieldtype: "Small Text", fieldname: "reason", label: __("Why"), reqd: 1 },
			],
			async ({ until, reason }) => {
				await sales_wh_flow.tell("extend_locks", { sales_order: frm.doc.name, until, reason });
				await frm.reload_doc();
				frappe.show_alert({ message: __("The stock stays locked longer."), indicator: "green" });
			},
			__("Extend the Lock"),
			__("Extend")
		);
	},

	/** The orders that wait for a lock's stock, for a select field. */
	receiver_options(receivers) {
		const { escape } = sales_wh_flow; // Frappe draws an option as HTML
		return receivers.map(({ sales_order, customer, qty }) => ({
			value: sales_order,
			label: __("{0} waits for {2}: {1}", [escape(sales_order), escape(customer), sales_wh_flow.qty(qty)]),
		}));
	},

	give(frm, receivers) {
		const options = sales_wh_flow.stock_lock.receiver_options(receivers);
		frappe.prompt(
			[
				{
					fieldtype: "Select",
					fieldname: "to_order",
					label: __("To"),
					options,
					default: options[0].value,
					reqd: 1,
					description: __("It gets what it waits for here. What is picked, or about to be delivered, stays."),
				},
				{
					fieldtype: "Small Text",
					fieldname: "reason",
					label: __("Why"),
					reqd: 1,
					description: __("Both sellers are told; the reason is kept with the lock's events."),
				},
			],
			async ({ to_order, reason }) => {
				const given = await sales_wh_flow.tell("give_locks", { sales_order: frm.doc.name, to_order, reason });
				await frm.reload_doc();
				const order = sales_wh_flow.link("Sales Order", to_order);
				frappe.show_alert(
					{ message: __("{0} given to {1}.", [sales_wh_flow.qty(given), order]), indicator: "orange" },
					7
				);
			},
			__("Give Stock to Another Order"),
			__("Give")
		);
	},

	/** The plan of serving: who gets what and who gives; applied as it was shown, or not at all. */
	async plan_serving(after) {
		const lock = sales_wh_flow.stock_lock;
		sales_wh_flow.add_styles();
		const plan = await sales_wh_flow.ask("plan_serving", {});
		const dialog = new frappe.ui.Dialog({
			title: __("Serve Waiting Orders"),
			size: "extra-large",
			fields: [{ fieldtype: "HTML", options: lock.plan(plan) }],
			primary_action_label: plan.lines ? __("Apply") : __("Close"),
			async primary_action() {
				if (!plan.lines) {
					dialog.hide();
					return;
				}
				dialog.disable_primary_action();
				try {
					const done = await sales_wh_flow.tell("apply_serving", { digest: plan.digest }, __("Locking..."));
					dialog.hide();
					const message = __("{0} locked for {1} orders.", [sales_wh_flow.qty(done.qty), done.orders]);
					frappe.show_alert({ message, indicator: "green" }, 7);
					after && after();
				} finally {
					dialog.enable_primary_action();
				}
			},
		});
		dialog.show();
	},

	plan({ orders, lines, qty: total, short, rows, losers, others, more }) {
		const { escape, qty, link, pill } = sales_wh_flow;
		const lock = sales_wh_flow.stock_lock;
		if (!lines) {
			return `<p>${__("Nothing that is free now is waited for. Nobody would get anything.")}</p>`;
		}
		const colours = { Must: "red", Keep: "blue", Share: "yellow", "Give Up": "gray" };
		const cell = (words, css = "", label = "") => `<td class="${css}" data-label="${label}">${words}</td>`;
		const body = rows.map(
			(row) =>
				`<tr class="${row.gets ? "" : "swf-muted"}">${cell(link("Sales Order", row.sales_order))}
				${cell(escape(row.customer), "swf-item")}${cell(pill(__(row.serving_class), colours[row.serving_class]))}
				${cell(`${escape(row.item_code)}${lock.part_of(row.bundle)}`, "swf-item")}
				${cell(escape(row.warehouse), "swf-warehouse")}
				${cell(row.due ? frappe.datetime.str_to_user(row.due) : "")}
				${cell(qty(row.waits_for), "swf-number", __("Waits For"))}
				${cell(`<b>${qty(row.gets)}</b>`, "swf-number", __("Gets"))}
				${cell(row.left ? qty(row.left) : "", "swf-number", __("Still Waits"))}</tr>`
		);
		const head = [__("Order"), __("Customer"), __("Class"), __("Item"), __("Warehouse"), __("Promised")]
			.map((words) => `<th>${words}</th>`)
			.concat(
				[__("Waits For"), __("Gets"), __("Still Waits")].map((words) => `<th class="swf-number">${words}</th>`)
			);
		const given = losers.map(
			(it) =>
				`<li>${__("{0} ({1}) gives {2} of {3} in {4} to {5}", [
					link("Sales Order", it.sales_order),
					escape(it.customer),
					qty(it.loses),
					escape(it.item_code),
					escape(it.warehouse),
					it.for_order ? link("Sales Order", it.for_order) : __("an order you may not read"),
				])}</li>`
		);
		const hidden = [
			others ? __("{0} lines belong to orders you may not read.", [others]) : "",
			more ? __("{0} more lines are not shown; they are served as well.", [more]) : "",
		].filter(Boolean);
		return `<div class="swf-who-words"><div>${__("{0} line(s) of {1} order(s) get {2}; {3} stays waiting.", [
			lines,
			orders,
			qty(total),
			qty(short),
		])}</div>${hidden.map((words) => `<div class="swf-muted">${words}</div>`).join("")}</div>
			${
				given.length
					? `<div class="swf-part"><div class="swf-caption">${__("Taken from Others")}</div>
						<ul>${given.join("")}</ul></div>`
					: ""
			}
			<div class="swf-part"><div class="swf-scroll"><table class="swf-lines">
			<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div></div>`;
	},

	/** Looks whether the locks are right; offers to mend what a computer can mend. */
	async check() {
		const findings = await sales_wh_flow.call("check_locks", {}, "GET", {
			freeze: true,
			freeze_message: __("Checking the stock locks..."),
		});
		const list = (rows) => `<ul>${rows.map((words) => `<li>${sales_wh_flow.escape(words)}</li>`).join("")}</ul>`;
		if (!findings.length) {
			frappe.msgprint({
				title: __("Stock Locks"),
				indicator: "green",
				message: __("Everything agrees: Bins, order lines, reservations and events."),
			});
			return;
		}
		const texts = findings.slice(0, 100).map((finding) => finding.text);
		const dialog = new frappe.ui.Dialog({
			title: __("Stock Locks"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${
						findings.length === 1
							? __("One figure does not agree:")
							: __("{0} figures do not agree:", [findings.length])
					}</p>${list(texts)}`,
				},
			],
			primary_action_label: __("Mend"),
			async primary_action() {
				dialog.hide();
				const { mended, left } = await sales_wh_flow.tell("mend_locks", {}, __("Mending..."));
				const parts = [
					mended.length ? `<p>${__("Mended:")}</p>${list(mended)}` : `<p>${__("Nothing could be mended.")}</p>`,
					left.length
						? `<p>${__("Still wrong; a person has to look:")}</p>${list(left.map((it) => it.text))}`
						: `<p>${__("Now everything agrees.")}</p>`,
				];
				frappe.msgprint({
					title: __("Stock Locks"),
					indicator: left.length ? "orange" : "green",
					message: parts.join(""),
				});
			},
		});
		dialog.show();
	},
});
