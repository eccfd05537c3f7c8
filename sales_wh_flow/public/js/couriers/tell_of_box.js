// What a courier said on the telephone, or on its site: written on the box, and counted like any word of it.
frappe.provide("sales_wh_flow.couriers");

const WITH_COURIER =
	/^(Handed Over|In Transit|Out for Delivery|Ready for Pickup|Delivery Failed|Delivered|Refused|Returning|Lost)$/;

Object.assign(sales_wh_flow.couriers, {
	tell_button(frm, may_send) {
		if (may_send && frm.doc.courier && WITH_COURIER.test(frm.doc.state)) {
			frm.add_custom_button(__("What Happened to It"), () => sales_wh_flow.couriers.ask_what_happened(frm));
		}
	},

	ask_what_happened(frm) {
		const key = frappe.utils.get_random(20);
		const { name, courier } = frm.doc;
		const words = [
			["on_its_way", __("It is on its way")],
			["delivered", __("It was delivered")],
			["not_delivered", __("It could not be delivered")],
			["comes_back", __("It comes back")],
			["lost", __("It is lost")],
			["damaged", __("It is damaged")],
		];
		const dialog = new frappe.ui.Dialog({
			title: __("What {0} Says of {1}", [sales_wh_flow.escape(courier), sales_wh_flow.escape(name)]),
			fields: [
				{
					fieldtype: "Select",
					fieldname: "what",
					label: __("What Happened"),
					options: [{ value: "", label: "" }, ...words.map(([value, label]) => ({ value, label }))],
					reqd: 1,
				},
				{
					fieldtype: "Datetime",
					fieldname: "happened_on",
					label: __("When"),
					default: frappe.datetime.system_datetime(),
				},
				{ fieldtype: "Small Text", fieldname: "note", label: __("Who Said So, and How") },
				{
					fieldtype: "HTML",
					options: `<p class="text-muted">${__("A lost or damaged box is claimed from its courier within the hour. This is no proof of delivery.")}</p>`,
				},
			],
			primary_action_label: __("Write"),
			async primary_action({ what, happened_on, note }) {
				dialog.disable_primary_action();
				const args = { box: name, what, happened_on, note: note || "", key };
				const told = await sales_wh_flow.tell("couriers.api.tell_of_box", args).catch(() => null);
				dialog.enable_primary_action();
				if (told) {
					dialog.hide();
					frappe.show_alert({
						message: `${sales_wh_flow.escape(name)}: ${__(told.state)}`,
						indicator: "blue",
					});
					frm.reload_doc();
				}
			},
		});
		dialog.show();
	},
});
