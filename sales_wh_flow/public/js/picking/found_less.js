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
					fieldtype: "Data",
					fieldname: "found",
					label: __("Found (in {0})", [__(row.uom)]),
					default: row.found && !row.gone ? sales_wh_flow.qty(row.found) : "",
					description: __("Of {0}. Empty: nothing was found.", [sales_wh_flow.qty(row.asked)]),
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
			primary_action: ({ found: typed, why, words }) => {
				const found = typed ? sales_wh_flow.typed_figure(typed) : 0;
				if (Number.isNaN(found)) {
					frappe.show_alert({
						message: __("{0} is no quantity.", [frappe.utils.escape_html(typed)]),
						indicator: "red",
					});
					return;
				}
				dialog.hide();
				resolve({ found, reason: words || why });
			},
		});
		dialog.show();
		sales_wh_flow.type_figures(dialog, "found");
	});

/** What became of the rest of a row of which less was found. */
sales_wh_flow.say_rest = (scanner, rest) => {
	const moved = rest.moved.map(([place, much]) => `${sales_wh_flow.qty(much)} ${place}`).join(", ");
	if (!rest.missing) {
		scanner.say("good", __("The row is left out."));
	} else if (moved) {
		scanner.say("warn", __("The rest comes from {0}.", [moved]));
	} else if (rest.is_served_soon) {
		scanner.say("warn", __("The rest is looked for in other warehouses."));
	} else {
		scanner.say("warn", __("{0} are missing; the seller is told on the order.", [sales_wh_flow.qty(rest.missing)]));
	}
	if (rest.pick_list_is_gone) {
		frappe.set_route("pick");
	}
};

/** Batches and serial numbers that nobody scanned are looked at before they count: the order leaves with those. */
sales_wh_flow.ask_lots = (row, take, is_batch_tapped) => {
	const serials = row.serial_nos.filter((serial) => !row.found_serials.includes(serial));
	const lots = row.asks_batch && !is_batch_tapped ? [__("Batch {0}", [row.batch_no]), ...serials] : serials;
	if (!lots.length) {
		return take();
	}
	const names = lots.map(frappe.utils.escape_html).join("<br>");
	return frappe.confirm(`${__("Do you hold just these?")}<br><b>${names}</b>`, take);
};
