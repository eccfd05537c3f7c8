"""Bundles on Pick Lists: the list names components, the Delivery Note bundles, so ERPNext counts neither."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import flt

from sales_wh_flow.base import bulk
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.serial_nos import typed_lots
from sales_wh_flow.stock_lock.rules.picked_parts import NO_LOT, PickedPart, left_of_rows

Component = tuple[str, str, str]
"""(Pick List, order line, item) of a component that was picked."""


def delivered(pick_list: str) -> dict[str, float]:
	"""{order line: bundles that have left by notes from this list}, in the line's own UOM."""
	rows = frappe.db.sql(
		"""select dni.so_detail, sum(dni.qty) from `tabDelivery Note Item` dni
		where dni.against_pick_list = %s and coalesce(dni.pick_list_item, '') = '' and dni.docstatus = 1
			and dni.so_detail in (select row.sales_order_item from `tabPick List Item` row
				where row.parent = %s and row.product_bundle_item <> '')
		group by dni.so_detail""",
		(pick_list, pick_list),
	)
	return dict(rows)


def lots_left(pick_lists: Iterable[str]) -> dict[Component, dict[str, float]]:
	"""{component: {batch or serial number: what of it was picked and has not left}}, what was picked first
	first; two statements, plain reads.
	"""
	names = tuple(pick_lists)
	gone = _gone_parts(names)
	found: dict[Component, dict[str, float]] = {}
	for component, rows in _picked_parts(names).items():
		lots = found.setdefault(component, defaultdict(float))
		for row in left_of_rows(rows, gone[component]).values():
			for lot, qty in row.items():
				lots[lot] += qty
	return found


def _picked_parts(names: tuple[str, ...], lock: str = "") -> dict[Component, list[PickedPart]]:
	"""The rows of these lists that hold components."""
	rows = frappe.db.sql(
		f"""select parent, sales_order_item, item_code, name, serial_no, batch_no, picked_qty
		from `tabPick List Item` where parent in %s and docstatus = 1 and product_bundle_item <> ''
		order by parent, idx {lock}""",
		(names,),
	)
	found: dict[Component, list[PickedPart]] = defaultdict(list)
	for parent, line, item, name, serials, batch, qty in rows:
		lots = typed_lots(serials, batch, flt(qty)) or {NO_LOT: flt(qty)}
		found[parent, line, item].append(PickedPart(name, lots))
	return found


def _gone_parts(names: tuple[str, ...], lock: str = "") -> dict[Component, dict[str, float]]:
	"""{component: {batch or serial number: what has left by notes from its list}}."""
	rows = frappe.db.sql(
		f"""select dni.against_pick_list, dni.so_detail, part.item_code,
			coalesce(nullif(entry.serial_no, ''), nullif(entry.batch_no, ''), %s),
			sum(coalesce(abs(entry.qty), part.qty))
		from `tabDelivery Note Item` dni
		join `tabPacked Item` part on part.parent_detail_docname = dni.name and part.parent = dni.parent
		left join `tabSerial and Batch Entry` entry on entry.parent = nullif(part.serial_and_batch_bundle, '')
		where dni.against_pick_list in %s and dni.docstatus = 1
		group by 1, 2, 3, 4 {lock}""",
		(NO_LOT, names),
	)
	found: dict[Component, dict[str, float]] = defaultdict(lambda: defaultdict(float))
	for pick_list, line, item, lot, qty in rows:
		found[pick_list, line, item][lot] += flt(qty)
	return found


def write_delivered(pick_lists: Iterable[str]) -> None:
	"""What has left of the components on these lists, and of boxes picked in pieces, and how far the lists
	are; five statements.
	"""
	names = tuple(pick_lists)
	_write_gone(_picked_parts(names, "for update"), _gone_parts(names, "lock in share mode"))
	frappe.db.sql(
		"""update (
			select pick.name, greatest(0, least(pick.picked_qty, gone.qty + pick.picked_qty
				- sum(pick.picked_qty) over (
					partition by pick.parent, pick.sales_order_item, pick.warehouse order by pick.idx))) qty
			from `tabPick List Item` pick join (
				select against_pick_list, so_detail, warehouse, sum(if(docstatus = 1, stock_qty, 0)) qty
				from `tabDelivery Note Item` where against_pick_list in %s and docstatus > 0
					and coalesce(pick_list_item, '') = ''
				group by against_pick_list, so_detail, warehouse
			) gone on gone.against_pick_list = pick.parent and gone.so_detail = pick.sales_order_item
				and gone.warehouse = pick.warehouse
			where coalesce(pick.product_bundle_item, '') = ''
		) left_together
		straight_join `tabPick List Item` row force index (primary) on row.name = left_together.name
		set row.delivered_qty = left_together.qty""",
		(names,),
	)
	write_how_far(names)


def _write_gone(
	picked: Mapping[Component, list[PickedPart]], gone: Mapping[Component, Mapping[str, float]]
) -> None:
	delivered_of: dict[str, float] = {}
	for component, rows in picked.items():
		left = left_of_rows(rows, gone[component])
		for row in rows:
			delivered_of[row.name] = rounded(sum(row.lots.values()) - sum(left[row.name].values()))
	bulk.set_each("Pick List Item", "delivered_qty", delivered_of)


def write_how_far(pick_lists: Iterable[str]) -> None:
	"""How much of these lists has left; one statement."""
	names = tuple(pick_lists)
	frappe.db.sql(
		"""update (
			select row.parent, 100 * sum(least(row.delivered_qty, row.picked_qty)) / sum(row.picked_qty) part
			from `tabPick List Item` row force index (parent) where row.parent in %s group by row.parent
			having sum(row.picked_qty) > 0
		) goods straight_join `tabPick List` doc force index (primary) on doc.name = goods.parent
		set doc.per_delivered = round(goods.part, 6), doc.delivery_status = case
			when goods.part < 0.001 then 'Not Delivered'
			when goods.part >= 99.999999 then 'Fully Delivered' else 'Partly Delivered' end""",
		(names,),
	)
