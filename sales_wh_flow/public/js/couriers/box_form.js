// A box's form: its story above the fields, the parcel's page, the number, the couriers to compare.
sales_wh_flow.on_form("Order Box", {
	async refresh(frm) {
		const box = frm.doc.name;
		const told = await sales_wh_flow.ask("couriers.api.box_story", { box });
		if (frm.doc.name !== box) {
			return;
		}
		sales_wh_flow.block_of(frm, "swf-story").append(sales_wh_flow.couriers.story_of(told));
		if (told.link) {
			frm.add_custom_button(__("Track Parcel"), () => window.open(told.link, "_blank", "noopener"));
		}
		const may_send = ["Stock User", "Stock Manager", "Delivery User", "Delivery Manager", "System Manager"].some(
			(role) => frappe.user.has_role(role)
		);
		const is_here = ["Open", "Closed"].includes(frm.doc.state);
		const compare = () => sales_wh_flow.couriers.compare_rates({ boxes: [box] }, () => frm.reload_doc());
		const number = {
			label: __("Tracking Number"),
			run: () => sales_wh_flow.couriers.ask_number(frm),
			colour: "default",
		};
		sales_wh_flow.show_main_actions(frm, [
			...(may_send && is_here ? [{ label: __("Compare Couriers"), run: compare }] : []),
			...(may_send && !["Cancelled", "Returned"].includes(frm.doc.state) ? [number] : []),
		]);
		await sales_wh_flow.couriers.label_buttons(frm, may_send, is_here);
		sales_wh_flow.couriers.tell_button(frm, may_send);
		if (may_send && is_here && frappe.model.can_create("Shipment")) {
			frm.add_custom_button(__("Make Shipment"), () => sales_wh_flow.couriers.make_shipment([box]));
		}
	},
});

Object.assign(sales_wh_flow.couriers, {
	/** Print it again wherever the box is; get or void the courier's label while it is here. */
	async label_buttons(frm, may_send, is_here) {
		const { name, state, courier, tracking_no, label_made_on } = frm.doc;
		const group = __("Label");
		if (frappe.model.can_print("Order Box")) {
			frm.add_custom_button(__("Print Label"), () => sales_wh_flow.print_box(name), group);
			frm.add_custom_button(__("Print Packing List"), () => sales_wh_flow.print_box(name, "list"), group);
		}
		if (may_send && label_made_on && (is_here || state === "Cancelled")) {
			const then = () => frm.reload_doc();
			const ask = () => sales_wh_flow.couriers.void_label(name, tracking_no, then);
			frm.add_custom_button(__("Void Label"), ask, group);
		}
		if (may_send && state === "Closed" && courier && !tracking_no) {
			const makers = await sales_wh_flow.couriers.with_labels();
			if (makers.has(courier) && frm.doc.name === name) {
				const get = () => sales_wh_flow.couriers.make_label(name, courier).then(() => frm.reload_doc());
				frm.add_custom_button(__("Get Label"), get, group);
			}
		}
	},

	/** A number typed or scanned; one key for each dialog, so that a second tap writes nothing twice. */
	ask_number(frm) {
		const key = frappe.utils.get_random(20);
		const dialog = new frappe.ui.Dialog({
			title: __("Tracking Number of {0}", [sales_wh_flow.escape(frm.doc.name)]),
			fields: [
				{
					fieldtype: "Data",
					fieldname: "tracking_no",
					label: __("Number"),
					reqd: 1,
					options: "Barcode",
					default: frm.doc.tracking_no,
				},
				{
					fieldtype: "Link",
					fieldname: "courier",
					label: __("Courier"),
					options: "Courier",
					reqd: 1,
					default: frm.doc.courier,
				},
			],
			primary_action_label: __("Write"),
			async primary_action({ tracking_no, courier }) {
				const args = { box: frm.doc.name, tracking_no, courier, key };
				const written = await sales_wh_flow.tell("couriers.api.write_tracking_number", args);
				dialog.hide();
				if (written.also_on.length) {
					const others = written.also_on.map((name) => sales_wh_flow.link("Order Box", name)).join(", ");
					const message = __("The number stands on {0}, too. That is right for boxes that travel together.", [
						others,
					]);
					frappe.msgprint({ title: __("Number Used Before"), message, indicator: "orange" });
				}
				frm.reload_doc();
			},
		});
		dialog.show();
	},

	async make_shipment(boxes) {
		const args = { boxes: JSON.stringify(boxes) };
		const name = await sales_wh_flow.tell(
			"couriers.api.make_shipment_of_boxes",
			args,
			__("Making the Shipment...")
		);
		frappe.set_route("Form", "Shipment", name);
	},
});
