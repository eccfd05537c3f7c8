// A rule's form: what the rule says in one sentence (the server writes it with every save), and whether it counts.
frappe.ui.form.on("Order Approval Rule", {
	setup(frm) {
		const roles = () => ({ filters: { disabled: 0, desk_access: 1 } });
		frm.set_query("role", "approvers", roles);
		frm.set_query("escalation_role", "levels", roles);
		frm.set_query("user", "approvers", () => ({ filters: { enabled: 1, user_type: "System User" } }));
	},

	onload(frm) {
		// Frappe fills new documents with the user's defaults; an empty scope means every order.
		if (frm.is_new() && !frm.doc.title) {
			["company", "customer", "customer_group", "territory", "item_group", "brand", "warehouse"].forEach((field) =>
				frm.set_value(field, ""),
			);
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

// A row holds what belongs to its kind alone, and a new row is asked together with the one above.
frappe.ui.form.on("Order Approval Rule Approver", {
	approvers_add(frm, doctype, name) {
		const above = (frm.doc.approvers || []).slice(-2)[0];
		if (above && above.name !== name) {
			frappe.model.set_value(doctype, name, "level", above.level);
		}
	},

	kind(frm, doctype, name) {
		const { kind } = frappe.get_doc(doctype, name);
		["role", "user", "relation"]
			.filter((field) => field !== kind.toLowerCase())
			.forEach((field) => frappe.model.set_value(doctype, name, field, ""));
	},
});

frappe.ui.form.on("Order Approval Rule Level", {
	levels_add(frm, doctype, name) {
		const described = (frm.doc.levels || []).filter((row) => row.name !== name).map((row) => row.level);
		const next = (frm.doc.approvers || []).map((row) => row.level).find((level) => !described.includes(level));
		frappe.model.set_value(doctype, name, "level", next || 1);
	},
});
