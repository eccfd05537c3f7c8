"""What the desk and other programs may call to pick goods."""

from collections.abc import Callable
from typing import TypeVar

import frappe
from frappe.model.document import Document
from frappe.utils import flt

from erpnext.selling.doctype.sales_order import sales_order as native_order

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.may import may
from sales_wh_flow.base.once import done_once
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.order import refresh_status
from sales_wh_flow.picking import pick, walk, walk_shown, wave, whole_order
from sales_wh_flow.picking import short_pick as picking_short
from sales_wh_flow.picking import warehouse_work as work_of_warehouses
from sales_wh_flow.picking.answers import (
	FinishedList,
	FoundOfRow,
	LineOfWork,
	PickListShown,
	RestOfRow,
	ScannedRow,
	ShortenedList,
	ShortRest,
	WalkedList,
	WorkOfWarehouses,
)

Answer = TypeVar("Answer")


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_pick_lists(sales_order: str) -> list[str]:
	"""Draft Pick Lists for what is locked, one per warehouse. Returns their names."""
	frappe.has_permission("Pick List", "create", throw=True)
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")

	def work():
		names = pick.make_lists(frappe.get_doc("Sales Order", sales_order))
		refresh_status.refresh_order(sales_order)
		return names

	return retry.from_a_fresh_transaction(work)


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def create_pick_list_of_order(source_name: str, target_doc: str | dict | Document | None = None) -> Document:
	"""ERPNext's draft Pick List of an order, which hooks.py sends here; not saved."""
	frappe.get_doc("Sales Order", source_name).check_permission("read")
	frappe.has_permission("Pick List", "create", throw=True)
	return pick.draft_of(source_name, target_doc, native_order.create_pick_list)


