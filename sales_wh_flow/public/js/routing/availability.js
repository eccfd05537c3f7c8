// Below the items of a draft: where each line's stock is, while the order is being typed.
frappe.provide("sales_wh_flow.order_stock");

Object.assign(sales_wh_flow.order_stock, {
	/** Looks again shortly after the last keystroke. */
	look: frappe.utils.debounce((frm) => sales_wh_flow.order_stock.show(frm), 400),

	async show(frm) {
		const stock = sales_wh_flow.order_stock;
		const rows = (frm.doc.items || []).filter((row) => row.item_code);
		if (!sales_wh_flow.is_on("routing") || frm.doc.docstatus !== 0 || !frm.doc.company || !rows.length) {
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
		if (!lines.length) {
			return;
		}
		$(`<div class="swf-block swf-stock"><div class="swf-caption">${__("Stock for These Items")}</div>
			<div class="swf-scroll"><table class="swf-lines"><thead><tr>
				<th>#</th><th>${__("Item")}</th><th>${__("State")}</th>
				<th>${__("Free")}</th><th>${__("On Its Way")}</th>
			</tr></thead><tbody>${lines.map(stock.line).join("")}</tbody></table></div></div>`).appendTo(
			frm.fields_dict.items.$wrapper
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
			<td class="swf-state">${sales_wh_flow.order_stock.pill(told)}</td>
			<td class="swf-places ${free.length ? "" : "is-zero"}">${free.join("") || "–"}</td>
			<td class="swf-places ${coming.length ? "" : "is-zero"}">${coming.join("") || "–"}</td>
		</tr>`;
	},

	/** One word and one colour for where a line's stock is. */
	pill({ state, here, day, short, uom }) {
		const { pill, qty } = sales_wh_flow;
		const texts = {
			here: () => pill(__("Enough here"), "green"),
			elsewhere: () =>
				pill(here > 0 ? __("{0} here, the rest elsewhere", [qty(here)]) : __("Enough elsewhere"), "blue"),
			"on its way": () => pill(__("Enough from {0}", [frappe.datetime.str_to_user(day)]), "orange"),
			short: () => pill(__("Short by {0} {1}", [qty(short), __(uom)]), "red"),
		};
		return texts[state]();
	},
});

sales_wh_flow.on_form("Sales Order", {
	refresh: (frm) => sales_wh_flow.order_stock.look(frm),
	company: (frm) => sales_wh_flow.order_stock.look(frm),
});

sales_wh_flow.on_form("Sales Order Item", {
	item_code: (frm) => sales_wh_flow.order_stock.look(frm),
	qty: (frm) => sales_wh_flow.order_stock.look(frm),
	uom: (frm) => sales_wh_flow.order_stock.look(frm),
	warehouse: (frm) => sales_wh_flow.order_stock.look(frm),
	items_remove: (frm) => sales_wh_flow.order_stock.look(frm),
});
