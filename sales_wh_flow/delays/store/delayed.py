"""Orders that are late or at risk, with what explains it."""

from collections.abc import Iterable

import frappe
from frappe.utils import nowdate

from sales_wh_flow.base import there
from sales_wh_flow.delays.rules.alerts import DelayedOrder
from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.lateness import AT_RISK, LATE


def still_delayed(orders: Iterable[str]) -> set[str]:
	"""Those of these that are late or at risk as last committed, held until the transaction ends."""
	wanted = tuple(sorted(set(orders)))
	if not wanted:
		return set()
	rows = frappe.db.sql(
		"""select name from `tabSales Order` force index (primary)
		where name in %s and swf_lateness in %s and docstatus = 1 order by name lock in share mode""",
		(wanted, (LATE, AT_RISK)),
	)
	return {row[0] for row in rows}


def delayed_orders(after: str, most: int) -> list[DelayedOrder]:
	"""The next ones, in the order of their names; one statement."""
	return _orders("so.name > %(after)s", after=after, most=most)


def delayed_order(name: str) -> DelayedOrder | None:
	"""The order, if it is one; one statement."""
	return next(iter(_orders("so.name = %(name)s", name=name, most=1)), None)


def _orders(which: str, **values: object) -> list[DelayedOrder]:
	rows = frappe.db.sql(
		_DELAYED.format(there=there.now_sql("bin"), which=which),
		{"delayed": (LATE, AT_RISK), "waiting": stages.WAITING.name, "today": nowdate(), **values},
		as_dict=True,
	)
	return [
		DelayedOrder(
			order=row.name,
			company=row.company,
			stage=row.stage,
			stage_owner=row.stage_owner or "",
			entered=row.entered_on or row.creation,
			lateness=row.swf_lateness,
			promised=row.promised,
			expected=row.expected,
			warehouse=row.warehouse or "",
			seller=row.owner,
			elsewhere=bool(row.elsewhere),
			part_there=bool(row.part_there),
			due=row.due,
			cause=row.cause or "",
		)
		for row in rows
	]


_DELAYED = """
select so.name, so.company, so.owner, so.creation, so.swf_stage stage, so.swf_lateness,
	log.stage_owner, log.entered_on, log.warehouse, log.cause,
	coalesce(so.swf_last_promised_on, so.swf_requested_on) promised,
	coalesce(so.swf_forecast_on, so.swf_forecast_ships_on) expected,
	if(so.swf_stage = %(waiting)s, (
		select max(soi.swf_ships_on) from `tabSales Order Item` soi
		where soi.parent = so.name and soi.delivered_qty < soi.qty and soi.swf_ships_on > %(today)s
	), null) due,
	if(so.swf_stage = %(waiting)s, exists(
		select 1 from `tabSales Order Item` soi
		join `tabBin` bin on bin.item_code = soi.item_code and bin.warehouse <> soi.warehouse
		join `tabWarehouse` place on place.name = bin.warehouse and place.company = so.company
			and place.swf_is_sellable = 1 and place.disabled = 0
		where soi.parent = so.name and soi.delivered_qty < soi.qty
			and {there} > greatest(bin.reserved_stock, bin.reserved_qty)
	), 0) elsewhere,
	if(so.swf_stage = %(waiting)s, exists(
		select 1 from `tabStock Reservation Entry` sre where sre.voucher_type = 'Sales Order'
			and sre.voucher_no = so.name and sre.docstatus = 1 and sre.status <> 'Delivered'
	), 0) part_there
from `tabSales Order` so
left join `tabOrder Stage Log` log on log.name = so.swf_stage_row
where so.swf_lateness in %(delayed)s and so.docstatus = 1 and {which}
order by so.name limit %(most)s"""
