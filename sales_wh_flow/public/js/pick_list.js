// The Pick List's form: what the warehouse must know, and the next step of a list made from locks.
frappe.ui.form.on("Pick List", {
	refresh(frm) {
		sales_wh_flow.toggle_fields(frm, ["swf_dispatch_section"]);
		sales_wh_flow.show_instructions(frm);
		const is_of_orders = frm.doc.purpose === "Delivery" && (frm.doc.locations || []).some((row) => row.sales_order);
		const is_open = frm.doc.docstatus === 1 && frm.doc.status !== "Completed";
		const may_go_on =
			sales_wh_flow.is_on("fulfilment") && is_of_orders && is_open && frappe.model.can_create("Delivery Note");
		if (may_go_on) {
			frm.remove_custom_button(__("Create Delivery Note"), __("Create"));
		}
		sales_wh_flow.show_main_actions(frm, may_go_on ? [{ label: __("Make Delivery Note"), run: make_note }] : []);

		async function make_note() {
			const note = await sales_wh_flow.tell(
				"make_delivery_note",
				{ pick_list: frm.doc.name },
				__("Making the Delivery Note...")
			);
			frappe.set_route("Form", "Delivery Note", note);
		}
	},
});
