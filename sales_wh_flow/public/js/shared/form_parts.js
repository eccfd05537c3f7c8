// What capabilities do on forms. They register it when the desk is loaded; the form's own script, which Frappe runs
// after ERPNext's, attaches it.
frappe.provide("sales_wh_flow.form_parts");

Object.assign(sales_wh_flow, {
	on_form(doctype, handlers) {
		const parts = sales_wh_flow.form_parts;
		parts[doctype] = [...(parts[doctype] || []), handlers];
	},

	attach(...doctypes) {
		doctypes.forEach((doctype) =>
			(sales_wh_flow.form_parts[doctype] || []).forEach((handlers) => frappe.ui.form.on(doctype, handlers))
		);
	},
});
