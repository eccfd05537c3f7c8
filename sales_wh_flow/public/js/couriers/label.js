// The label that a courier's own interface makes for a box: asked for, voided.
frappe.provide("sales_wh_flow.couriers");

Object.assign(sales_wh_flow.couriers, {
	/** Which couriers make labels, as a set of names; asked once a page. */
	async with_labels() {
		const may = frappe.model.can_read("Courier");
		return new Set(may ? await sales_wh_flow.ask("couriers.api.couriers_with_labels", {}) : []);
	},

	/** Number and label of a closed box; the answer, or nothing where the courier says no (which is shown). */
	async make_label(box, courier, is_sure = 0) {
		const saying = __("Asking {0} for the label...", [courier]);
		const made = await sales_wh_flow.tell("couriers.api.make_courier_label", { box, is_sure }, saying);
		if (!made.may_be_there) {
			return made;
		}
		const text = __(
			"{0} was asked for a label of box {1} before and did not answer; it may have made one. Look in its own program: is there none? Then ask again.",
			[sales_wh_flow.escape(courier), sales_wh_flow.escape(box)]
		);
		return new Promise((resolve, reject) => {
			const again = () => this.make_label(box, courier, 1).then(resolve, reject);
			frappe.confirm(text, again, () => reject(new Error(__("Not asked again"))));
		});
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
