"""Orders that are paid at the door, and what their boxes hold of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import flt

from sales_wh_flow.order.store.paid_ahead import STILL_OWED, TOTAL_HERE
from sales_wh_flow.packing.rules import collect, states
from sales_wh_flow.packing.rules.collect import RowWorth

_EACH = """case when part.name is null
	then line.base_net_amount / nullif(line.stock_qty, 0)
	else line.base_net_amount / nullif(part.qty, 0) / (
		select count(*) from `tabPacked Item` each_part
		where each_part.parent_detail_docname = line.name and each_part.parenttype = 'Sales Order')
	end"""

_GOODS = """(select sum(ordered.base_net_amount) from `tabSales Order Item` ordered
	join `tabItem` item on item.name = ordered.item_code
	where ordered.parent = so.name and (item.is_stock_item = 1 or exists (
		select 1 from `tabPacked Item` bundled
		where bundled.parent_detail_docname = ordered.name and bundled.parenttype = 'Sales Order')))"""


_AT_THE_DOOR = tuple(sorted(states.AT_THE_DOOR))


@dataclass(frozen=True, slots=True)
class ToCollect:
	"""Of one order, in the company's currency. ``total``: what all its boxes bear together; ``whole``: its
	goods; ``before``: in other closed boxes, without what was refused; ``own``: in the box asked about.
	"""

	order: str
	total: float
	whole: float
	before: float
	own: float


def to_collect(box: str, orders: Sequence[str]) -> list[ToCollect]:
	"""Those of the orders that are paid at the door. The caller holds the orders; two statements, one where
	none is.
	"""
	named = tuple(orders) or ("",)
	known = frappe.db.sql(
		f"""select so.name, {TOTAL_HERE}, {STILL_OWED}, {_GOODS}
		from `tabSales Order` so join `tabCompany` company on company.name = so.company
		where so.name in %s and so.swf_cod = 1 order by so.name""",
		(named,),
	)
	if not known:
		return []
	inside = frappe.db.sql(
		f"""select content.sales_order, content.parent = %s, other.state in %s, other.cod_amount,
			sum(content.qty_stock * {_EACH}), sum((content.qty_stock - if(other.state in %s,
				coalesce(content.refused_qty, 0), 0)) * {_EACH})
		from `tabOrder Box Item` content
		join `tabOrder Box` other on other.name = content.parent
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.sales_order in %s
			and (other.name = %s or (other.cod_amount > 0 and other.state not in ('Cancelled', 'Returned')))
		group by content.sales_order, other.name lock in share mode""",
		(box, _AT_THE_DOOR, _AT_THE_DOOR, named, box),
	)
	found = []
	for name, total, owed, whole in known:
		own = before = delivered = delivered_worth = 0.0
		for order, is_own, is_delivered, amount, packed, kept in inside:
			if order != name:
				continue
			if is_own:
				own += flt(packed)
				continue
			before += flt(kept)
			if is_delivered and packed and whole:
				delivered_worth += total * flt(kept) / whole
				delivered += min(flt(amount), total * flt(packed) / whole) * flt(kept) / flt(packed)
		borne = collect.borne_by_boxes(flt(total), flt(owed), delivered, delivered_worth)
		found.append(ToCollect(name, borne, flt(whole), before, own))
	return found


def boxes_that_collect(order: str) -> list[str]:
	"""The closed boxes with goods of an order that say what is to be collected; one locking read."""
	rows = frappe.db.sql(
		"""select distinct box.name from `tabOrder Box Item` content
		join `tabOrder Box` box on box.name = content.parent
		where content.sales_order = %s and content.qty_stock > 0 and box.cod_amount > 0
			and box.state not in ('Open', 'Cancelled', 'Returned')
		order by box.name lock in share mode""",
		order,
	)
	return [row[0] for row in rows]


def worth_of_rows(boxes: Iterable[str]) -> dict[str, dict[str, RowWorth]]:
	"""{box: {row: of which order it is and what it is worth}} of what lies in these boxes and is paid at the
	door; one statement, none for no box.
	"""
	wanted = tuple(boxes)
	found: dict[str, dict[str, RowWorth]] = defaultdict(dict)
	if not wanted:
		return found
	rows = frappe.db.sql(
		f"""select content.parent, content.name, so.name,
			content.qty_stock * {_EACH} * {TOTAL_HERE} / nullif({_GOODS}, 0)
		from `tabOrder Box Item` content
		join `tabSales Order` so on so.name = content.sales_order and so.swf_cod = 1
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.parent in %s and content.qty_stock > 0""",
		(wanted,),
	)
	for box, row, order, worth in rows:
		found[box][row] = RowWorth(order, flt(worth))
	return found
