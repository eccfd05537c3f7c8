"""What the page Pack shows: lists with something to pack, what is left of one, its boxes and a proposal."""

import frappe

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.settings import packing_gate
from sales_wh_flow.packing.answers import (
	BoxAnswer,
	ContentRow,
	ListToPack,
	OpenBox,
	ProposedBox,
	ProposedBoxes,
	RowToPack,
	ShipToPacked,
	ToPack,
	UsedBoxType,
)
from sales_wh_flow.packing.open_box import PackedFrom
from sales_wh_flow.packing.rules.pick_rows import PickedRow
from sales_wh_flow.packing.rules.propose import Goods, Kind, Proposed, propose_boxes
from sales_wh_flow.packing.store import contents, measures, work

MOST_LISTS = 50


def lists_to_pack(warehouse: str | None = None) -> list[ListToPack]:
	"""Submitted Pick Lists the user may read with something left to pack, the newest first."""
	filters = {"docstatus": 1, "purpose": "Delivery", "status": ("!=", "Completed")}
	if warehouse:
		filters["parent_warehouse"] = warehouse
	found = frappe.get_list(
		"Pick List",
		filters,
		["name", "parent_warehouse as warehouse", "swf_courier as courier"],
		order_by="creation desc",
		limit_page_length=MOST_LISTS,
	)
	left = work.left_of_lists([row.name for row in found])
	return [
		{
			"name": row.name,
			"warehouse": row.warehouse,
			"courier": row.courier,
			**left[row.name],
		}
		for row in found
		if row.name in left
	]


def to_pack(source: PackedFrom) -> ToPack:
	"""What is left of a Pick List, or of an order, by ship-to."""
	rows = source.rows()
	company = rows[0].company if rows else None
	types = work.box_types()
	groups: dict[tuple, list[PickedRow]] = {}
	for row in rows:
		groups.setdefault((row.customer, row.ship_to or "", row.warehouse), []).append(row)
	return {
		"pick_list": source.pick_list,
		"order": source.order,
		"is_picked": bool(rows) or not _is_draft(source.pick_list),
		"gate": packing_gate(company),
		"types": types,
		"ship_tos": [_ship_to(some, types) for some in groups.values()],
	}


def _is_draft(pick_list: str | None) -> bool:
	return bool(pick_list) and frappe.db.get_value("Pick List", pick_list, "docstatus") == 0


def _ship_to(rows: list[PickedRow], types: list[UsedBoxType]) -> ShipToPacked:
	first = rows[0]
	to = measures.ship_to_of(first.sales_order)
	boxes = measures.open_boxes(first.customer, first.ship_to, first.warehouse)
	inside = contents.contents_of([box["name"] for box in boxes])
	listed = {row.name for row in rows}
	own = {it.box for it in inside if it.pick_list_item in listed}
	return {
		"customer": first.customer,
		"customer_name": first.customer_name,
		"ship_to": first.ship_to,
		"warehouse": first.warehouse,
		"text": to.text,
		"courier": to.courier,
		"orders": sorted({row.sales_order for row in rows}),
		"rows": [_row(row) for row in rows],
		"boxes": [
			{
				**box,
				"contents": [content_row(it) for it in inside if it.box == box["name"]],
				"is_of_list": box["name"] in own,
			}
			for box in boxes
		],
		"proposal": _proposal(rows, types),
	}


def _row(row: PickedRow) -> RowToPack:
	return {
		"name": row.name,
		"order": row.sales_order,
		"item_code": row.item_code,
		"item_name": row.item_name,
		"uom": row.stock_uom,
		"batch_no": row.batch_no,
		"serial_nos": list(row.serial_nos),
		"picked": rounded(row.picked_stock - row.delivered_stock),
		"left": row.left_stock,
	}


def content_row(it: contents.Content) -> ContentRow:
	"""A row of a box as the page shows it."""
	return {
		"name": it.name,
		"order": it.sales_order,
		"item_code": it.item_code,
		"item_name": it.item_name,
		"qty": it.qty_stock,
		"uom": it.stock_uom,
		"batch_no": it.batch_no,
		"serial_nos": list(it.serial_nos),
	}


def _proposal(rows: list[PickedRow], types: list[UsedBoxType]) -> ProposedBoxes:
	goods = [
		Goods(row.item_code, row.left_stock, row.sides_cm, row.weight_kg)
		for row in rows
		if is_positive(row.left_stock)
	]
	kinds = [
		Kind(
			it["name"],
			_sides_cm(it),
			it["tare_kg"],
			it["max_weight_kg"],
			float(it["own_cost"]),
		)
		for it in types
		if it["kind"] != "Pallet"
	]
	found = propose_boxes(goods, kinds)
	return {
		"boxes": tuple(_proposed(box) for box in found.boxes),
		"unknown": found.unknown,
		"too_large": found.too_large,
	}


def _sides_cm(it: UsedBoxType) -> tuple[float, float, float]:
	"""Shortest first."""
	shortest, middle, longest = sorted((it["length_cm"], it["width_cm"], it["height_cm"]))
	return shortest, middle, longest


def _proposed(box: Proposed) -> ProposedBox:
	return {
		"kind": box.kind,
		"goods": box.goods,
		"weight_kg": box.weight_kg,
		"filled_pct": box.filled_pct,
	}


def box_answer(box: str) -> BoxAnswer:
	"""A box as the page shows it after a step; two statements."""
	row: OpenBox = frappe.db.get_value("Order Box", box, [*measures.SHOWN], as_dict=True)
	return {**row, "contents": [content_row(it) for it in contents.contents_of([box])]}