@frappe.whitelist(methods=["POST"])
@border.checked()
def submit_pick_lists(sales_order: str) -> list[str]:
	"""Everything on an order's own draft Pick Lists was found: submit them, all or none. Their names."""
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: whole_order.submit_lists(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_delivery_notes(sales_order: str) -> list[str]:
	"""The draft Delivery Notes of an order, one for each warehouse. Returns their names."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: whole_order.make_notes(sales_order))


@frappe.whitelist(methods=["POST"])
@border.checked()
def send_order(sales_order: str) -> list[str]:
	"""Make the Delivery Notes of an order, one for each warehouse, and submit them. Returns their names."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	frappe.has_permission("Delivery Note", "submit", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: whole_order.send_all(sales_order))


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_work(company: str | None = None) -> WorkOfWarehouses:
	"""What the warehouses that the user may see have to do, busiest first."""
	frappe.has_permission("Warehouse", "read", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.overview(company or None)


@frappe.whitelist(methods=["GET"])
@border.checked()
def warehouse_lines(warehouse: str, kind: str) -> list[LineOfWork]:
	"""The lines behind one number of a warehouse, in stock UOM."""
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	frappe.has_permission("Sales Order", "read", throw=True)
	return work_of_warehouses.work_lines(warehouse, kind)


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave(warehouse: str, by: str, key: str = "") -> str:
	"""One draft Pick List for a group of a warehouse's orders. Returns its name."""
	frappe.has_permission("Pick List", "create", throw=True)
	frappe.has_permission("Sales Order", "read", throw=True)
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: wave.make_wave(warehouse, by, key))


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_wave_delivery_notes(pick_list: str) -> list[str]:
	"""Draft Delivery Notes for what a wave picked, one for each order. Returns their names."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return wave.make_delivery_notes(picked)


@frappe.whitelist(methods=["POST"])
@border.checked()
def short_pick(pick_list: str, row: str, found: float, reason: str) -> ShortRest:
	"""A picker found only so much of a row, in stock UOM, and says why; the rest is served from elsewhere.

	Who may not change the order moves nothing; the settings may let the flow do it right afterwards.
	"""
	doc = frappe.get_doc("Pick List", pick_list)
	doc.check_permission("write")
	may_move = _may_move(doc, row)
	rest = retry.from_a_fresh_transaction(
		lambda: picking_short.record_short_pick(pick_list, row, flt(found), reason, may_move=may_move)
	)
	return picking_short.rest_in_words(rest)


def _may_move(pick_list: Document, row: str) -> bool:
	"""Whether the user may change the order that a row picks for."""
	order = next((it.sales_order for it in pick_list.locations if it.name == row and it.sales_order), None)
	return bool(order) and all(
		frappe.has_permission("Sales Order", right, doc=order) for right in ("write", "submit")
	)


# The page Pick


@frappe.whitelist(methods=["GET"])
@border.checked()
def lists_to_pick(warehouse: str | None = None) -> list[PickListShown]:
	"""The draft Pick Lists that the user may see, what has to leave first first."""
	frappe.has_permission("Pick List", "read", throw=True)
	return walk_shown.lists(warehouse or None)


@frappe.whitelist(methods=["GET"])
@border.checked()
def list_to_pick(pick_list: str) -> WalkedList:
	"""One draft Pick List, row by row in the order of the walk."""
	doc = _list_for(pick_list, "read")
	return walk_shown.one_list(pick_list, may(doc, "write"))


@frappe.whitelist(methods=["POST"])
@border.checked()
def take_list(pick_list: str, key: str) -> WalkedList:
	"""The user walks for this list from now on."""
	_taken, walked = _at_the_shelf(pick_list, key, "take", lambda: walk.take_list(pick_list))
	return walked


@frappe.whitelist(methods=["POST"])
@border.checked()
def hand_list_on(pick_list: str, key: str, to_user: str | None = None) -> WalkedList:
	"""Somebody else walks for this list from now on; nobody, without ``to_user``."""

	def work() -> None:
		walk.hand_list_on(pick_list, to_user or None)

	_handed, walked = _at_the_shelf(pick_list, key, "hand on", work)
	return walked


@frappe.whitelist(methods=["POST"])
@border.checked(batch=border.short_text)
def confirm_scan(pick_list: str, scan: str, key: str, row: str = "", batch: str = "") -> ScannedRow:
	"""What was scanned lies in the picker's hands; ``row``: the one in front of the picker, ``batch``: the
	one that was tapped, for labels that name none.
	"""

	def work() -> FoundOfRow:
		return walk.confirm_scan(pick_list, scan, row, batch)

	found, walked = _at_the_shelf(pick_list, key, "scan", work)
	return {**walked, **found}


@frappe.whitelist(methods=["POST"])
@border.checked()
def confirm_row(pick_list: str, row: str, key: str) -> ScannedRow:
	"""Write on a row that the picker found all of it."""
	found, walked = _at_the_shelf(pick_list, key, "confirm", lambda: walk.confirm_row(pick_list, row))
	return {**walked, **found}


@frappe.whitelist(methods=["POST"])
@border.checked()
def put_row_back(pick_list: str, row: str, key: str) -> WalkedList:
	"""Nothing of a row was found after all."""

	def work() -> None:
		walk.put_back(pick_list, row)

	_put, walked = _at_the_shelf(pick_list, key, "put back", work)
	return walked


@frappe.whitelist(methods=["POST"])
@border.checked()
def found_less(pick_list: str, row: str, found: float, reason: str, key: str) -> ShortenedList:
	"""Only so much of a row was found, in stock UOM, and why: the row shrinks to that, the rest is served
	from elsewhere as `short_pick` does.
	"""

	def work() -> RestOfRow:
		may_move = _may_move(_list_for(pick_list, "write"), row)
		return walk.found_less(pick_list, row, flt(found), reason, may_move=may_move)

	rest, walked = _at_the_shelf(pick_list, key, "found less", work)
	return {**walked, **rest}


@frappe.whitelist(methods=["POST"])
@border.checked()
def finish_list(pick_list: str, key: str) -> FinishedList:
	"""Everything is found or short: the list is submitted."""
	_list_for(pick_list, "submit")
	return retry.from_a_fresh_transaction(
		lambda: done_once(key, f"finish {pick_list}", lambda: walk.finish_list(pick_list))
	)


def _at_the_shelf(
	pick_list: str, key: str, action: str, work: Callable[[], Answer]
) -> tuple[Answer, WalkedList]:
	"""One action of a picker's device, done once: what came of it, and the list as it is then."""
	_list_for(pick_list, "write")
	return retry.from_a_fresh_transaction(
		lambda: (done_once(key, f"{action} {pick_list}", work), walk_shown.one_list(pick_list))
	)


def _list_for(pick_list: str, right: str) -> Document:
	"""A Pick List that the user has this right on.

	Raises: PermissionError; ValidationError for one that was deleted meanwhile, in a picker's words.
	"""
	frappe.has_permission("Pick List", right, throw=True)
	if not frappe.db.exists("Pick List", pick_list):
		refuse(RuleViolation("list_is_gone", name=pick_list))
	doc = frappe.get_doc("Pick List", pick_list)
	doc.check_permission(right)
	return doc
