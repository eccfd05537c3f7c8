// Words, quantities and links as the desk shows them.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	escape(words) {
		return frappe.utils.escape_html(cstr(words));
	},

	/** A quantity without needless zeros, in the user's number format. */
	qty(value) {
		const rounded = flt(value, 6);
		const decimals = (String(rounded).split(".")[1] || "").length;
		return format_number(rounded, null, decimals);
	},

	link(doctype, name, words) {
		return `<a href="${frappe.router.make_url([frappe.router.slug(doctype), name])}">${sales_wh_flow.escape(
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
});
