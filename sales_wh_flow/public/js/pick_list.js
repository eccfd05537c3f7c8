// The Pick List's form: what the warehouse must know, and the next step of a list made from locks.
frappe.ui.form.on("Pick List", {
	refresh(frm) {
		sales_wh_flow.toggle_fields(frm, ["swf_dispatch_section"]);
		sales_wh_flow.show_instructions(frm);
		const is_of_orders = frm.doc.purpose === "Delivery" && (frm.doc.locations || []).some((row) => row.sales_order);
		if (!sales_wh_flow.is_on("fulfilment") || !is_of_orders) {
			return;
		}
		const orders = [...new Set(frm.doc.locations.map((row) => row.sales_order).filter(Boolean))];
		if (orders.length === 1) {
			frm.add_custom_button(__("Sales Order"), () => frappe.set_route("Form", "Sales Order", orders[0]));
		}
		const is_open = frm.doc.docstatus === 1 && frm.doc.status !== "Completed";
		if (is_open && frappe.model.can_create("Delivery Note")) {
			frm.remove_custom_button(__("Create Delivery Note"), __("Create"));
			frm.add_custom_button(__("Make Delivery Note"), async () => {
				const note = await sales_wh_flow.tell(
					"make_delivery_note",
					{ pick_list: frm.doc.name },
					__("Making the Delivery Note...")
				);
				frappe.set_route("Form", "Delivery Note", note);
			});
			frm.change_custom_button_type(__("Make Delivery Note"), null, "primary");
		}
	},
});
