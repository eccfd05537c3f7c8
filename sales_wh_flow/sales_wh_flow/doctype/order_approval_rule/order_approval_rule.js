// A rule's form: what the rule says in one sentence (the server writes it with every save), and whether it counts.
frappe.ui.form.on("Order Approval Rule", {
	setup(frm) {
		frm.set_query("approver_role", () => ({ filters: { disabled: 0, desk_access: 1 } }));
	},

	onload(frm) {
		// Frappe fills new documents with the user's defaults; an empty scope means every order.
		if (frm.is_new() && !frm.doc.title) {
			frm.set_value({ company: "", customer_group: "" });
		}
	},

	refresh(frm) {
		frm.set_intro("");
		if (!frm.is_new() && frm.doc.explanation) {
			frm.set_intro(frappe.utils.escape_html(frm.doc.explanation), frm.doc.enabled ? "blue" : "orange");
		}
		if (!(frappe.boot.swf && frappe.boot.swf.approval)) {
			const link = `<a href="/app/sales-flow-settings">${__("Sales Flow Settings")}</a>`;
			frm.set_intro(__("Approval is switched off in {0}: no order is held by this rule.", [link]), "orange");
		}
	},
});
