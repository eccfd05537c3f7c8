"""What the gate of invoices would have stopped, or warned about."""

from collections.abc import Iterable

import frappe
from frappe.utils import now_datetime

from sales_wh_flow.base import bulk

_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx", "gate", "mode", "company"),
	*("document_type", "document", "customer", "sales_order", "qty_stock", "actor", "happened_on"),
)


def write_findings(
	mode: str, company: str, customer: str, invoice: str, rows: Iterable[tuple[str, float]]
) -> None:
	"""``rows``: (order, quantity beyond what may be invoiced, in the row's UOM). One statement."""
	stamp, user = now_datetime(), frappe.session.user
	found = list(rows)
	bulk.insert(
		"Gate Finding",
		_FIELDS,
		[
			(
				*(name, user, stamp, stamp, user, 0, 0, "Early Invoice", mode, company),
				*("Sales Invoice", invoice, customer, order, qty, user, stamp),
			)
			for name, (order, qty) in zip(bulk.new_names(len(found)), found, strict=True)
		],
	)
