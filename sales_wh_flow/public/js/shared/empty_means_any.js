// In rules, policies and zones an empty scope means any; Frappe fills new documents and rows with the user's
// defaults, and fills them once more while onload runs. A copy keeps what it was copied with.
(() => {
	const TITLES = {
		"Order Approval Rule": "title",
		"Warehouse Routing Rule": "title",
		"Stock Lock Policy": "title",
		"Serving Policy": "title",
		"Billing Policy": "title",
		"Message Rule": "title",
		"Return Policy": "policy_name",
		"Delivery Zone": "title",
		"Approval Delegation": "to_user",
	};
	const TABLES = {
		"Delivery Zone Area": "areas",
		"Delivery Zone Rate": "rates",
		"Order Approval Rule Approver": "approvers",
		"Order Approval Rule Level": "levels",
		"Return Place": "return_places",
		"Serving Class": "classes",
		"Shortage Policy": "shortage_policies",
	};

	const is_wall = (doctype) => !$.isEmptyObject((frappe.defaults.get_user_permissions() || {})[doctype] || {});
	const leave_open = (doc) =>
		frappe.meta
			.get_docfields(doc.doctype)
			.filter((df) => df.fieldtype === "Link" && !df.reqd && !is_wall(df.options))
			.forEach((df) => {
				doc[df.fieldname] = "";
			});

	Object.entries(TITLES).forEach(([doctype, title]) =>
		frappe.ui.form.on(doctype, {
			before_load(frm) {
				if (frm.is_new() && !frm.doc[title]) {
					[frm.doc, ...frappe.model.get_all_docs(frm.doc).slice(1)].forEach(leave_open);
				}
			},
		})
	);
	Object.entries(TABLES).forEach(([doctype, table]) =>
		frappe.ui.form.on(doctype, {
			[`${table}_add`](frm, cdt, cdn) {
				leave_open(locals[cdt][cdn]);
				frm.refresh_field(table);
			},
		})
	);
})();
