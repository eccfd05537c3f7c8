// The way from a batch or serial number to the report of where it went.
frappe.provide("sales_wh_flow");

/** filters: of the report Lot Recall. Shown to whom the report opens. */
sales_wh_flow.offer_recall = (frm, filters) => {
	if (!frm.is_new() && frappe.boot.user.all_reports?.["Lot Recall"]) {
		frm.add_custom_button(__("Recall"), () => frappe.set_route("query-report", "Lot Recall", filters));
	}
};
