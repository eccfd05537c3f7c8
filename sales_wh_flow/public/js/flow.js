// What the flow's forms share. Frappe joins this file into the script of every form that needs it, so running it again
// must do no harm.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Whether a capability is switched on, as the server said when the desk was loaded. */
	is_on(capability) {
		return Boolean(frappe.boot.swf && frappe.boot.swf[capability]);
	},

	any_on() {
		return ["approval", "stock_lock", "routing", "fulfilment"].some(sales_wh_flow.is_on);
	},

	/** Calls sales_wh_flow.api.<method>. Resolves to its answer; a refusal is shown by Frappe and rejects. */
	ask(method, args) {
		return sales_wh_flow.call(method, args, "GET");
	},

	/** Like ask, for calls that write: the page is frozen until the answer is there. */
	tell(method, args, freeze_message) {
		return sales_wh_flow.call(method, args, "POST", { freeze: true, freeze_message });
	},

	call(method, args, type, options = {}) {
		return frappe
			.call({ method: `sales_wh_flow.api.${method}`, args, type, ...options })
			.then((answer) => answer.message);
	},

	colour_of(status) {
		return ((frappe.boot.swf && frappe.boot.swf.colours) || {})[status] || "gray";
	},

	/** A coloured pill. The words are escaped here. */
	pill(words, colour, extra = "") {
		return `<span class="indicator-pill whitespace-nowrap ${colour} ${extra}"><span>${sales_wh_flow.escape(
			words
		)}</span></span>`;
	},

	status_pill(status) {
		return sales_wh_flow.pill(__(status), sales_wh_flow.colour_of(status), "no-indicator-dot swf-flow-status");
	},

	escape(words) {
		return frappe.utils.escape_html(cstr(words));
	},

	/** A report's cell, drawn by Frappe, which takes text for HTML; a link of a kind the user may read it escapes. */
	cell(default_formatter, value, row, column, data) {
		const is_escaped = column.fieldtype === "Link" && frappe.model.can_read(column.options) && !/^'/.test(value);
		const words = typeof value === "string" && !is_escaped ? sales_wh_flow.escape(value) : value;
		return default_formatter(words, row, column, data);
	},

	/** A quantity without needless zeros, in the user's number format. */
	qty(value) {
		const rounded = flt(value, 6);
		const decimals = (String(rounded).split(".")[1] || "").length;
		return format_number(rounded, null, decimals);
	},

	link(doctype, name, words) {
		return `<a href="/app/${frappe.router.slug(doctype)}/${encodeURIComponent(name)}">${sales_wh_flow.escape(
			words || name
		)}</a>`;
	},

	/** A link to the parcel's page that opens beside the desk; only web addresses become links. */
	tracking_link(address, number) {
		if (!/^https?:\/\//i.test(address || "")) {
			return sales_wh_flow.escape(number);
		}
		return `<a href="${sales_wh_flow.escape(address)}" target="_blank" rel="noopener noreferrer">${__("Track {0}", [
			sales_wh_flow.escape(number),
		])}</a>`;
	},

	/** A block above the form's tabs, emptied. It is there only while it has something to show. */
	block_of(frm, css_class, is_shown = true) {
		frm.layout.wrapper.children(`.${css_class}`).remove();
		const block = $(`<div class="swf-block ${css_class}"></div>`);
		if (is_shown) {
			sales_wh_flow.add_styles();
			block.insertAfter(frm.layout.message);
		}
		return block;
	},

	/**
	 * The form's main actions, [{label, run, colour}]: in its head, and on a phone, where the head hides them in a
	 * menu, above its fields.
	 */
	show_main_actions(frm, actions) {
		const block = sales_wh_flow.block_of(frm, "swf-mains", actions.length);
		actions.forEach(({ label, run, colour = "primary" }) => {
			frm.add_custom_button(label, run);
			frm.change_custom_button_type(label, null, colour);
			$(`<button class="btn btn-sm btn-${colour}"></button>`).text(label).on("click", run).appendTo(block);
		});
	},

	/** What everyone who handles the order's goods must know: special instructions and courier. */
	show_instructions(frm) {
		const { swf_special_instructions: text, swf_courier: courier, swf_courier_service: service } = frm.doc;
		const block = sales_wh_flow.block_of(frm, "swf-instructions", sales_wh_flow.any_on() && (text || courier));
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

	add_styles() {
		if (document.getElementById("swf-styles")) {
			return;
		}
		$(`<style id="swf-styles">${sales_wh_flow.styles}</style>`).appendTo("head");
	},
});
