"""What the desk and other programs may call to send goods."""

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime

from erpnext.selling.doctype.sales_order import sales_order as native_order
from erpnext.stock.doctype.delivery_note import delivery_note as native_note
from erpnext.stock.doctype.pick_list import pick_list as native_list

from sales_wh_flow.base import border, retry
from sales_wh_flow.base.settings import FULFILMENT, any_on, is_on
from sales_wh_flow.dispatch import deliver, deliver_locked


@frappe.whitelist(methods=["POST"])
@border.checked()
def make_delivery_note(pick_list: str) -> str:
	"""A draft Delivery Note for what a submitted Pick List picked. Returns its name."""
	frappe.has_permission("Delivery Note", "create", throw=True)
	picked = frappe.get_doc("Pick List", pick_list)
	picked.check_permission("read")
	return retry.from_a_fresh_transaction(
		lambda: deliver.make_delivery_note(frappe.get_doc("Pick List", pick_list))
	)


@frappe.whitelist(methods=["POST"])
@border.checked()
def create_delivery_note_of_list(source_name: str, target_doc: str | dict | None = None) -> Document:
	"""ERPNext's draft Delivery Note of a Pick List, which hooks.py sends here: of what has not left yet."""
	if not is_on(FULFILMENT):
		return native_list.create_delivery_note(source_name, target_doc)
	return frappe.get_doc("Delivery Note", make_delivery_note(source_name))


@frappe.whitelist(methods=["GET", "POST"])
@border.checked()
def make_delivery_note_of_order(
	source_name: str, target_doc: str | dict | None = None, kwargs: dict | None = None
) -> Document:
	"""ERPNext's draft Delivery Note of an order, which hooks.py sends here; not saved.

	``kwargs``: as ERPNext takes them. "for_reserved_stock" cuts the rows to what is locked.
	"""
	frappe.get_doc("Sales Order", source_name).check_permission("read")
	given = kwargs or {}
	return deliver_locked.note_of(source_name, target_doc, given, native_order.make_delivery_note)


@frappe.whitelist(methods=["POST"])
@border.checked(docname=border.name, status=border.name)
def update_note_status(docname: str, status: str) -> None:
	"""ERPNext's Close and Reopen of a Delivery Note, which hooks.py sends here: ERPNext asks for no right."""
	if any_on():
		frappe.get_doc("Delivery Note", docname).check_permission("submit")
	native_note.update_delivery_note_status(docname, status)


@frappe.whitelist(methods=["POST"])
@border.checked(received_on=border.moment, receiver=border.short_text)
def confirm_delivery(delivery_note: str, received_on: str | None = None, receiver: str | None = None) -> str:
	"""The customer has the goods. ``received_on``: nothing = now. Returns when that was stamped."""
	note = frappe.get_doc("Delivery Note", delivery_note)
	note.check_permission("write")
	deliver.confirm_delivery(note, get_datetime(received_on) if received_on else None, receiver)
	return str(note.swf_delivered_on)


@frappe.whitelist(methods=["POST"])
@border.checked()
def undo_confirmation(delivery_note: str, reason: str) -> None:
	"""The customer has not received the goods after all."""
	note = frappe.get_doc("Delivery Note", delivery_note)
	note.check_permission("write")
	deliver.undo_confirmation(note, reason)
