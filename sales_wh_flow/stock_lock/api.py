"""What the desk and other programs may call about an order's locks."""

import frappe
from frappe import _
from frappe.utils import get_datetime

from erpnext.stock.doctype.serial_and_batch_bundle import serial_and_batch_bundle as native_bundle

from sales_wh_flow.base import border, retry, settled_rows
from sales_wh_flow.base.sent_rows import STOCK_ROWS
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.order import refresh_status
from sales_wh_flow.stock_lock import (
	expire,
	fix_stock_settings,
	permissions,
	release,
	typing_holds,
	who_loses,
)
from sales_wh_flow.stock_lock.answers import CountLosses, TypedByOthers


@frappe.whitelist(methods=["POST"])
@border.checked()
def release_locks(sales_order: str, reason: str, rows: str | list | None = None) -> float:
	"""End an order's locks, or those of some of its rows, saying why; for Stock Managers. Returns the
	quantity freed, in stock UOM.
	"""
	permissions.check_may_release()
	order = frappe.get_doc("Sales Order", sales_order)
	order.check_permission("read")

	def work():
		freed = release.by_hand(order, reason, rows or None)
		refresh_status.refresh_order(order.name)
		return freed

	return retry.from_a_fresh_transaction(work)


@frappe.whitelist(methods=["POST"])
@border.checked()
def correct_stock_settings(args: str | dict | None = None) -> None:
	"""Switch on in ERPNext's Stock Settings what Stock Lock needs, and off what contradicts it.

	``args``: Frappe's buttons in messages send it; nothing is read from it.
	"""
	frappe.get_doc("Stock Settings").check_permission("write")
	fix_stock_settings.fix()
	frappe.msgprint(_("Stock Settings are corrected. Stock Lock can be switched on."), alert=True)


@frappe.whitelist(methods=["POST"])
@border.checked(bundle_id=border.name, serial_no=border.name, batch_no=border.name)
def add_scanned_to_bundle(bundle_id: str, serial_no: str | None = None, batch_no: str | None = None) -> None:
	"""One more of a batch, or a serial number, in a bundle, as ERPNext has it, which hooks.py sends here.

	ERPNext asks for no right, and writes what was moved and what is locked as well.
	"""
	if is_on(STOCK_LOCK):
		bundle = frappe.get_doc("Serial and Batch Bundle", bundle_id)
		bundle.check_permission("write")
		settled_rows.check_is_draft(bundle)
	native_bundle.update_serial_or_batch(bundle_id, serial_no, batch_no)


@frappe.whitelist(methods=["POST"])
@border.checked()
def extend_locks(sales_order: str, until: str, reason: str) -> None:
	"""Let an order's locks live until then: once, with a reason, as far as its Stock Lock Policy allows."""
	frappe.get_doc("Sales Order", sales_order).check_permission("write")
	retry.from_a_fresh_transaction(lambda: expire.extend(sales_order, get_datetime(until), reason))


@frappe.whitelist(methods=["POST"])
@border.checked(rows=STOCK_ROWS)
def typing(form: str, rows: str | list) -> list[TypedByOthers]:
	"""What this user's draft asks for, and what others are typing for the same; quantities in stock UOM."""
	frappe.has_permission("Sales Order", "create", throw=True)
	return typing_holds.exchange(form, rows)


@frappe.whitelist(methods=["GET"])
@border.checked(count=border.name)
def who_loses_by_count(count: str) -> CountLosses:
	"""Who loses, or lost, what a Stock Reconciliation did not find."""
	doc = frappe.get_doc("Stock Reconciliation", count)
	doc.check_permission("read")
	return who_loses.look_who_loses(doc)
