// An order that leaves from several warehouses: one step for all of its Pick Lists, one for all of its notes.
frappe.provide("sales_wh_flow.sales_order");

Object.assign(sales_wh_flow.sales_order, {
	/**
	 * The step for all of several papers at once; nothing where there is one paper, which is opened instead.
	 * Right after the lists are made nothing is picked: to open one comes first, to say that all is picked second.
	 */
	whole_order_actions(frm, { pick_lists, delivery_notes, lines }) {
		const order = sales_wh_flow.sales_order;
		const names = (papers) => [...new Set(papers.map((paper) => paper.name))];
		const drafts = names(pick_lists.filter((list) => list.docstatus === 0));
		if (drafts.length > 1 && frappe.model.can_submit("Pick List")) {
			const run = () => order.submit_lists(frm, pick_lists);
			return [{ label: __("All Is Picked"), run }];
		}
		const has_left = (list) => lines.some((line) => line.picked > 0 && line.warehouse === list.warehouse);
		const picked = names(pick_lists.filter((list) => list.docstatus === 1 && has_left(list)));
		const notes = names(delivery_notes.filter((note) => note.docstatus === 0));
		const may_send = frappe.model.can_create("Delivery Note") && frappe.model.can_submit("Delivery Note");
		if (!drafts.length && Math.max(picked.length, notes.length) > 1 && may_send) {
			return [{ label: __("Deliver All"), run: () => order.deliver_all(frm), is_main: true }];
		}
		return [];
	},

	submit_lists(frm, pick_lists) {
		const drafts = pick_lists.filter((list) => list.docstatus === 0);
		const named = drafts
			.map((list) => `<li>${sales_wh_flow.escape(list.name)}: ${sales_wh_flow.escape(list.warehouse)}</li>`)
			.join("");
		frappe.confirm(
			`<p>${__("Was everything on these Pick Lists found? They are submitted.")}</p><ul>${named}</ul>`,
			async () => {
				await sales_wh_flow.tell(
					"picking.api.submit_pick_lists",
					{ sales_order: frm.doc.name },
					__("Submitting Pick Lists...")
				);
				await frm.reload_doc();
			}
		);
	},

	/** Every warehouse's note in one step: submitted, or as drafts to look at. */
	deliver_all(frm) {
		const dialog = new frappe.ui.Dialog({
			title: __("Deliver All"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__(
						"A Delivery Note is made for each warehouse. Submit them when the goods leave, or look at the drafts first."
					)}</p>`,
				},
			],
			primary_action_label: __("Submit Delivery Notes"),
			async primary_action() {
				dialog.hide();
				const sales_order = frm.doc.name;
				await sales_wh_flow.tell("picking.api.send_order", { sales_order }, __("Delivering..."));
				await frm.reload_doc();
			},
			secondary_action_label: __("Only Drafts"),
			secondary_action() {
				dialog.hide();
				sales_wh_flow.sales_order.make_notes(frm);
			},
		});
		dialog.show();
	},

	async make_notes(frm) {
		const names = await sales_wh_flow.tell(
			"picking.api.make_delivery_notes",
			{ sales_order: frm.doc.name },
			__("Making the Delivery Notes...")
		);
		if (names.length === 1) {
			frappe.set_route("Form", "Delivery Note", names[0]);
			return;
		}
		await frm.reload_doc();
		const links = names.map((name) => sales_wh_flow.link("Delivery Note", name)).join("<br>");
		frappe.msgprint({ title: __("Delivery Notes"), message: links, indicator: "green" });
	},

	/** Create > Delivery Note makes a note a warehouse, where the settings say so. */
	take_over_delivery_note(frm) {
		const [label, group] = [__("Delivery Note"), __("Create")];
		const is_there = frm.custom_buttons[label] && frm.doc.docstatus === 1;
		if (frappe.boot.swf.notes_a_warehouse && sales_wh_flow.is_on("fulfilment") && is_there) {
			sales_wh_flow.add_button(frm, label, () => sales_wh_flow.sales_order.make_notes(frm), group);
		}
	},
});
