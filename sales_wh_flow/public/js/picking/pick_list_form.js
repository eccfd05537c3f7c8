// The Pick List's form: what the warehouse must know, and the next step.
sales_wh_flow.on_form("Pick List", {
	refresh(frm) {
		sales_wh_flow.toggle_fields(frm, ["swf_dispatch_section"]);
		sales_wh_flow.show_instructions(frm);
		const is_of_orders = frm.doc.purpose === "Delivery" && (frm.doc.locations || []).some((row) => row.sales_order);
		const is_open = frm.doc.docstatus === 1 && frm.doc.status !== "Completed";
		const may_go_on =
			sales_wh_flow.is_on("fulfilment") && is_of_orders && is_open && frappe.model.can_create("Delivery Note");
		if (may_go_on) {
			sales_wh_flow.remove_button(frm, __("Create Delivery Note"), __("Create"));
		}
		const next = frm.doc.swf_wave
			? { label: __("Make Delivery Notes"), run: make_notes }
			: { label: __("Make Delivery Note"), run: make_note };
		sales_wh_flow.show_main_actions(frm, may_go_on ? [next] : []);
		if (
			sales_wh_flow.is_on("fulfilment") &&
			is_of_orders &&
			frm.doc.docstatus === 0 &&
			!frm.is_new() &&
			frm.perm[0].write
		) {
			frm.add_custom_button(__("Not All Found"), short_pick);
			if (sales_wh_flow.may_walk()) {
				const walk = () => frappe.set_route("pick", frm.doc.name);
				frm.add_custom_button(__("Pick by Scans"), walk);
			}
		}

		/** One note for each order of a wave: they go to several customers. */
		async function make_notes() {
			const names = await sales_wh_flow.tell(
				"picking.api.make_wave_delivery_notes",
				{ pick_list: frm.doc.name },
				__("Making the Delivery Notes...")
			);
			await frm.reload_doc();
			const links = names.map((name) => sales_wh_flow.link("Delivery Note", name)).join("<br>");
			frappe.msgprint({ title: __("Delivery Notes"), message: links, indicator: "green" });
		}

		/** What was not found is served from elsewhere, where that is possible. */
		function short_pick() {
			const rows = frm.doc.locations.filter((row) => row.sales_order);
			const label = (row) =>
				sales_wh_flow.escape(
					`${row.idx}: ${row.item_code} · ${row.sales_order} (${sales_wh_flow.qty(row.stock_qty)})`
				);
			const options = rows.map((row) => ({ value: row.name, label: label(row) }));
			const dialog = new frappe.ui.Dialog({
				title: __("Not All Found"),
				fields: [
					{
						fieldtype: "Select",
						fieldname: "row",
						label: __("Row"),
						reqd: 1,
						options,
						default: rows[0].name,
					},
					{
						fieldtype: "Float",
						is_plain: true,
						fieldname: "found",
						label: __("Found (Stock UOM)"),
						default: 0,
					},
					{
						fieldtype: "Data",
						fieldname: "reason",
						label: __("Why"),
						reqd: 1,
						description: __("Damaged, not in its place, miscounted..."),
					},
				],
				primary_action_label: __("Serve the Rest from Elsewhere"),
				async primary_action({ row, found, reason }) {
					const args = { pick_list: frm.doc.name, row, found: found || 0, reason };
					const rest = await sales_wh_flow.tell("picking.api.short_pick", args, __("Looking elsewhere..."));
					dialog.hide();
					const moved = rest.moved.map(
						([place, qty]) => `${sales_wh_flow.qty(qty)}: ${sales_wh_flow.escape(place)}`
					);
					const left = rest.left
						? [__("{0} need another warehouse or a count of the stock.", [sales_wh_flow.qty(rest.left)])]
						: [];
					const soon = [
						__(
							"The rest is served from warehouses that have it free; the order's timeline says from where."
						),
					];
					const said = [...moved, ...(rest.is_served_soon ? soon : left)].join("<br>");
					frappe.msgprint({ title: __("Not All Found"), message: said });
					rest.pick_list_is_gone ? frappe.set_route("List", "Pick List") : frm.reload_doc();
				},
			});
			dialog.show();
		}

		async function make_note() {
			const note = await sales_wh_flow.tell(
				"dispatch.api.make_delivery_note",
				{ pick_list: frm.doc.name },
				__("Making the Delivery Note...")
			);
			frappe.set_route("Form", "Delivery Note", note);
		}
	},
});
