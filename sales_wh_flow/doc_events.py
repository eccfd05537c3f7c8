"""Which handler Frappe calls at which event of a DocType; the handlers lie in events/, one file a DocType."""

from sales_wh_flow.rows_of_documents import JUDGED_ROWS, SETTLED_ROWS, WITH_COUNTED_ROWS, WITH_SUCH_ROWS

_stock_movements = (
	"Asset Capitalization",
	"Delivery Note",
	"Purchase Invoice",
	"Purchase Receipt",
	"Stock Entry",
	"Stock Reconciliation",
	"Subcontracting Receipt",
)
_stock_demands = ("Material Request", "Purchase Order", "Subcontracting Order", "Work Order")

_with_control_fields = (
	"Delivery Note",
	"Delivery Trip",
	"Pick List",
	"Pick List Item",
	"Sales Order",
	"Sales Order Item",
	"Shipment",
	"Shipment Parcel",
)

_with_quantities = ("Delivery Note", "Pick List", "Sales Order", "Stock Reconciliation")

_named_by_approvals = (
	"Address",
	"Company",
	"Currency",
	"Customer",
	"Customer Group",
	"Incoterm",
	"Item",
	"Order Approval Rule",
	"Payment Term",
	"Payment Terms Template",
	"Price List",
	"Terms and Conditions",
	"Territory",
	"User",
)

_written_by_people = (
	"Approval Delegation",
	"Billing Policy",
	"Box Type",
	"Courier",
	"Courier Claim",
	"Courier Invoice",
	"Delivery Zone",
	"Message Opt Out",
	"Message Rule",
	"Order Approval Rule",
	"Packing Station",
	"Payment Promise",
	"Postcode Place",
	"Return Case",
	"Return Condition",
	"Return Policy",
	"Return Reason",
	"Sales Flow Settings",
	"Serving Policy",
	"Shelf Place",
	"Stock Lock Policy",
	"Warehouse Routing Rule",
)

_first_steps = ("Courier", "Order Approval Rule", "Sales Flow Settings", "Warehouse Routing Rule")

