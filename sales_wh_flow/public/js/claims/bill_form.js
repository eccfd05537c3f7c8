// A courier's bill: what is beyond what was agreed is claimed with one tap.
const BEYOND = ["Dearer", "Billed Twice", "Not Sent"];

sales_wh_flow.on_form("Courier Invoice", {
	refresh(frm) {
		const rows = (frm.doc.rows || []).filter(
			({ verdict, difference, box }) => BEYOND.includes(verdict) && difference > 0 && box
		);
		if (frm.is_new() || frm.is_dirty() || !rows.length || !frappe.model.can_create("Courier Claim")) {
			return;
		}
		const label = rows.length === 1 ? __("Claim 1 Difference") : __("Claim {0} Differences", [rows.length]);
		frm.add_custom_button(label, async () => {
			const args = { courier_invoice: frm.doc.name };
			const made = await sales_wh_flow.tell("claims.api.claim_differences", args, __("Opening claims..."));
			const links = made.map((name) => sales_wh_flow.link("Courier Claim", name)).join(", ");
			const message = links ? __("Opened: {0}", [links]) : __("All of it is claimed already.");
			frappe.msgprint({ title: __("Courier Claims"), message, indicator: links ? "green" : "blue" });
		});
	},
});
