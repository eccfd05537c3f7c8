"""What the flow status is derived from, read in one statement, and where it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import flt

from sales_wh_flow.base import bulk
from sales_wh_flow.base.compat import OPEN_LOCK_STATUSES, open_qty_sql
from sales_wh_flow.base.settings import counts_boxes
from sales_wh_flow.order.rules.stages import Stage
from sales_wh_flow.order.rules.status_facts import StatusFacts
from sales_wh_flow.order.store import gone
from sales_wh_flow.order.store.inward_orders import per_delivered_sql
from sales_wh_flow.order.store.paid_ahead import OWED_HERE
from sales_wh_flow.order.store.returned import PER_BILLED


@dataclass(frozen=True, slots=True)
class OrderStatus:
	"""An order's facts, and what is written of it: its flow status, and the stage that lasts with who acts in
	it. ``warehouse``: the one that all its goods come from, "" for several.
	"""

	facts: StatusFacts
	flow_status: str | None
	stage: tuple[str, str] | None = None
	company: str = ""
	warehouse: str = ""


@dataclass(frozen=True, slots=True)
class Written:
	"""What is to be written on an order; without ``stage`` and its ``row`` in the log its stage stays."""

	flow_status: str
	stage: Stage | None = None
	row: str | None = None


def status_facts(order: str) -> OrderStatus | None:
	"""The facts of one order, or None when there is no such order."""
	return facts_of_all([order]).get(order)


def facts_of_all(orders: Iterable[str] | None = None, *, unfinished: bool = False) -> dict[str, OrderStatus]:
	"""The facts of these orders by name, of all unfinished ones for None; one statement.

	``unfinished``: of those among them that are not finished.
	"""
	names = None if orders is None else tuple(orders)
	if names == ():
		return {}
	rows = frappe.db.sql(
		_FACTS.format(
			per_billed=PER_BILLED,
			per_delivered=per_delivered_sql(),
			owed=OWED_HERE.format("si"),
			open_qty=open_qty_sql("sre"),
			gone=gone.gone_sql("soi"),
			these=" and ".join(
				[
					*(["so.name in %(orders)s"] if names is not None else []),
					*([_UNFINISHED] if names is None or unfinished else []),
				]
			),
			their_lines=f"soi.parent in {_ALL_UNFINISHED if names is None else '%(orders)s'} and",
		),
		{"orders": names, "open": OPEN_LOCK_STATUSES, "with_customer": WITH_CUSTOMER},
		as_dict=True,
	)
	return {row.name: _order(row) for row in rows}


def _order(row: Any) -> OrderStatus:
	return OrderStatus(
		_facts(row),
		row.swf_flow_status,
		(row.stage, row.stage_owner) if row.stage else None,
		row.company or "",
		row.warehouse or "",
	)


WITH_CUSTOMER = ("Delivered", "Partly Accepted", "Returned", "Cancelled")
"""States of a box that waits for nobody's receipt."""

_UNFINISHED = "so.docstatus < 2 and (so.docstatus = 0 or so.per_delivered < 100 or so.per_billed < 100)"

_ALL_UNFINISHED = f"(select so.name from `tabSales Order` so where {_UNFINISHED})"


def _facts(row: Any) -> StatusFacts:
	return StatusFacts(
		docstatus=row.docstatus,
		erpnext_status=row.status or "",
		open_approvals=int(row.open_approvals or 0),
		rejected_approvals=int(row.rejected_approvals or 0),
		granted_approvals=int(row.granted_approvals or 0),
		ordered_stock=flt(row.ordered),
		delivered_stock=flt(row.delivered),
		locked_stock=flt(row.locked),
		draft_pick_lists=row.draft_pick_lists,
		picked_open_stock=flt(row.picked_open),
		open_packing_slips=row.open_packing_slips,
		open_boxes=row.open_boxes,
		packed_stock=flt(row.packed_in_boxes) + flt(row.packed_by_slips),
		counts_boxes=counts_boxes(row.company),
		unconfirmed_deliveries=row.unconfirmed_deliveries,
		per_billed=flt(row.per_billed),
		per_delivered=flt(row.per_delivered),
		unpaid_base=flt(row.unpaid),
		is_overdue=row.money_state == "Overdue",
		waits_for_supplier=bool(row.waits_for_supplier),
	)


def write_all(orders: Mapping[str, Written]) -> None:
	"""Store flow status and stage of several orders in one statement, none for none. Their time stamps stay,
	so that open forms stay valid.
	"""
	if not orders:
		return
	stages = {order: it.stage.name for order, it in orders.items() if it.stage}
	columns = [_case("swf_flow_status", {order: it.flow_status for order, it in orders.items()})]
	if stages:
		columns += [
			_case("swf_stage", stages),
			_case("swf_stage_row", {order: orders[order].row for order in stages}),
		]
	frappe.db.sql(
		f"""update `tabSales Order` force index (primary)
		set {", ".join(sql for sql, _ in columns)} where name in %s""",
		(*(value for _, values in columns for value in values), tuple(orders)),
	)
	bulk.forget_cached("Sales Order", orders)
	for order, it in orders.items():
		_publish(order, it.flow_status)


def _case(column: str, values: Mapping[str, str | None]) -> tuple[str, list[str | None]]:
	cases = " ".join("when %s then %s" for _ in values)
	return (
		f"`{column}` = case name {cases} else `{column}` end",
		[part for pair in values.items() for part in pair],
	)


def _publish(order: str, flow_status: str) -> None:
	frappe.publish_realtime(
		"swf_flow_status",
		{"flow_status": flow_status},
		doctype="Sales Order",
		docname=order,
		after_commit=True,
	)


