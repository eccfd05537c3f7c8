// The label that a courier's own interface makes for a box: asked for, voided.
frappe.provide("sales_wh_flow.couriers");

Object.assign(sales_wh_flow.couriers, {
	/** Which couriers make labels, as a set of names; asked once a page. */
	async with_labels() {
		const may = frappe.model.can_read("Courier");
		return new Set(may ? await sales_wh_flow.ask("couriers.api.couriers_with_labels", {}) : []);
	},

	/** Number and label of a closed box; the answer, or nothing where the courier says no (which is shown). */
	make_label(box, courier) {
		const saying = __("Asking {0} for the label...", [courier]);
		return sales_wh_flow.tell("couriers.api.make_courier_label", { box }, saying);
	},

	/** Give a label back, with a reason; one that the courier keeps can be thrown away. */
	void_label(box, number, then) {
		const dialog = new frappe.ui.Dialog({
			title: __("Void Label {0}", [sales_wh_flow.escape(number || box)]),
			fields: [
				{ fieldtype: "Small Text", fieldname: "reason", label: __("Reason"), reqd: 1 },
				{
					fieldtype: "Check",
					fieldname: "is_sure",
					label: __("Throw it away even if the courier does not take it back"),
					description: __("It may be charged for."),
				},
			],
			primary_action_label: __("Void Label"),
			async primary_action({ reason, is_sure }) {
				const args = { box, reason, is_sure: is_sure ? 1 : 0 };
				const done = await sales_wh_flow.tell(
					"couriers.api.void_courier_label",
					args,
					__("Giving the label back...")
				);
				dialog.hide();
				then && then(done);
			},
		});
		dialog.show();
	},
});
