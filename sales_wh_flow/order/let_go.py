"""A document is deleted, and its number may be given to another one: what is kept of it stays on record."""

from sales_wh_flow.base import bulk
from sales_wh_flow.order.store import delivery_schedule, stage_log

_KEPT = ("Delay Alert", "Gate Finding", "Put Away", "Return Case", "Return Case Row")


def let_go_of_number(doc) -> None:
	"""Of a Sales Order, or of a document that a gate found something about."""
	if doc.doctype != "Sales Order":
		bulk.keep_without_document("Gate Finding", doc.doctype, doc.name)
		return
	stage_log.end_log(doc.name)
	delivery_schedule.drop_schedule(doc.name)
	for kept in _KEPT:
		bulk.keep_without_order(kept, doc.name)


def let_go_of_former_numbers() -> None:
	"""Of orders that were deleted before the app minded. May run again."""
	for kept in _KEPT:
		bulk.keep_without_former_orders(kept)
