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
		frm.add_custom_button(__("First Steps"), () => frappe.set_route("first-steps"));
		show_docs(frm);
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

/** Each section leads to the page that explains it. */
const PAGES_OF_SECTIONS = {
	switches: "first-steps.md",
	approval_people_section: "approvals.md",
	lock_section: "stock-lock.md",
	shortage_section: "shortage-and-warehouse.md",
	forecast_section: "promise-and-board.md",
	delivery_section: "deliver.md",
	returns_section: "returns.md",
	delays_section: "promise-and-board.md",
	picking_section: "pick.md",
	packing_section: "packing.md",
	billing_section: "billing.md",
	messages_section: "messages.md",
};

function show_docs(frm) {
	Object.entries(PAGES_OF_SECTIONS).forEach(([section, page]) => {
		const head = frm.fields_dict[section] && frm.fields_dict[section].wrapper.find(".section-head");
		if (head && !head.find(".swf-docs").length) {
			head.append(`<span class="swf-docs">${sales_wh_flow.docs_link(page, __("How it works"))}</span>`);
		}
	});
}
