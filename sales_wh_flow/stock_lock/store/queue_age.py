"""Since when orders wait for stock: the first submission of an order and of all it was amended from."""

from dataclasses import dataclass
from datetime import datetime

import frappe


@dataclass(frozen=True, slots=True)
class Age:
	"""``since``: the first submission. ``waits_from``: from when it waits again, its locks had expired."""

	since: datetime | None = None
	waits_from: datetime | None = None


def of_chain(order: str, customer: str) -> Age:
	"""The age of a cancelled order of the customer and of those it was amended from: one statement.

	What was submitted before that was noted counts from when it was written. Another customer's age, or that
	of an order which still lives, is nobody's to take.
	"""
	((since, waits_from),) = frappe.db.sql(
		"""with recursive chain as (
			select name, amended_from, coalesce(swf_queued_since, creation) since, swf_waits_from
			from `tabSales Order` where name = %(order)s and docstatus = 2 and customer = %(customer)s
			union
			select so.name, so.amended_from, coalesce(so.swf_queued_since, so.creation), so.swf_waits_from
			from chain join `tabSales Order` so on so.name = chain.amended_from
			where so.docstatus = 2 and so.customer = %(customer)s
		) select min(since), max(swf_waits_from) from chain""",
		{"order": order, "customer": customer},
	)
	return Age(since, waits_from)
