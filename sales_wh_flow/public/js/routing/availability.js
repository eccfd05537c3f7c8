// Below the items of a draft order or Quotation: where each line's stock is, while the order is being typed.
frappe.provide("sales_wh_flow.order_stock");

Object.assign(sales_wh_flow.order_stock, {
	/** Looks again shortly after the last keystroke. */
	look: frappe.utils.debounce((frm) => sales_wh_flow.order_stock.show(frm), 400),

	async show(frm) {
		const stock = sales_wh_flow.order_stock;
		const rows = (frm.doc.items || []).filter((row) => row.item_code);
		const may_look = ["Sales Order", "Item"].every((doctype) => frappe.model.can_read(doctype));
		if (
			!sales_wh_flow.is_on("routing") ||
			!may_look ||
			frm.doc.docstatus !== 0 ||
			!frm.doc.company ||
			!rows.length
		) {
			stock.block(frm).remove();
			return;
		}
		const asked = rows.map((row) => ({
			item_code: row.item_code,
			warehouse: row.warehouse || "",
			qty: flt(row.stock_qty) || flt(row.qty) * (flt(row.conversion_factor) || 1),
		}));
		const turn = (frm.swf_stock_turn = (frm.swf_stock_turn || 0) + 1);
		const found = await sales_wh_flow.ask("routing.api.availability", {
			company: frm.doc.company,
			rows: JSON.stringify(asked),
		});
		if (turn === frm.swf_stock_turn) {
			stock.draw(frm, rows, found);
		}
	},

	block(frm) {
		return frm.fields_dict.items.$wrapper.children(".swf-stock");
	},

	draw(frm, rows, found) {
		const stock = sales_wh_flow.order_stock;
		const lines = rows.map((row, at) => ({ row, told: found[at] })).filter(({ told }) => told);
		stock.block(frm).remove();
		const asked = ({ item_code, warehouse }) =>
			sales_wh_flow.is_on("stock_lock") && warehouse ? { item_code, warehouse } : null;
		const states = lines.map(({ row, told }) => [row.name, [...stock.state(told), asked(row)]]);
		sales_wh_flow.order_grid.show_states(frm, Object.fromEntries(states));
		if (!lines.length) {
			return;
		}
		$(`<div class="swf-block swf-stock"><div class="swf-caption">${__("Stock for These Items")}</div>
			<div class="swf-scroll is-whole"><table class="swf-lines"><thead><tr>
				<th>#</th><th>${__("Item")}</th><th class="swf-number">${__("Needed")}</th><th>${__("State")}</th>
				<th>${__("Free")}</th><th>${__("On Its Way")}</th>
			</tr></thead><tbody>${lines.map(stock.line).join("")}</tbody></table></div></div>`).appendTo(
			frm.fields_dict.items.$wrapper
		);
		sales_wh_flow.order_stock.promise(frm);
	},

	/** Of a saved Quotation: from where and by when its goods would be sent if it were ordered today. */
	async promise(frm) {
		if (frm.doctype !== "Quotation" || frm.is_new() || frm.is_dirty()) {
			return;
		}
		const { escape, qty } = sales_wh_flow;
		const name = frm.doc.name;
		const rows = await sales_wh_flow.ask("order_board.api.quotation_preview", { quotation: name });
		if (frm.doc.name !== name || !rows.length) {
			return;
		}
		const words = rows.map(
			({ idx, item_code, qty: amount, uom, warehouse, promised_on, source }) => `<li>#${idx} ${qty(amount)}
				${escape(__(uom))} <b>${escape(item_code)}</b> ${__("from {0}", [escape(warehouse || __("nowhere yet"))])}${
					promised_on ? `, ${__("with the customer on {0}", [frappe.datetime.str_to_user(promised_on)])}` : ""
				} <span class="swf-muted">${escape(source)}</span></li>`
		);
		sales_wh_flow.order_stock.block(frm).append(
			`<div class="swf-part"><div class="swf-caption">${__("If It Is Ordered Today")}</div>
				<ul class="swf-list">${words.join("")}</ul></div>`
		);
	},

	line({ row, told }) {
		const { escape, qty } = sales_wh_flow;
		const free = told.places.map(
			({ warehouse, qty: there }) =>
				`<div>${warehouse === row.warehouse ? `<b>${escape(warehouse)}</b>` : escape(warehouse)}: ${qty(there)}</div>`
		);
		const coming = told.coming.map(
			({ warehouse, qty: due_qty, due, document }) =>
				`<div>${qty(due_qty)} ${frappe.datetime.str_to_user(due)}
				<span class="swf-muted">${escape(document)}, ${escape(warehouse)}</span></div>`
		);
		return `<tr>
			<td class="swf-idx">${row.idx}</td>
			<td class="swf-item"><b>${escape(row.item_code)}</b></td>
			<td class="swf-number" data-label="${__("Needed")}">${sales_wh_flow.in_units({
				ordered: told.needed,
				uom: told.uom,
				order_qty: row.qty,
				order_uom: row.uom,
			})}</td>
			<td class="swf-state">${sales_wh_flow.order_stock.pill(told)}</td>
			<td class="swf-places ${free.length ? "" : "is-zero"}">${free.join("") || "–"}</td>
			<td class="swf-places ${coming.length ? "" : "is-zero"}">${coming.join("") || "–"}</td>
		</tr>`;
	},

	/** One word and one colour for where a line's stock is. What is missing is missing in the line's own
	 * warehouse, here as in What If and What Is Missing; how much of it is nowhere stands beside it.
	 */
	state({ state, here, day, missing }) {
		const { qty } = sales_wh_flow;
		const texts = {
			here: () => [__("Enough here"), "green"],
			elsewhere: () => [
				here > 0 ? __("{0} here, the rest elsewhere", [qty(here)]) : __("Enough elsewhere"),
				"blue",
			],
			"on its way": () => [__("Enough from {0}", [frappe.datetime.str_to_user(day)]), "orange"],
			short: () => [__("{0} missing", [qty(missing)]), "red"],
		};
		return texts[state]();
	},

	pill(told) {
		const { pill, qty, order_stock } = sales_wh_flow;
		const rest = told.state === "short" ? flt(told.missing - told.short, 6) : 0;
		const where =
			rest > 0
				? `<div class="swf-muted">${__("{0} elsewhere or on its way, {1} nowhere", [
						qty(rest),
						qty(told.short),
					])}</div>`
				: "";
		return pill(...order_stock.state(told)) + where;
	},
});

["Sales Order", "Quotation"].forEach((doctype) => {
	const look = (frm) => sales_wh_flow.order_stock.look(frm);
	sales_wh_flow.on_form(doctype, { refresh: look, company: look });
	sales_wh_flow.on_form(`${doctype} Item`, {
		item_code: look,
		qty: look,
		uom: look,
		warehouse: look,
		items_remove: look,
	});
});
