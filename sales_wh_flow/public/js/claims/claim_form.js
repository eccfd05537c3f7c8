// A claim against a courier: the customer gets the goods again, whatever the courier pays.
const IN_PIECES = ["Lost", "Damaged"];

sales_wh_flow.on_form("Courier Claim", {
	refresh(frm) {
		const { box, kind } = frm.doc;
		const may = sales_wh_flow.is_on("returns") && frappe.model.can_create("Return Case");
		if (frm.is_new() || !box || !IN_PIECES.includes(kind) || !may) {
			return;
		}
		frm.add_custom_button(__("Send Goods Again"), async () => {
			const name = await sales_wh_flow.tell("returns.api.send_parcel_again", { box }, __("Opening the case..."));
			frappe.set_route("Form", "Return Case", name);
		});
	},
});
