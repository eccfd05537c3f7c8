// The Delivery Note's form: instructions, the parcel's page, and the confirmation.
sales_wh_flow.on_form("Delivery Note", {
	refresh(frm) {
		sales_wh_flow.toggle_fields(frm, ["swf_dispatch_section"]);
		sales_wh_flow.show_instructions(frm);
		const { docstatus, is_return, swf_delivered_on } = frm.doc;
		const is_under_way = docstatus === 1 && !is_return && !swf_delivered_on;
		const may_confirm = sales_wh_flow.any_on() && is_under_way && frm.has_perm("write");
		const confirm = { label: __("Confirm Delivery"), run: () => sales_wh_flow.delivery_note.confirm(frm) };
		sales_wh_flow.show_main_actions(frm, may_confirm ? [confirm] : []);
		if (sales_wh_flow.any_on() && docstatus === 1 && !is_return && swf_delivered_on && frm.has_perm("write")) {
			frm.add_custom_button(__("Undo Confirmation"), () => sales_wh_flow.delivery_note.undo(frm));
		}
		if (!sales_wh_flow.any_on() || frm.is_new()) {
			return null;
		}
		return sales_wh_flow.delivery_note.add_tracking(frm);
	},
});

frappe.provide("sales_wh_flow.delivery_note");

Object.assign(sales_wh_flow.delivery_note, {
	/** A button to the parcel's page, when the courier has one and the number is known. */
	async add_tracking(frm) {
		const { name, swf_courier: courier, swf_tracking_no: number } = frm.doc;
		if (!courier || !(number || "").trim()) {
			return;
		}
		const { message } = await frappe.db.get_value("Courier", courier, "tracking_url");
		const pattern = (message && message.tracking_url) || "";
		if (frm.doc.name === name && /^https?:\/\//i.test(pattern)) {
			const address = pattern.replaceAll("{0}", () => encodeURIComponent(number.trim()));
			const open = () => window.open(address, "_blank", "noopener");
			frm.add_custom_button(__("Track Parcel"), open, __("View"));
		}
	},

	confirm(frm) {
		const { name } = frm.doc;
		const dialog = new frappe.ui.Dialog({
			title: __("Confirm Delivery"),
			fields: [
				{
					fieldtype: "HTML",
					options: `<p>${__("Has the customer received everything on {0}?", [sales_wh_flow.escape(name)])}</p>`,
				},
				{
					fieldtype: "Datetime",
					fieldname: "received_on",
					label: __("Received On"),
					description: __("Empty: now"),
				},
				{ fieldtype: "Data", fieldname: "receiver", label: __("Received By") },
			],
			primary_action_label: __("Yes"),
			primary_action: async ({ received_on, receiver }) => {
				dialog.hide();
				const told = { delivery_note: name, received_on: received_on || "", receiver: receiver || "" };
				await sales_wh_flow.tell("dispatch.api.confirm_delivery", told);
				await frm.reload_doc();
				frappe.show_alert({ message: __("Delivery confirmed."), indicator: "green" });
			},
		});
		dialog.show();
	},

	undo(frm) {
		const reason = { fieldtype: "Small Text", fieldname: "reason", label: __("Why"), reqd: 1 };
		const run = async (values) => {
			await sales_wh_flow.tell("dispatch.api.undo_confirmation", { delivery_note: frm.doc.name, ...values });
			await frm.reload_doc();
		};
		frappe.prompt(reason, run, __("Undo Confirmation"), __("Undo"));
	},
});
