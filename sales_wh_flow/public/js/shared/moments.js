// What our fields for a moment say below them. Frappe adds the reader's time zone to the text before it looks for its
// translation, and finds none.
frappe.provide("sales_wh_flow");

Object.assign(sales_wh_flow, {
	/** Translates the descriptions of our own fields of one form, before they are drawn for the first time. */
	word_moments(frm) {
		const is_own = frm.meta.module === "Sales WH Flow";
		[frappe.meta.docfield_map[frm.doctype], frappe.meta.get_docfield_copy(frm.doctype, frm.docname)]
			.flatMap((fields) => Object.values(fields || {}))
			.filter((field) => field.fieldtype === "Datetime" && (is_own || /^swf_/.test(field.fieldname)))
			.forEach((field) => {
				const [words, ...zone] = (field.description || "").split("<br>");
				field.description = [words && __(words), ...zone].join("<br>");
			});
	},
});

$(document).on("form-load", (_event, frm) => sales_wh_flow.word_moments(frm));