def open_orders() -> list[str]:
	"""Orders that are not finished, oldest first."""
	rows = frappe.db.sql(f"select so.name from `tabSales Order` so where {_UNFINISHED} order by so.creation")
	return [row[0] for row in rows]


def orders_of_invoices(invoices: Iterable[str]) -> set[str]:
	"""The orders that these invoices have rows of; one statement, none for none."""
	names = tuple(invoices)
	if not names:
		return set()
	rows = frappe.db.sql(
		"select distinct sales_order from `tabSales Invoice Item` where parent in %s", (names,)
	)
	return {row[0] for row in rows if row[0]}


def orders_of_delivery_note(delivery_note: str | None) -> set[str]:
	"""The orders that a Delivery Note has rows of; one statement."""
	rows = frappe.db.sql(
		"select distinct against_sales_order from `tabDelivery Note Item` where parent = %s", delivery_note
	)
	return {row[0] for row in rows if row[0]}


# Lines that are neither stock items nor shipped by us never keep an order from being complete. A product
# bundle counts by its components.
_FACTS = """
select so.name, so.docstatus, so.status, so.swf_flow_status, so.company,
	{per_delivered} per_delivered,
	{per_billed} per_billed,
	log.stage, log.stage_owner, money.state money_state,
	if(line.warehouse = line.other_warehouse, line.warehouse, '') warehouse,
	(select sum(state = 'Open') from `tabOrder Approval` where sales_order = so.name) open_approvals,
	(select sum(state = 'Rejected') from `tabOrder Approval` where sales_order = so.name) rejected_approvals,
	(select sum(state = 'Approved') from `tabOrder Approval` where sales_order = so.name) granted_approvals,
	line.ordered * (so.skip_delivery_note = 0) ordered, line.delivered,
	exists (select 1 from `tabSales Order Item` soi where soi.parent = so.name
		and soi.delivered_by_supplier = 1 and soi.delivered_qty < soi.qty) waits_for_supplier,
	(select sum({open_qty}) from `tabStock Reservation Entry` sre where sre.voucher_type = 'Sales Order'
		and sre.voucher_no = so.name and sre.docstatus = 1 and sre.status in %(open)s) locked,
	(select count(distinct pl.name) from `tabPick List Item` pli
		join `tabPick List` pl on pl.name = pli.parent
		where pli.sales_order = so.name and pl.docstatus = 0) draft_pick_lists,
	(select sum(greatest(pli.picked_qty - coalesce((
			select sum(dni.stock_qty) from `tabDelivery Note Item` dni
			where dni.so_detail = pli.sales_order_item and dni.pick_list_item = pli.name
				and dni.docstatus = 1), 0) - if(pli.product_bundle_item <> '', pli.delivered_qty, 0), 0))
		from `tabPick List Item` pli where pli.sales_order = so.name and pli.docstatus = 1) picked_open,
	(select count(distinct ps.name) from `tabDelivery Note Item` dni
		join `tabPacking Slip` ps on ps.delivery_note = dni.parent
		where dni.against_sales_order = so.name and dni.docstatus = 0 and ps.docstatus = 0
	) open_packing_slips,
	(select count(distinct box.name) from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where content.sales_order = so.name and box.state = 'Open') open_boxes,
	(select sum(packed_qty) from `tabPacked Quantity` where sales_order = so.name) packed_in_boxes,
	(select sum(dni.packed_qty * dni.conversion_factor) from `tabDelivery Note Item` dni
		where dni.against_sales_order = so.name and dni.docstatus = 0) packed_by_slips,
	(select count(distinct dn.name) from `tabDelivery Note Item` dni
		join `tabDelivery Note` dn on dn.name = dni.parent
		where dni.against_sales_order = so.name and dn.docstatus = 1 and dn.is_return = 0
		and dn.swf_delivered_on is null)
	+ (select count(distinct box.name) from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		join `tabSales Invoice` bill on bill.name = box.sales_invoice and bill.docstatus = 1
		where content.sales_order = so.name and box.state not in %(with_customer)s) unconfirmed_deliveries,
	(select sum({owed}) from `tabSales Invoice` si where si.docstatus = 1
		and si.name in (select sii.parent from `tabSales Invoice Item` sii
			where sii.sales_order = so.name)) unpaid
from `tabSales Order` so
left join `tabOrder Stage Log` log on log.name = so.swf_stage_row
left join `tabOrder Money` money on money.name = so.name
left join (
	select parent, sum(ordered) ordered, sum(delivered) delivered, min(warehouse) warehouse,
		max(warehouse) other_warehouse
	from (
		select soi.parent, soi.warehouse, soi.stock_qty ordered,
			least({gone} * soi.conversion_factor, soi.stock_qty) delivered
		from `tabSales Order Item` soi join `tabItem` item on item.name = soi.item_code
		where {their_lines} soi.delivered_by_supplier = 0 and item.is_stock_item = 1
		union all
		select soi.parent, packed.warehouse, packed.qty, packed.qty * least({gone} / soi.qty, 1)
		from `tabSales Order Item` soi
		join `tabPacked Item` packed on packed.parent = soi.parent and packed.parenttype = 'Sales Order'
			and packed.parent_detail_docname = soi.name
		join `tabItem` item on item.name = packed.item_code
		where {their_lines} soi.delivered_by_supplier = 0 and item.is_stock_item = 1 and soi.qty > 0
	) goods group by parent
) line on line.parent = so.name
where {these}"""
