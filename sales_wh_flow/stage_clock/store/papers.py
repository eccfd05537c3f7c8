"""What the documents of orders without a stage log tell of their stages, and the log made of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import frappe

from sales_wh_flow.base import bulk
from sales_wh_flow.order.rules.stages import ENDED, stage_of
from sales_wh_flow.order.rules.status import derive
from sales_wh_flow.order.store import status
from sales_wh_flow.order.store.stage_log import DOCTYPE
from sales_wh_flow.stage_clock.rules.rebuild import Papers, StageSpan


def orders_without_log(after: str, most: int) -> list[str]:
	"""The next orders that have no stage log, in the order of their names, past ``after``."""
	rows = frappe.db.sql(
		f"""select so.name from `tabSales Order` so where so.name > %s
			and not exists (select 1 from `tab{DOCTYPE}` log where log.sales_order = so.name)
		order by so.name limit %s""",
		(after, most),
	)
	return [row[0] for row in rows]


def known_of_orders(orders: Iterable[str]) -> dict[str, tuple[Papers, status.OrderStatus]]:
	"""What is known of each order; six statements."""
	names = tuple(orders)
	facts = status.facts_of_all(names)
	approvals, lists, notes, bills = (_dates(sql, names) for sql in (_APPROVALS, _LISTS, _NOTES, _BILLS))
	found = {}
	for row in frappe.db.sql(_ORDERS, {"orders": names}, as_dict=True):
		known = facts[row.name]
		listed = tuple((made, picked) for made, picked in lists[row.name])
		left = tuple(moment for moment, _delivered in notes[row.name])
		delivered = [delivered for _moment, delivered in notes[row.name]]
		billed = [moment for moment, _paid in bills[row.name]]
		is_sent = known.facts.per_delivered >= 100
		first = min(
			(it for it in (row.locked_first, *(made for made, _ in listed), *left, *billed) if it),
			default=None,
		)
		stage = stage_of(derive(known.facts), known.facts)
		papers = Papers(
			created=row.creation,
			changed=row.modified,
			stage=stage,
			submitted=max(first or row.creation, row.creation) if row.docstatus else None,
			asked=tuple(asked for asked, _ in approvals[row.name] if asked),
			decided=tuple(decided for _, decided in approvals[row.name] if decided),
			locked_last=row.locked_last,
			listed=listed,
			left=left,
			all_left=is_sent,
			delivered=max(delivered) if delivered and all(delivered) else None,
			billed=max(billed) if billed and known.facts.per_billed >= 100 else None,
			paid=row.paid_last if stage == ENDED else None,
		)
		found[row.name] = (papers, known)
	return found


def write_log(lives: Mapping[str, tuple[tuple[StageSpan, ...], status.OrderStatus]]) -> None:
	"""Write the log of orders, and their stage on them: a statement for 5,000 spans, and one."""
	rows, stages = [], {}
	for order, (spans, known) in lives.items():
		names = bulk.new_names(len(spans))
		rows += [_row(name, order, span, known) for name, span in zip(names, spans, strict=True)]
		stages[order] = status.Written(known.flow_status or "", spans[-1].stage, names[-1])
	bulk.insert(DOCTYPE, _FIELDS, rows)
	status.write_all(stages)


_FIELDS = (
	*("name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"),
	*("sales_order", "company", "warehouse", "rebuilt"),
	*("stage", "stage_owner", "delay_of", "entered_on", "left_on"),
)


def _row(name: str, order: str, span: StageSpan, known: status.OrderStatus) -> tuple[Any, ...]:
	stamp, user, stage = span.entered, frappe.session.user, span.stage
	return (
		*(name, user, stamp, stamp, user, 0, 0),
		*(order, known.company, known.warehouse or None, 1),
		*(stage.name, stage.owner, stage.delay_of, span.entered, span.left),
	)


def _dates(sql: str, orders: tuple[str, ...]) -> dict[str, list[tuple[Any, Any]]]:
	found: dict[str, list[Any]] = defaultdict(list)
	for order, first, second in frappe.db.sql(sql, {"orders": orders}):
		found[order].append((first, second))
	return found


_ORDERS = """
select so.name, so.creation, so.modified, so.docstatus,
	(select min(event.creation) from `tabStock Lock Event` event
		where event.sales_order = so.name and event.qty_stock > 0) locked_first,
	(select max(event.creation) from `tabStock Lock Event` event
		where event.sales_order = so.name and event.qty_stock > 0 and event.creation <= coalesce((
			select min(list.creation) from `tabPick List Item` row join `tabPick List` list
				on list.name = row.parent
			where row.sales_order = so.name and list.docstatus < 2), '9999-12-31')) locked_last,
	(select timestamp(max(paid.posting_date)) from `tabPayment Entry Reference` ref
		join `tabPayment Entry` paid on paid.name = ref.parent and paid.docstatus = 1
		where (ref.reference_doctype = 'Sales Order' and ref.reference_name = so.name)
			or (ref.reference_doctype = 'Sales Invoice' and ref.reference_name in (
				select bill.parent from `tabSales Invoice Item` bill where bill.sales_order = so.name))
	) paid_last
from `tabSales Order` so where so.name in %(orders)s"""

_APPROVALS = """
select sales_order, coalesce(requested_on, creation), decided_on from `tabOrder Approval`
where sales_order in %(orders)s"""

_LISTS = """
select distinct row.sales_order, list.creation, if(list.docstatus = 1, list.modified, null)
from `tabPick List Item` row join `tabPick List` list on list.name = row.parent and list.docstatus < 2
where row.sales_order in %(orders)s"""

_NOTES = """
select distinct row.against_sales_order, timestamp(note.posting_date, note.posting_time),
	note.swf_delivered_on
from `tabDelivery Note Item` row
join `tabDelivery Note` note on note.name = row.parent and note.docstatus = 1 and note.is_return = 0
where row.against_sales_order in %(orders)s"""

_BILLS = """
select distinct row.sales_order, timestamp(bill.posting_date, bill.posting_time), null
from `tabSales Invoice Item` row
join `tabSales Invoice` bill on bill.name = row.parent and bill.docstatus = 1 and bill.is_return = 0
where row.sales_order in %(orders)s"""
