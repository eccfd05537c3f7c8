// Serial No: who got it, for a recall.
frappe.ui.form.on("Serial No", {
	refresh: (frm) => sales_wh_flow.offer_recall(frm, { serial_nos: frm.doc.name, item_code: frm.doc.item_code }),
});
