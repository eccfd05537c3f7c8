// "Who has it?", on forms and in reports.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
	/** Whether the user may end, give and plan; the server decides again. */
	may_manage() {
		return ["Stock Manager", "System Manager"].some((role) => frappe.user.has_role(role));
	},

	/** Opens the answer for an item and a warehouse; what is missing is filled with where most is locked. */
	async who_has_it({ item_code, warehouse, sales_order }) {
		const lock = sales_wh_flow.stock_lock;
		if (!item_code || !warehouse) {
			const places = await sales_wh_flow.ask("stock_lock.serving.api.stock_places", { item_code, warehouse });
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
			const said = await sales_wh_flow.ask("stock_lock.serving.api.who_has_it", {
				item_code: item,
				warehouse: place,
				sales_order,
			});
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
			`${date(it.since)} <span class="swf-muted">${it.age_days === 1 ? __("1 day") : __("{0} days", [it.age_days])}</span>`,
			it.ends_on ? `${date(it.ends_on)} <span class="swf-muted">${escape(it.why)}</span>` : __("no end"),
			date(it.due),
		]);
		const waiting = said.waiting.map((it) => [
			it.turn,
			`${order(it.sales_order)}${lock.part_of(it.bundle)}`,
			`${qty(it.qty)} <span class="swf-muted">${__("Class")}: ${escape(__(it.serving_class))}</span>`,
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
			${part(__("Waiting"), [__("Turn"), __("Order"), __("For"), __("Promised"), __("Stock Expected")], waiting)}
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
});
