// "Scan What Came" in the list of Return Cases: boxes and serial numbers that are here open their case.
frappe.provide("sales_wh_flow.returns");

Object.assign(sales_wh_flow.returns, {
	/** The dialog stays until the case is open: nobody scans thirty numbers twice. */
	scan_what_came() {
		const dialog = new frappe.ui.Dialog({
			title: __("Scan What Came"),
			fields: [
				{
					fieldname: "scanned",
					fieldtype: "Small Text",
					label: __("Boxes or serial numbers, one a line; or a Return Case, or Delivery Notes"),
					reqd: 1,
				},
				{ fieldname: "strange", fieldtype: "HTML" },
				{ fieldname: "return_reason", fieldtype: "Link", options: "Return Reason", label: __("Reason") },
			],
			primary_action_label: __("Submit"),
			async primary_action({ scanned, return_reason }) {
				try {
					await sales_wh_flow.returns.take_scan(dialog, scanned, return_reason);
				} catch {
					// Frappe has said what is wrong, above the dialog, which keeps its lines
				}
			},
		});
		dialog.show();
	},

	async take_scan(dialog, scanned, return_reason) {
		dialog.fields_dict.strange.$wrapper.empty();
		const { delivery_notes, known, strange } = await sales_wh_flow.ask("returns.api.look_at_return_scan", {
			scanned,
		});
		if (strange.length) {
			await dialog.set_value("scanned", known.join("\n"));
			sales_wh_flow.returns.put_aside(dialog, strange, known.length);
			return;
		}
		if (delivery_notes.length) {
			dialog.hide();
			await sales_wh_flow.returns.open_dialog({ delivery_notes });
			return;
		}
		const name = await sales_wh_flow.tell("returns.api.open_return_by_scan", { scanned, return_reason });
		dialog.hide();
		frappe.set_route("Form", "Return Case", name);
	},

	/** What names nothing is named here and leaves the lines that do. */
	put_aside(dialog, strange, left) {
		const told = __("No box, serial number, Return Case or Delivery Note: {0}. Put it aside, or scan it anew.", [
			strange.join(", "),
		]);
		const next = left ? __("Press Submit again to go on with the lines that are left: {0}.", [left]) : "";
		dialog.fields_dict.strange.$wrapper.html(
			`<div class="text-danger mb-3 swf-strange" role="alert">${sales_wh_flow.escape(told)} ${next}</div>`
		);
	},
});
