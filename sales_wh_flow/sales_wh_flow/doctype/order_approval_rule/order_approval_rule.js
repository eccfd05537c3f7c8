frappe.ui.form.on("Order Approval Rule", {
	onload(frm) {
		// Frappe fills new documents with the user's defaults; an empty scope means every order.
		if (frm.is_new() && !frm.doc.title) {
			frm.set_value({ company: "", customer_group: "" });
		}
	},
});
