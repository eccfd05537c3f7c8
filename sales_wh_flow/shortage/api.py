"""What the desk and other programs may call about what is missing."""

from collections.abc import Iterable

import frappe

from erpnext.buying.doctype.purchase_order import purchase_order as native_purchase

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.settings import any_on
from sales_wh_flow.shortage import ask_for_stock, close_line, give_up, look, substitute
from sales_wh_flow.shortage.answers import ClosableLines, MissingOfOrder, SplitOrder


@frappe.whitelist(methods=["GET"])
@border.checked()
def missing_lines(sales_order: str) -> MissingOfOrder:
	"""What an order waits for and what can be done about it."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return look.look_at_missing(order)


@frappe.whitelist(methods=["POST"])
@border.checked()
def request_stock(sales_order: str, kind: str, rows: str | list | None = None) -> str:
	"""A Material Request (Purchase, Material Transfer or Manufacture) for what the rows miss, all of them for
	none. Returns its name.
	"""
	frappe.has_permission("Material Request", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: ask_for_stock.request(sales_order, kind, rows or None))


@frappe.whitelist(methods=["POST"])
@border.checked()
def order_from_suppliers(sales_order: str, rows: str | list | None = None) -> list[str]:
	"""Draft Purchase Orders for what the rows miss, one for each default supplier. Returns their names."""
	frappe.has_permission("Purchase Order", "create", throw=True)
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	return retry.from_a_fresh_transaction(
		lambda: ask_for_stock.order_from_suppliers(sales_order, rows or None)
	)


@frappe.whitelist(methods=["POST"])
@border.checked()
def take_substitute(
	sales_order: str,
	row: str,
	item_code: str,
	price_rule: str,
	consent_by: str,
	consent_how: str,
	consent_on: str | None = None,
) -> str:
	"""Another item for what a row misses, with the customer's consent. Returns the name of its new row."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	consent = substitute.Consent(consent_by, consent_how, consent_on or "")
	return retry.from_a_fresh_transaction(
		lambda: substitute.take_substitute(sales_order, row, item_code, price_rule, consent)
	)


@frappe.whitelist(methods=["POST"])
@border.checked(due=border.moment)
def split_backorder(sales_order: str, rows: str | list | None = None, due: str | None = None) -> SplitOrder:
	"""Move what the rows miss into a Sales Order of its own."""
	_check_may_change(sales_order)
	frappe.has_permission("Sales Order", "create", throw=True)
	name = retry.from_a_fresh_transaction(lambda: give_up.backorder(sales_order, rows or None, due))
	return {"name": name, "docstatus": int(frappe.db.get_value("Sales Order", name, "docstatus"))}


@frappe.whitelist(methods=["POST"])
@border.checked()
def close_short(sales_order: str, reason: str, rows: str | list | None = None) -> float:
	"""Give up what the rows miss, saying why. Returns the quantity given up, in stock UOM."""
	_check_may_change(sales_order)
	return retry.from_a_fresh_transaction(lambda: give_up.close_short(sales_order, reason, rows or None))


@frappe.whitelist(methods=["GET"])
@border.checked()
def closable_lines(sales_order: str) -> ClosableLines:
	"""What of an order may be closed short, and what was."""
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")
	return close_line.shown_closing(order)


@frappe.whitelist(methods=["POST"])
@border.checked(row=border.name, qty=border.number)
def close_line_short(sales_order: str, row: str, qty: float, reason: str) -> None:
	"""Give up so much of one line, in its own UOM, saying why."""
	_check_may_change(sales_order)
	retry.from_a_fresh_transaction(lambda: close_line.close_part(sales_order, row, qty, reason))


@frappe.whitelist(methods=["POST"])
@border.checked(row=border.name, qty=border.number)
def open_line_again(sales_order: str, row: str, qty: float, reason: str) -> str:
	"""Order again so much of a line that was closed short. Returns the name of its row."""
	_check_may_change(sales_order)
	return retry.from_a_fresh_transaction(lambda: close_line.reopen_line(sales_order, row, qty, reason))


def _check_may_change(sales_order: str) -> None:
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("write")
	order.check_permission("submit")


@frappe.whitelist(methods=["POST"])
@border.checked(name=border.name, status=border.name)
def update_purchase_status(status: str, name: str) -> None:
	"""ERPNext's Hold, Close, Re-open and Delivered of a Purchase Order, which hooks.py sends here.

	ERPNext asks for no right, and takes what a supplier sends to a customer for delivered.
	"""
	_check_may((name,), "write" if status == "Delivered" else "submit")
	native_purchase.update_status(status, name)


@frappe.whitelist(methods=["POST"])
@border.checked(names=border.names, status=border.name)
def close_or_unclose_purchases(names: str | list, status: str) -> None:
	"""Close and Re-open of what is ticked in the list of Purchase Orders; ERPNext asks for the right to write
	some, not these.
	"""
	_check_may(names, "submit")
	native_purchase.close_or_unclose_purchase_orders(frappe.as_json(names), status)


def _check_may(purchases: Iterable[str], right: str) -> None:
	"""The rights by which ERPNext's forms show these buttons. Raises: PermissionError."""
	if any_on():
		for name in purchases:
			frappe.get_doc("Purchase Order", name).check_permission(right)
