// The life of locks on a Sales Order's form.
frappe.provide("sales_wh_flow.stock_lock");

Object.assign(sales_wh_flow.stock_lock, {
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
		const today = sales_wh_flow.today();
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
	on_order(frm, block, lines, life) {
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
		if (!life || !lines.some((line) => line.locked > 0)) {
			return;
		}
		const { ending, receivers } = life;
		if (ending) {
			const words = __("Its stock is given back on {0}, because {1} (Stock Lock Policy {2}).", [
				frappe.datetime.str_to_user(ending.ends_on),
				sales_wh_flow.escape(ending.why),
				sales_wh_flow.escape(ending.policy),
			]);
			// Expected or promised after that day, the goods would not be there any more.
			const due = lines.filter((line) => line.locked > 0).map((line) => line.promised_on || "");
			const is_early = due.some((day) => day > String(ending.ends_on).slice(0, 10));
			const warning = is_early ? `<b>${__("That is before they are promised.")}</b>` : "";
			const note = $(
				`<div class="${is_early ? "swf-warned" : "swf-muted"} swf-ending">${words} ${warning} </div>`
			).insertAfter(block.find(".swf-headline"));
			if (ending.may_be_extended_until && frm.perm[0] && frm.perm[0].write) {
				$(`<button class="btn btn-xs btn-default"></button>`)
					.text(__("Extend"))
					.on("click", () => lock.extend(frm, ending))
					.appendTo(note);
			}
		}
		if (receivers.length && lock.may_manage()) {
			frm.add_custom_button(
				__("Give to Another Order"),
				() => lock.give(frm, receivers),
				__("Stock Reservation")
			);
		}
	},
});
