// The rows of a Sales Order's form: warehouse and promised day as columns, and each row's state in a dot with words.
frappe.provide("sales_wh_flow.order_grid");

Object.assign(sales_wh_flow.order_grid, {
	/** Columns and their widths, ten in all; amounts alone once the order is submitted, when no rate is typed. */
	columns(frm) {
		if (frm.doc.docstatus === 0) {
			const is_one_day = (frm.doc.items || []).every((row) => row.delivery_date === frm.doc.delivery_date);
			return is_one_day
				? { item_code: 3, qty: 1, rate: 2, amount: 2, warehouse: 2 }
				: { item_code: 3, delivery_date: 2, qty: 1, rate: 2, warehouse: 2 };
		}
		const day = sales_wh_flow.is_on("forecast") ? "swf_line_expected_on" : "delivery_date";
		return { item_code: 3, [day]: 2, qty: 1, amount: 2, warehouse: 2 };
	},

	/** Who has chosen columns keeps them. */
	has_own_columns(frm) {
		const chosen = frappe.get_user_settings(frm.doctype, "GridView")[frm.fields_dict.items.grid.doctype];
		return Boolean(chosen && chosen.length);
	},

	/** The columns of the order at hand; where its rows are drawn, a change draws all of them anew. */
	lay_out(frm, is_drawn) {
		const { grid } = frm.fields_dict.items;
		const ours = sales_wh_flow.order_grid;
		const fields = frappe.meta.get_docfields(grid.doctype, frm.docname);
		const is_laid_out = [ours.show_routing(fields), ours.choose_columns(frm, fields)].every(Boolean);
		const shown = fields.filter((field) => field.in_list_view && !field.hidden);
		const key = shown.map((field) => field.fieldname).join();
		const is_as_drawn = !(grid.visible_columns || []).length || grid.columns_of_flow === key;
		grid.columns_of_flow = key;
		if (is_drawn && !(is_laid_out && is_as_drawn)) {
			grid.reset_grid();
		} else if (!is_as_drawn) {
			// Rows of the order that the form showed before.
			Object.assign(grid, { visible_columns: [], grid_rows: [] });
			$(grid.parent).find(".grid-body .grid-row").remove();
		}
	},

	/** Whether a row's own fields of routing were shown, or hidden, as they should be. */
	show_routing(fields) {
		const hidden = sales_wh_flow.is_on("routing") ? 0 : 1;
		const own = fields.filter(({ fieldname }) => ["swf_keep_warehouse", "swf_route_reason"].includes(fieldname));
		const is_so = own.every((field) => cint(field.hidden) === hidden);
		own.forEach((field) => (field.hidden = hidden));
		return is_so;
	},

	/** Whether the columns were those of the flow; who has chosen columns keeps them. */
	choose_columns(frm, fields) {
		const ours = sales_wh_flow.order_grid;
		const is_used = ["stock_lock", "routing", "forecast"].some(sales_wh_flow.is_on);
		if (!is_used || ours.has_own_columns(frm)) {
			return true;
		}
		const wanted = ours.columns(frm);
		if (fields.every((field) => Boolean(field.in_list_view) === field.fieldname in wanted)) {
			return true;
		}
		fields.forEach((field) => {
			field.in_list_view = field.fieldname in wanted ? 1 : 0;
			if (field.in_list_view) {
				field.columns = wanted[field.fieldname];
				field.hidden = field.fieldname === "swf_line_expected_on" ? 0 : field.hidden;
			}
		});
		return false;
	},

	/** Row's name -> [words, colour, what to ask who has it, if anything], of every order looked at. */
	states: {},
	formatters: {},

	show_states(frm, states) {
		const { grid } = frm.fields_dict.items;
		const ours = sales_wh_flow.order_grid;
		ours.states = { ...ours.states, ...states };
		ours.answer_who_has_it(frm, grid);
		const field = frappe.meta.docfield_map[grid.doctype].item_code;
		if (!ours.formatters[grid.doctype]) {
			const native = field.formatter;
			ours.formatters[grid.doctype] = (value, df, options, doc) => ours.cell(native, value, df, options, doc);
		}
		const formatter = ours.formatters[grid.doctype];
		const rows = (grid.grid_rows || []).filter((row) => row.doc && row.docfields);
		const fields = rows.flatMap((row) => row.docfields).filter((df) => df && df.fieldname === "item_code");
		[field, grid.fields_map.item_code, ...fields].forEach((df) => (df.formatter = formatter));
		rows.forEach((row) => row.refresh_field("item_code"));
	},

	cell(native, value, df, options, doc) {
		const html = native ? native(value, df, options, doc) : value;
		const [words, colour, asked] = (value && doc && sales_wh_flow.order_grid.states[doc.name]) || [];
		if (!words) {
			return html;
		}
		const shown = cstr(html).replace(/(<a class="indicator) [\w-]+"/, `$1 ${colour}"`);
		const said = sales_wh_flow.escape(words);
		// A thumb opens the row, so a phone has no button in it.
		if (!asked || frappe.utils.is_xs()) {
			return `${shown}<div class="swf-line-state">${said}</div>`;
		}
		const row = sales_wh_flow.escape(doc.name);
		const name = `${said}: ${__("Who Has It?")}`;
		return `${shown}<div class="swf-line-state"><button type="button" class="swf-ask-row" data-row="${row}"
			title="${__("Who Has It?")}" aria-label="${name}">${said}</button></div>`;
	},

	/** Before the row takes the click and opens itself. */
	answer_who_has_it(frm, grid) {
		const [body] = grid.wrapper;
		if (body.answers_who) {
			return;
		}
		body.answers_who = true;
		body.addEventListener(
			"click",
			(event) => {
				const button = event.target.closest(".swf-ask-row");
				if (button) {
					event.stopPropagation();
					event.preventDefault();
					const [, , asked] = sales_wh_flow.order_grid.states[button.dataset.row];
					sales_wh_flow.stock_lock.who_has_it(asked);
				}
			},
			true
		);
	},

	/** Of a submitted order's lines; of a bundle's components the first that is not where it should be. */
	states_of(frm, { lines, pick_lists, flow_status }) {
		const picking = pick_lists.filter((list) => list.docstatus === 0).map((list) => list.warehouse);
		const states = {};
		(frm.doc.items || []).forEach((row) => {
			const own = lines.filter((line) => line.idx === row.idx);
			const shown = own.find((line) => line.waiting > 0) || own.find((line) => line.locked > 0) || own[0];
			if (shown) {
				const [words, colour] = sales_wh_flow.order_flow.line_state(shown, picking, flow_status);
				const { item_code, warehouse } = shown;
				const has_holders = sales_wh_flow.is_on("stock_lock") && (shown.locked > 0 || shown.waiting > 0);
				const asked = has_holders && warehouse ? { item_code, warehouse, sales_order: frm.doc.name } : null;
				states[row.name] = [words, colour, asked];
			}
		});
		return states;
	},

	/** With Stock Lock every line is locked, ticked or not: ERPNext's tick would say the contrary. */
	explain_reserve_stock(frm) {
		if (sales_wh_flow.is_on("stock_lock") && frm.fields_dict.reserve_stock) {
			frm.toggle_display("reserve_stock", false);
		}
	},
});
