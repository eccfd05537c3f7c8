// How many of a row were found, and why not all.
frappe.provide("sales_wh_flow");

/** row: as the page Pick shows it. Resolves to {found, reason} when it is saved. */
sales_wh_flow.ask_found_less = (row) =>
	new Promise((resolve) => {
		const other = __("Other");
		const is_other = `eval:doc.why === ${JSON.stringify(other)}`;
		const dialog = new frappe.ui.Dialog({
			title: row.item_code,
			fields: [
				{
					fieldtype: "Float",
					fieldname: "found",
					label: __("Found (in {0})", [__(row.uom)]),
					description: __("Empty: nothing was found."),
				},
				{
					fieldtype: "Select",
					fieldname: "why",
					label: __("Why"),
					reqd: 1,
					default: row.gone ? __("The order needs no more") : "",
					options: [
						"",
						__("Not in its place"),
						__("Fewer than expected"),
						__("Damaged"),
						__("Expired"),
						__("The order needs no more"),
						other,
					].join("\n"),
				},
				{
					fieldtype: "Small Text",
					fieldname: "words",
					label: __("In Your Words"),
					mandatory_depends_on: is_other,
					depends_on: is_other,
				},
			],
			primary_action_label: __("Save"),
			primary_action: ({ found, why, words }) => {
				dialog.hide();
				resolve({ found: found || 0, reason: words || why });
			},
		});
		dialog.show();
	});
