// Coloured pills; the colours are the server's.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
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
});
