// Batch: who got it, for a recall.
frappe.ui.form.on("Batch", {
	refresh: (frm) => sales_wh_flow.offer_recall(frm, { batch_no: frm.doc.name, item_code: frm.doc.item }),
});
