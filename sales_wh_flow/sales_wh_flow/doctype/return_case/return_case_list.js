frappe.listview_settings["Return Case"] = {
	add_fields: ["state"],

	get_indicator(doc) {
		const colours = { Open: "orange", "Partly Posted": "yellow", Posted: "green", Cancelled: "gray" };
		return [__(doc.state), colours[doc.state] || "gray", `state,=,${doc.state}`];
	},

	/** A case is of goods that were delivered: they are chosen of the customer's Delivery Notes. */
	primary_action() {
		sales_wh_flow.returns.choose_customer();
	},

	/** A box or serial numbers that are here open their case. */
	onload(listview) {
		if (!window.sales_wh_flow || !sales_wh_flow.is_on("returns") || !frappe.model.can_create("Return Case")) {
			return;
		}
		listview.page.add_inner_button(__("Scan What Came"), () => {
			const fields = [
				{
					fieldname: "scanned",
					fieldtype: "Small Text",
					label: __("Boxes or serial numbers, one a line; or a Return Case, or Delivery Notes"),
					reqd: 1,
				},
				{ fieldname: "return_reason", fieldtype: "Link", options: "Return Reason", label: __("Reason") },
			];
			frappe.prompt(
				fields,
				async (values) => {
					const { scanned } = values;
					const { delivery_notes } = await sales_wh_flow.ask("returns.api.look_at_return_scan", { scanned });
					if (delivery_notes.length) {
						sales_wh_flow.returns.open_dialog({ delivery_notes });
						return;
					}
					const name = await sales_wh_flow.tell("returns.api.open_return_by_scan", values);
					frappe.set_route("Form", "Return Case", name);
				},
				__("Scan What Came")
			);
		});
	},
};
