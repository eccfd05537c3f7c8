// The switches: what each change means, and what is worth setting up next.
frappe.ui.form.on("Sales Flow Settings", {
	refresh(frm) {
		const switches = ["approval", "stock_lock", "routing", "fulfilment"];
		const on = switches.filter((name) => frm.doc[name] === "On").map((name) => __(frm.get_field(name).df.label));
		frm.set_intro("");
		frm.set_intro(
			on.length
				? __("Switched on: {0}. Desks that are open already show a change after a reload.", [on.join(", ")])
				: __("Everything is off: Sales Orders, Pick Lists and Delivery Notes work as in plain ERPNext."),
			on.length ? "green" : "orange"
		);
		[
			["Order Approval Rule", __("Approval Rules")],
			["Warehouse Routing Rule", __("Routing Rules")],
			["Courier", __("Couriers")],
		].forEach(([doctype, label]) => {
			if (frappe.model.can_read(doctype)) {
				frm.add_custom_button(label, () => frappe.set_route("List", doctype), __("Set Up"));
			}
		});
	},

	after_save(frm) {
		["approval", "stock_lock", "routing", "fulfilment"].forEach((name) => {
			frappe.boot.swf[name] = frm.doc[name] === "On";
		});
	},
});
