"""Bundles on Pick Lists: the list names components, the Delivery Note bundles, so ERPNext counts neither."""

from collections.abc import Iterable

import frappe


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


def write_delivered(pick_lists: Iterable[str]) -> None:
	"""What has left of the components on these lists, and of boxes picked in pieces, and how far the lists
	are; three statements.
	"""
	names = tuple(pick_lists)
	frappe.db.sql(
		"""update `tabPick List Item` row set row.delivered_qty = coalesce((
			select sum(left_with.qty) from `tabDelivery Note Item` dni
			join `tabPacked Item` left_with on left_with.parent_detail_docname = dni.name
				and left_with.parent = dni.parent and left_with.item_code = row.item_code
			where dni.so_detail = row.sales_order_item and dni.against_pick_list = row.parent
				and dni.docstatus = 1), 0)
		where row.parent in %s and row.product_bundle_item <> ''""",
		(names,),
	)
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
