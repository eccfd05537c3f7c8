"""Orders that are paid at the door, and what their boxes hold of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import flt

_WORTH = """content.qty_stock * case when part.name is null
	then line.base_net_amount / nullif(line.stock_qty, 0)
	else line.base_net_amount / nullif(part.qty, 0) / (
		select count(*) from `tabPacked Item` each_part
		where each_part.parent_detail_docname = line.name and each_part.parenttype = 'Sales Order')
	end"""

_GOODS = """(select sum(ordered.base_net_amount) from `tabSales Order Item` ordered
	join `tabItem` item on item.name = ordered.item_code
	where ordered.parent = sales.name and (item.is_stock_item = 1 or exists (
		select 1 from `tabPacked Item` bundled
		where bundled.parent_detail_docname = ordered.name and bundled.parenttype = 'Sales Order')))"""


@dataclass(frozen=True, slots=True)
class ToCollect:
	"""Of one order, in the company's currency. ``total``: what the customer has not paid in advance;
	``whole``: its goods; ``before``: in other closed boxes; ``own``: in the box that is asked about.
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
		f"""select sales.name,
			coalesce(nullif(sales.base_rounded_total, 0), sales.base_grand_total)
				* greatest(1 - coalesce(sales.advance_paid, 0) / nullif(sales.grand_total, 0), 0),
			{_GOODS}
		from `tabSales Order` sales where sales.name in %s and sales.swf_cod = 1 order by sales.name""",
		(named,),
	)
	if not known:
		return []
	inside = frappe.db.sql(
		f"""select content.sales_order, content.parent = %s, sum({_WORTH})
		from `tabOrder Box Item` content
		join `tabOrder Box` other on other.name = content.parent
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.sales_order in %s
			and (other.name = %s or (other.cod_amount > 0 and other.state not in ('Cancelled', 'Returned')))
		group by content.sales_order, content.parent = %s lock in share mode""",
		(box, named, box, box),
	)
	worth = {(order, bool(own)): flt(value) for order, own, value in inside}
	return [
		ToCollect(name, flt(total), flt(whole), worth.get((name, False), 0.0), worth.get((name, True), 0.0))
		for name, total, whole in known
	]


def worth_of_rows(boxes: Iterable[str]) -> dict[str, dict[str, float]]:
	"""{box: {row: what it is worth}} of what lies in these boxes and is paid at the door, with what it bears
	of its order's taxes and charges; one statement, none for no box.
	"""
	wanted = tuple(boxes)
	found: dict[str, dict[str, float]] = defaultdict(dict)
	if not wanted:
		return found
	rows = frappe.db.sql(
		f"""select content.parent, content.name, {_WORTH}
			* coalesce(nullif(sales.base_rounded_total, 0), sales.base_grand_total) / nullif({_GOODS}, 0)
		from `tabOrder Box Item` content
		join `tabSales Order` sales on sales.name = content.sales_order and sales.swf_cod = 1
		join `tabSales Order Item` line on line.name = content.sales_order_item
		left join `tabPacked Item` part on part.name = content.packed_item and part.parenttype = 'Sales Order'
		where content.parenttype = 'Order Box' and content.parent in %s and content.qty_stock > 0""",
		(wanted,),
	)
	for box, row, worth in rows:
		found[box][row] = flt(worth)
	return found
