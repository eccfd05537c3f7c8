"""*Create > Delivery Note* in the list of Sales Orders, which ERPNext maps without its own entrances."""

from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry
from erpnext.selling.doctype.sales_order import sales_order as native

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.dispatch import deliver_locked
from sales_wh_flow.stock_lock.store import reservations


def mapper() -> dict:
	"""Hook bulk_transaction_task_mapper: all that ERPNext makes of Sales Orders."""
	return {
		"Sales Order": {
			"Sales Invoice": native.make_sales_invoice,
			"Delivery Note": _note_of,
			"Payment Entry": get_payment_entry,
		}
	}


def _note_of(order: str):
	"""The note that the order's own form makes; None where ERPNext makes none, for a day that was asked for.

	Raises: ValidationError where nothing is to be sent, which ERPNext logs.
	"""
	if not is_on(STOCK_LOCK):
		return native.make_delivery_note(order)
	is_reserved = bool(reservations.open_of_order(order))
	note = deliver_locked.note_of(order, None, {"for_reserved_stock": is_reserved}, native.make_delivery_note)
	if note and not note.items:
		refuse(RuleViolation("nothing_to_send", order=order))
	return note
