"""The lives of orders that have left, for the table of how long stages take."""

from collections.abc import Iterable
from datetime import date

import frappe

from sales_wh_flow.order.rules.forecast import Group
from sales_wh_flow.order.store import stage_durations
from sales_wh_flow.stage_clock.rules import durations
from sales_wh_flow.stage_clock.rules.durations import Life

_CHUNK = 1000


def companies() -> list[str]:
	"""All companies, by name."""
	return frappe.get_all("Company", pluck="name", order_by="name")


def lives_of_company(company: str, since: date) -> Iterable[Life]:
	"""The lives of orders that were entered since a day; two statements for each thousand."""
	names = [
		row[0]
		for row in frappe.db.sql(
			"""select name from `tabSales Order` where company = %s and creation >= %s and docstatus < 2
			order by creation""",
			(company, since),
		)
	]
	for start in range(0, len(names), _CHUNK):
		yield from _some(company, tuple(names[start : start + _CHUNK]))


def _some(company: str, orders: tuple[str, ...]) -> Iterable[Life]:
	groups = _groups(orders)
	calendars = {
		place: stage_durations.working_days(company, place)
		for place in {group.warehouse for group in groups.values()} | {""}
	}
	rows = frappe.db.sql(
		"""select sales_order, stage, entered_on, left_on, flow_status from `tabOrder Stage Log`
		where sales_order in %s order by sales_order, entered_on, coalesce(left_on, '9999-12-31')""",
		(orders,),
		as_dict=True,
	)
	for order, passages in durations.by_order(rows).items():
		group = groups.get(order, Group())
		yield Life(passages, group, calendars[group.warehouse])


def _groups(orders: tuple[str, ...]) -> dict[str, Group]:
	"""What each order is like; what its lines do not have in common is left out."""
	rows = frappe.db.sql(
		"""select so.name, coalesce(so.swf_courier, ''),
			if(min(soi.warehouse) = max(soi.warehouse), min(soi.warehouse), ''),
			if(min(soi.item_group) = max(soi.item_group), min(soi.item_group), '')
		from `tabSales Order` so join `tabSales Order Item` soi on soi.parent = so.name
		where so.name in %s group by so.name""",
		(orders,),
	)
	return {name: Group(place or "", courier, goods or "") for name, courier, place, goods in rows}
