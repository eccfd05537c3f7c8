"""Closed boxes that wait in a warehouse for their courier."""

from collections.abc import Iterable

import frappe

from sales_wh_flow.delivery.answers import WaitingForCourier

_WAITS = """state = 'Closed' and coalesce(handover, '') = '' and coalesce(parent_box, '') = ''
	and coalesce(courier, '') <> '' and coalesce(delivery_note, '') = ''
	and coalesce(sales_invoice, '') = ''"""


def by_courier(warehouses: Iterable[str]) -> list[WaitingForCourier]:
	"""How many boxes wait in these warehouses, for whom; most first. One statement, none for none."""
	names = tuple(warehouses)
	if not names:
		return []
	return frappe.db.sql(
		f"""select warehouse, courier, count(*) boxes from `tabOrder Box`
		where {_WAITS} and warehouse in %s
		group by warehouse, courier order by boxes desc, warehouse, courier""",
		(names,),
		as_dict=True,
	)


def with_boxes(warehouses: Iterable[str]) -> list[str]:
	"""Those of the warehouses where boxes stand that have not left; one statement, none for none."""
	names = tuple(warehouses)
	if not names:
		return []
	rows = frappe.db.sql(
		"""select distinct warehouse from `tabOrder Box`
		where state in ('Open', 'Closed') and warehouse in %s""",
		(names,),
	)
	return [row[0] for row in rows]


def of_courier(warehouse: str, courier: str, most: int) -> list[str]:
	"""The boxes that wait there for this courier and are in no hand-over, oldest first; at most so many."""
	rows = frappe.db.sql(
		f"""select name from `tabOrder Box` where {_WAITS} and warehouse = %s and courier = %s
		order by name limit %s""",
		(warehouse, courier, most),
	)
	return [row[0] for row in rows]
