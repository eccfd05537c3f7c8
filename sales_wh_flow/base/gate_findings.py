"""What the gates of steps would have stopped, or warned about."""

from collections.abc import Iterable

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import bulk

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "gate", "mode", "company"),
	*("document_type", "document", "customer", "sales_order", "item_code", "qty_stock", "actor"),
	"happened_on",
)


def write_findings(gate: str, mode: str, doc, rows: Iterable[tuple[str, str | None, float]]) -> None:
	"""``rows``: (order, item or None for all of it, quantity in question). One statement."""
	stamp, user = now_datetime(), frappe.session.user
	found = list(rows)
	bulk.insert(
		"Gate Finding",
		_FIELDS,
		[
			(
				*(name, user, stamp, stamp, user, 0, 0, gate, mode, doc.company),
				*(doc.doctype, doc.name, doc.customer, order, item_code, qty, user, stamp),
			)
			for name, (order, item_code, qty) in zip(bulk.new_names(len(found)), found, strict=True)
		],
	)
