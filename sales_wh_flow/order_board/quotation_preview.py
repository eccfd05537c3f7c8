"""From where, and by when, a Quotation's goods would be sent if it were ordered today. Writes nothing."""

from typing import TypedDict

from sales_wh_flow.approval.store import quotations
from sales_wh_flow.base import said
from sales_wh_flow.base.settings import ROUTING, is_on
from sales_wh_flow.routing import route


class PreviewRow(TypedDict):
	"""A part of a line. ``promised_on``: "" where nobody can tell; ``source``: what the day rests on."""

	idx: int
	item_code: str
	qty: float
	uom: str
	warehouse: str
	promised_on: str
	source: str


def preview_quotation(doc) -> list[PreviewRow]:
	"""A row for each part of the order that the Quotation would become; none while Routing is off."""
	if not is_on(ROUTING) or not doc.docstatus.is_draft():
		return []
	order = quotations.as_order(doc)
	order.set("docstatus", 0)
	route.suggest(order)
	return [
		{
			"idx": row.idx,
			"item_code": row.item_code,
			"qty": row.qty,
			"uom": row.uom or "",
			"warehouse": row.warehouse or "",
			"promised_on": str(row.get("swf_promised_on") or ""),
			"source": said.worded(row.get("swf_promise_source")) or "",
		}
		for row in order.items
	]
