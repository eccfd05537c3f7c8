"""What of Frappe's and ERPNext's own endpoints the app answers in their place: {theirs: ours}."""

from sales_wh_flow import former_paths

_client = ("insert", "save", "submit", "cancel")
_doc_methods = [
	f"{at}{name}" for at in ("", "frappe.handler.") for name in ("run_doc_method", "runserverobj")
]
_sales_order = "erpnext.selling.doctype.sales_order.sales_order"
_pick_list = "erpnext.stock.doctype.pick_list.pick_list"
_bundle = "erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle"
_note = "erpnext.stock.doctype.delivery_note.delivery_note"
_purchase_order = "erpnext.buying.doctype.purchase_order.purchase_order"

STAND_INS = {
	**former_paths.METHODS,
	"frappe.desk.form.save.savedocs": "sales_wh_flow.entrances.savedocs",
	"frappe.desk.form.save.cancel": "sales_wh_flow.entrances.cancel_form",
	"frappe.desk.form.save.discard": "sales_wh_flow.entrances.discard_form",
	**{f"frappe.client.{it}": f"sales_wh_flow.entrances.{it}" for it in _client},
	"frappe.client.bulk_update": "sales_wh_flow.entrances.bulk_update_docs",
	**dict.fromkeys(_doc_methods, "sales_wh_flow.entrances.run_doc_method"),
	"frappe.core.doctype.data_import.data_import.form_start_import": "sales_wh_flow.entrances.start_import",
	"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs": (
		"sales_wh_flow.entrances.submit_cancel_or_update_docs"
	),
	# ERPNext asks for no right to write what is closed, put on hold, opened again or called delivered.
	f"{_sales_order}.update_status": "sales_wh_flow.entrances.update_order_status",
	f"{_sales_order}.close_or_unclose_sales_orders": "sales_wh_flow.entrances.close_or_unclose_orders",
	f"{_note}.update_delivery_note_status": "sales_wh_flow.dispatch.api.update_note_status",
	f"{_purchase_order}.update_status": "sales_wh_flow.shortage.api.update_purchase_status",
	f"{_purchase_order}.close_or_unclose_purchase_orders": (
		"sales_wh_flow.shortage.api.close_or_unclose_purchases"
	),
	# Update Items throws reservations away and makes them anew; it does so under the flow's locks.
	"erpnext.controllers.accounts_controller.update_child_qty_rate": (
		"sales_wh_flow.order_changes.api.update_items"
	),
	# ERPNext looks for the order line of every reservation; one for a component of a bundle has none.
	f"{_sales_order}.make_delivery_note": "sales_wh_flow.dispatch.api.make_delivery_note_of_order",
	# ERPNext asks to unreserve an order before it is picked; what is locked is what is picked.
	f"{_sales_order}.create_pick_list": "sales_wh_flow.picking.api.create_pick_list_of_order",
	# ERPNext puts all picked bundles on each note, those that have left among them.
	f"{_pick_list}.create_delivery_note": "sales_wh_flow.dispatch.api.create_delivery_note_of_list",
	# ERPNext asks for no right, and writes the rows of locks and of what was moved.
	f"{_bundle}.update_serial_or_batch": "sales_wh_flow.stock_lock.api.add_scanned_to_bundle",
}
