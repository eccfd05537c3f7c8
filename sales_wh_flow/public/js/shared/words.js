// Words, quantities and links as the desk shows them.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	escape(words) {
		return frappe.utils.escape_html(cstr(words));
	},

	/** The company's day, "2026-11-29": what is due is due by the site's clock, wherever its reader sits. */
	today() {
		return frappe.datetime.system_datetime().slice(0, 10);
	},

	/** Whether the reader may open companies, or choose among them. */
	opens_companies() {
		return frappe.model.can_read("Company") || frappe.model.can_select("Company");
	},

	/** The company that a report begins with. None for who opens no company: ERPNext 16 refuses to filter by it. */
	company_to_begin_with() {
		return sales_wh_flow.opens_companies() ? frappe.defaults.get_user_default("Company") : "";
	},

	/** A quantity without needless zeros, in the user's number format. */
	qty(value) {
		const rounded = flt(value, 6);
		const decimals = (String(rounded).split(".")[1] || "").length;
		return format_number(rounded, null, decimals);
	},

	/** What somebody typed as a figure: point and comma are both the decimal sign. NaN for what is none. */
	typed_figure(text) {
		const bare = cstr(text).replace(/\s/g, "");
		const sign = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
		const whole = sign < 0 ? bare : `${bare.slice(0, sign).replace(/[.,]/g, "")}.${bare.slice(sign + 1)}`;
		return bare === "" ? NaN : Number(whole);
	},

	/** A field of a dialog for `typed_figure`: a phone shows the keyboard of figures. Call after it is shown. */
	type_figures(dialog, fieldname) {
		dialog.fields_dict[fieldname].$input.attr("inputmode", "decimal");
	},

	/** What is to be paid at the door; of a box with `collect` and `currency`. Text. */
	to_collect({ collect, currency }) {
		return __("Collect {0} {1}.", [format_number(collect, null, 2), currency]);
	},

	/** Percent with at most one decimal, in the user's number format. */
	percent(value) {
		return `${sales_wh_flow.qty(flt(value, 1))} %`;
	},

	/** Stock units, and beside them what was ordered where that is another unit: "24 Nos (2 Box)". HTML. */
	in_units({ ordered, uom, order_qty, order_uom }) {
		const { escape, qty } = sales_wh_flow;
		const as_ordered =
			order_uom && order_uom !== uom
				? ` <span class="swf-muted">(${qty(order_qty)} ${escape(__(order_uom))})</span>`
				: "";
		return `${qty(ordered)} <span class="swf-muted">${escape(__(uom))}</span>${as_ordered}`;
	},

	/** Of a page, "approvals" or "approvals#7-history": as the app shows it, or on a site made from it. */
	docs_address(page) {
		const site = (frappe.boot.swf && frappe.boot.swf.docs) || "";
		const [name, part] = page.split("#");
		const ending = site.includes("?page=") ? "" : site.includes("/blob/") ? ".md" : ".html";
		return `${site}${name}${ending}${part ? `#${part}` : ""}`;
	},

	/** A link to a page of the documentation, beside the desk; HTML. */
	docs_link(page, words) {
		const address = sales_wh_flow.docs_address(page.replace(".md", ""));
		return `<a href="${sales_wh_flow.escape(address)}" target="_blank" rel="noopener">${sales_wh_flow.escape(words)}</a>`;
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