DOC_EVENTS = {
	"*": {"before_discard": "sales_wh_flow.events.discarded.before_discard"},
	# Before what the others do then: they count rows.
	WITH_COUNTED_ROWS: {"on_discard": "sales_wh_flow.events.discarded.on_discard"},
	_written_by_people: {
		"before_insert": "sales_wh_flow.events.typed_texts.before_insert",
		"before_validate": "sales_wh_flow.events.typed_texts.before_validate",
	},
	_first_steps: {"on_update": "sales_wh_flow.events.set_up.on_update"},
	_named_by_approvals: {
		"before_rename": "sales_wh_flow.events.new_names.before_rename",
		"after_rename": "sales_wh_flow.events.new_names.after_rename",
	},
	# The first of all: what the others see on these documents is what the flow wrote.
	_with_control_fields: {
		"before_validate": "sales_wh_flow.events.control_fields.before_validate",
		"before_update_after_submit": "sales_wh_flow.events.control_fields.before_update_after_submit",
		"before_cancel": "sales_wh_flow.events.control_fields.before_cancel",
	},
	_with_quantities: {"before_validate": "sales_wh_flow.events.sent_quantities.before_validate"},
	"Address": {"on_update": "sales_wh_flow.events.address.on_update"},
	"Comment": {
		"validate": "sales_wh_flow.events.comment.validate",
		"on_trash": "sales_wh_flow.events.comment.on_trash",
	},
	"Communication": {
		"before_insert": "sales_wh_flow.events.communication.before_insert",
		"after_insert": "sales_wh_flow.events.communication.after_insert",
	},
	"DocShare": {"validate": "sales_wh_flow.events.share.validate"},
	"Email Queue": {"before_insert": "sales_wh_flow.events.leaving_texts.mail_is_queued"},
	"Notification Log": {"before_insert": "sales_wh_flow.events.leaving_texts.note_is_written"},
	"Sales Order": {
		"before_insert": "sales_wh_flow.events.sales_order.before_insert",
		"before_validate": "sales_wh_flow.events.sales_order.before_validate",
		"validate": "sales_wh_flow.events.sales_order.validate",
		"before_submit": "sales_wh_flow.events.sales_order.before_submit",
		"on_submit": [
			"sales_wh_flow.events.sales_order.on_submit",
			"sales_wh_flow.events.milestones.order_confirmed",
		],
		"on_update": "sales_wh_flow.events.sales_order.on_update",
		"before_update_after_submit": "sales_wh_flow.events.sales_order.before_update_after_submit",
		"on_update_after_submit": "sales_wh_flow.events.sales_order.on_update_after_submit",
		"before_cancel": "sales_wh_flow.events.sales_order.before_cancel",
		"on_cancel": "sales_wh_flow.events.sales_order.on_cancel",
		"on_discard": "sales_wh_flow.events.sales_order.on_discard",
		"on_change": "sales_wh_flow.events.sales_order.on_change",
		"on_trash": "sales_wh_flow.events.sales_order.on_trash",
		"after_rename": "sales_wh_flow.events.new_names.subject_renamed",
	},
	"Quotation": {
		"before_insert": "sales_wh_flow.events.quotation.before_insert",
		"before_validate": "sales_wh_flow.events.quotation.before_validate",
		"validate": "sales_wh_flow.events.quotation.validate",
		"before_submit": "sales_wh_flow.events.quotation.before_submit",
		"on_update": "sales_wh_flow.events.quotation.on_update",
		"on_submit": "sales_wh_flow.events.quotation.on_submit",
		"before_update_after_submit": "sales_wh_flow.events.quotation.before_update_after_submit",
		"on_cancel": "sales_wh_flow.events.quotation.on_cancel",
		"on_discard": "sales_wh_flow.events.quotation.on_discard",
		"on_trash": "sales_wh_flow.events.quotation.on_trash",
		"after_rename": "sales_wh_flow.events.new_names.subject_renamed",
	},
	WITH_SUCH_ROWS: {
		"before_validate": "sales_wh_flow.events.order_row.rows_are_sent",
		"before_update_after_submit": "sales_wh_flow.events.order_row.rows_are_sent",
	},
	JUDGED_ROWS: {
		"before_insert": "sales_wh_flow.events.order_row.before_insert",
		"before_validate": "sales_wh_flow.events.order_row.before_validate",
		"before_update_after_submit": "sales_wh_flow.events.order_row.before_update_after_submit",
		"before_cancel": "sales_wh_flow.events.order_row.before_cancel",
		"on_trash": "sales_wh_flow.events.order_row.on_trash",
	},
	SETTLED_ROWS: {
		"before_insert": "sales_wh_flow.events.settled_row.before_insert",
		"before_validate": "sales_wh_flow.events.settled_row.before_validate",
		"before_update_after_submit": "sales_wh_flow.events.settled_row.before_update_after_submit",
		"before_cancel": "sales_wh_flow.events.settled_row.before_cancel",
		"on_trash": "sales_wh_flow.events.settled_row.on_trash",
	},
	"Delivery Schedule Item": {
		"validate": "sales_wh_flow.events.delivery_schedule.validate",
		"on_trash": "sales_wh_flow.events.delivery_schedule.on_trash",
	},
	"Pick List": {
		"before_validate": "sales_wh_flow.events.pick_list.before_validate",
		"validate": "sales_wh_flow.events.pick_list.validate",
		"before_submit": "sales_wh_flow.events.pick_list.before_submit",
		"before_cancel": "sales_wh_flow.events.pick_list.before_cancel",
		"on_update": "sales_wh_flow.events.pick_list.on_update",
		"on_submit": "sales_wh_flow.events.pick_list.on_submit",
		"on_cancel": "sales_wh_flow.events.pick_list.on_cancel",
		"before_discard": "sales_wh_flow.events.pick_list.before_discard",
		"on_discard": "sales_wh_flow.events.pick_list.on_discard",
		"after_delete": "sales_wh_flow.events.pick_list.after_delete",
	},
	# Before the stock movements below: orders are held before Bins.
	"Stock Entry": {
		"before_submit": "sales_wh_flow.events.stock_entry.before_submit",
		"before_cancel": "sales_wh_flow.events.stock_entry.before_cancel",
	},
	_stock_movements: {
		"before_submit": "sales_wh_flow.events.stock_movement.before_submit",
		"on_submit": "sales_wh_flow.events.stock_movement.on_submit",
		"before_cancel": "sales_wh_flow.events.stock_movement.before_cancel",
		"on_cancel": "sales_wh_flow.events.stock_movement.on_cancel",
	},
	"Stock Reconciliation": {
		"before_validate": "sales_wh_flow.events.stock_count.before_validate",
		"validate": "sales_wh_flow.events.stock_count.validate",
		"on_submit": "sales_wh_flow.events.stock_count.on_submit",
	},
	"ToDo": {"on_update": "sales_wh_flow.events.stock_count.on_todo"},
	_stock_demands: {
		"before_submit": "sales_wh_flow.events.stock_demand.before_submit",
		"before_cancel": "sales_wh_flow.events.stock_demand.before_cancel",
	},
	"Batch": {"on_update": "sales_wh_flow.events.masters.batch_changed"},
	"Item": {
		"before_rename": "sales_wh_flow.events.masters.before_rename",
		"on_update": "sales_wh_flow.events.masters.item_changed",
	},
	"Warehouse": {
		"before_rename": "sales_wh_flow.events.masters.before_rename",
		"validate": [
			"sales_wh_flow.events.masters.validate_warehouse",
			"sales_wh_flow.events.warehouse.validate",
		],
	},
	"User": {"on_update": "sales_wh_flow.events.user.on_update"},
	"User Permission": {"on_update": "sales_wh_flow.events.user.on_permission_change"},
	"Selling Settings": {"validate": "sales_wh_flow.events.masters.validate_selling_settings"},
	"Stock Settings": {"validate": "sales_wh_flow.events.masters.validate_stock_settings"},
	"Stock Reservation Entry": {
		"before_insert": "sales_wh_flow.events.reservation.before_insert",
		"before_submit": "sales_wh_flow.events.reservation.before_submit",
		"on_submit": "sales_wh_flow.events.reservation.on_submit",
		"before_update_after_submit": "sales_wh_flow.events.reservation.before_update_after_submit",
		"on_update_after_submit": "sales_wh_flow.events.reservation.on_update_after_submit",
		"before_cancel": "sales_wh_flow.events.reservation.before_cancel",
		"on_cancel": "sales_wh_flow.events.reservation.on_cancel",
	},
	"Delivery Note": {
		"before_insert": "sales_wh_flow.events.delivery_note.before_insert",
		"before_validate": "sales_wh_flow.events.delivery_note.before_validate",
		"validate": "sales_wh_flow.events.delivery_note.validate",
		"before_submit": "sales_wh_flow.events.delivery_note.before_submit",
		"before_update_after_submit": "sales_wh_flow.events.delivery_note.before_update_after_submit",
		"before_cancel": "sales_wh_flow.events.delivery_note.before_cancel",
		"on_cancel": [
			"sales_wh_flow.events.delivery_note.on_cancel",
			"sales_wh_flow.events.delivery_trip.note_cancelled",
		],
		"on_discard": "sales_wh_flow.events.delivery_note.on_discard",
		"after_delete": "sales_wh_flow.events.delivery_note.after_delete",
		"on_submit": [
			"sales_wh_flow.events.delivery_note.on_submit",
			"sales_wh_flow.events.milestones.note_submitted",
		],
		"on_update_after_submit": [
			"sales_wh_flow.events.delivery_note.on_update_after_submit",
			"sales_wh_flow.events.milestones.note_updated",
		],
		"on_trash": "sales_wh_flow.events.delivery_note.on_trash",
	},
	# ERPNext has handlers of its own for invoices, so that Frappe would call ours above after these.
	"Sales Invoice": {
		"before_insert": "sales_wh_flow.events.billing.before_insert_invoice",
		"before_validate": "sales_wh_flow.events.billing.before_validate_invoice",
		"validate": "sales_wh_flow.events.billing.before_invoice",
		"before_submit": [
			"sales_wh_flow.events.billing.before_submit_invoice",
			"sales_wh_flow.events.stock_movement.before_submit",
		],
		"before_cancel": [
			"sales_wh_flow.events.billing.before_cancel_invoice",
			"sales_wh_flow.events.stock_movement.before_cancel",
		],
		"on_cancel": [
			"sales_wh_flow.events.stock_movement.on_cancel",
			"sales_wh_flow.events.billing.on_cancelled_invoice",
		],
		"on_discard": "sales_wh_flow.events.billing.after_deleted_invoice",
		"on_trash": "sales_wh_flow.events.billing.on_trash_invoice",
		"after_delete": "sales_wh_flow.events.billing.after_deleted_invoice",
		"on_submit": [
			"sales_wh_flow.events.stock_movement.on_submit",
			"sales_wh_flow.events.billing.on_invoice",
			"sales_wh_flow.events.milestones.invoice_submitted",
		],
	},
	"Return Case": {"after_insert": "sales_wh_flow.events.milestones.return_announced"},
	"Delivery Trip": {"validate": "sales_wh_flow.events.delivery_trip.validate"},
	"Delivery Stop": {
		"before_insert": "sales_wh_flow.events.delivery_trip.stop_is_written",
		"before_validate": "sales_wh_flow.events.delivery_trip.stop_is_written",
		"before_update_after_submit": "sales_wh_flow.events.delivery_trip.stop_is_written",
	},
	"Shipment": {"on_change": "sales_wh_flow.events.shipment.on_change"},
	"File": {"after_insert": "sales_wh_flow.events.shipment.after_file"},
	"POS Invoice": {
		"before_validate": "sales_wh_flow.events.pos_invoice.before_validate",
		"validate": "sales_wh_flow.events.pos_invoice.validate",
		"before_submit": "sales_wh_flow.events.pos_invoice.before_submit",
		"on_submit": "sales_wh_flow.events.pos_invoice.on_submit",
	},
	"POS Profile": {"on_update": "sales_wh_flow.events.masters.till_changed"},
	"Payment Request": {"before_validate": "sales_wh_flow.events.billing.before_validate_payment_request"},
	"Payment Entry": {
		"after_insert": "sales_wh_flow.events.billing.after_insert_payment",
		"on_trash": "sales_wh_flow.events.billing.on_trash_payment",
		"on_submit": "sales_wh_flow.events.billing.on_payment",
		"on_cancel": "sales_wh_flow.events.billing.on_payment",
	},
	"Journal Entry": {
		"on_submit": "sales_wh_flow.events.billing.on_journal",
		"on_cancel": "sales_wh_flow.events.billing.on_journal",
	},
	"Packing Slip": {
		"on_update": "sales_wh_flow.events.billing.on_packing_slip",
		"on_submit": "sales_wh_flow.events.billing.on_packing_slip",
		"on_cancel": "sales_wh_flow.events.billing.on_packing_slip",
		"on_discard": "sales_wh_flow.events.billing.on_packing_slip",
		"after_delete": "sales_wh_flow.events.billing.on_packing_slip",
	},
}
