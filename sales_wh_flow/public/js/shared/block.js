// Blocks above a form's fields, and its main actions.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/**
	 * A report's cell, drawn by Frappe, which takes text for HTML; a link of a kind the user may read it escapes. Frappe
	 * writes percents as English does, and 76 pieces as 76,000, which a German reads as many more.
	 */
	cell(default_formatter, value, row, column, data) {
		const figure = { Percent: sales_wh_flow.percent, Float: sales_wh_flow.qty }[column.fieldtype];
		if (figure && typeof value === "number") {
			return `<div style="text-align: end">${sales_wh_flow.escape(figure(value))}</div>`;
		}
		const is_escaped = column.fieldtype === "Link" && frappe.model.can_read(column.options) && !/^'/.test(value);
		const words = typeof value === "string" && !is_escaped ? sales_wh_flow.escape(value) : value;
		return default_formatter(words, row, column, data);
	},

	/** A block above the form's tabs, emptied. It is there only while it has something to show. */
	block_of(frm, css_class, is_shown = true) {
		frm.layout.wrapper.children(`.${css_class}`).remove();
		const block = $(`<div class="swf-block ${css_class}"></div>`);
		if (is_shown) {
			block.insertAfter(frm.layout.message);
		}
		return block;
	},

	/** What a phone's menu shows of a form's button. */
	menu_items(frm, label, group) {
		const named = group ? `${group} > ${label}` : label;
		const is_named = (_at, span) => span.textContent.trim() === named;
		return frm.page.menu.find(".menu-item-label").filter(is_named).closest("li");
	},

	/** A button of the form's head, in the place of an earlier one of that name; once in a phone's menu, too. */
	add_button(frm, label, run, group) {
		sales_wh_flow.remove_button(frm, label, group);
		const button = frm.add_custom_button(label, run, group);
		sales_wh_flow.menu_items(frm, label, group).slice(1).remove();
		return button;
	},

	/** Frappe takes a button out of the head and leaves it in the menu that a phone shows instead. */
	remove_button(frm, label, group) {
		frm.page.remove_inner_button(label, group);
		delete frm.custom_buttons[label];
		sales_wh_flow.menu_items(frm, label, group).remove();
	},

	/**
	 * The form's main actions, [{label, run, colour}]: in its head, and on a phone, where the head hides them in a
	 * menu, above its fields.
	 */
	show_main_actions(frm, actions) {
		const block = sales_wh_flow.block_of(frm, "swf-mains", actions.length);
		frm.page.inner_toolbar.toggleClass("swf-has-main", Boolean(actions.length)); // ERPNext's group turns grey
		actions.forEach(({ label, run, colour = "primary" }) => {
			sales_wh_flow.add_button(frm, label, run);
			frm.change_custom_button_type(label, null, colour);
			$(`<button class="btn btn-sm btn-${colour}"></button>`).text(label).on("click", run).appendTo(block);
		});
	},

	/** What everyone who handles the order's goods must know: special instructions and courier. */
	show_instructions(frm) {
		const { swf_special_instructions: text, swf_courier: courier, swf_courier_service: service } = frm.doc;
		const block = sales_wh_flow.block_of(
			frm,
			"swf-instructions",
			sales_wh_flow.any_on() && Boolean(text || courier)
		);
		if (text) {
			block.append(
				`<div><span class="swf-caption">${__("Special Instructions")}</span>
				<div class="swf-text">${sales_wh_flow.escape(text)}</div></div>`
			);
		}
		if (courier) {
			const words = [courier, service].filter(Boolean).join(" · ");
			block.append(
				`<div><span class="swf-caption">${__("Courier")}</span>
				<div class="swf-text">${sales_wh_flow.escape(words)}</div></div>`
			);
		}
	},

	/** With every switch off the app's fields are not shown either. */
	toggle_fields(frm, fieldnames) {
		fieldnames.forEach((fieldname) => frm.toggle_display(fieldname, sales_wh_flow.any_on()));
	},
});
