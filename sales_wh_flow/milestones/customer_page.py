"""What a customer sees of an order: what, when, which box where. No prices, no stock, nothing internal."""

import frappe
from frappe import _
from frappe.utils import format_date, get_url, getdate

from sales_wh_flow.base import in_words, settings
from sales_wh_flow.base.may import may
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.collection import waiting
from sales_wh_flow.dispatch.rules.courier import tracking_link
from sales_wh_flow.milestones.rules.customer_states import BOX_STATES, customer_state, qty_left
from sales_wh_flow.milestones.store import page_links

_MOST_ROWS = 200


def order_for_customer(order) -> dict:
	"""Shape: {"name", "po_no", "ordered_on", "state", "lines": [...], "boxes": [...], "papers": [...],
	"fetch_code": six digits to show where boxes wait to be fetched, else ""}.
	"""
	rows = page_links.rows_shown(order.name, settings.is_on(settings.FORECAST))
	return {
		"name": order.name,
		"po_no": order.po_no or "",
		"ordered_on": format_date(order.transaction_date),
		"state": _(customer_state(order.docstatus, order.status, order.get("swf_flow_status") or "")),
		"lines": [_line(row) for row in rows[:_MOST_ROWS]],
		"more_lines": max(0, len(rows) - _MOST_ROWS),
		"boxes": _boxes(order.name),
		"papers": _papers(order.name),
		"fetch_code": waiting.customers_code(order.name) or "",
	}


def customers_of_user(user: str) -> list[str]:
	"""The customers whose contact the user is."""
	from erpnext.controllers.website_list_for_contact import get_customers_suppliers

	if "Customer" not in frappe.get_roles(user):
		return []
	customers, _suppliers = get_customers_suppliers("Sales Order", user)
	return sorted({it for it in customers or () if it})


def orders_of_user(user: str) -> list[dict]:
	"""The orders that a logged-in customer follows."""
	return [
		{
			"name": row.name,
			"po_no": row.po_no or "",
			"ordered_on": format_date(row.transaction_date),
			"state": _(customer_state(row.docstatus, row.status, row.swf_flow_status or "")),
		}
		for row in page_links.orders_of_customers(customers_of_user(user))
	]


def is_order_of_user(order, user: str) -> bool:
	"""Whether this is the order of a customer whose contact the user is; drafts are nobody's yet."""
	return order.docstatus > 0 and order.customer in customers_of_user(user)


def _line(row) -> dict:
	left = qty_left(row)
	again = max(rounded(row.replaced_qty - max(row.delivered_qty + row.returned_qty - row.qty, 0.0)), 0.0)
	waits, today = bool(left < row.qty and row.is_promised), getdate()
	planned, expected = row.delivery_date, row.expected_on
	is_over = bool(planned and (planned < today or (row.is_delayed and expected and expected > planned)))
	return {
		"item_name": row.item_name,
		"qty": in_words.figure(row.qty),
		"uom": _(row.uom),
		"left": in_words.figure(left) if left else "",
		"back": in_words.figure(row.returned_qty) if row.returned_qty else "",
		"again": in_words.figure(min(again, row.qty)) if again and waits else "",
		"credited": in_words.figure(row.refunded_qty) if row.refunded_qty else "",
		"is_all": left >= row.qty,
		"day": format_date(row.delivery_date) if row.delivery_date and waits and not is_over else "",
		"is_late": waits and is_over,
		"expected_on": _to_come(row.expected_on, today) if waits and is_over else "",
	}


def _to_come(day, today) -> str:
	"""A day that is not over yet; nobody is told to wait for yesterday."""
	return format_date(day) if day and getdate(day) >= today else ""


def _boxes(order: str) -> list[dict]:
	"""Boxes; Delivery Notes for what left without any."""
	boxes = page_links.boxes_of_order(order)
	packed = {box.delivery_note for box in boxes}
	found = [_box(box, BOX_STATES.get(box.state, "On Its Way")) for box in boxes]
	for note in page_links.notes_for_customer(order):
		if note.name not in packed:
			note.tracking_url = tracking_link(note.tracking_url, note.tracking_no)
			found.append(_box(note, "Delivered" if note.delivered_on else "On Its Way"))
	return _with_contents(order, found, {box.name for box in boxes})


def _with_contents(order: str, shown: list[dict], boxes: set[str]) -> list[dict]:
	"""What of the order is in which: "3 Nos Lamp, 1 Box Desk"."""
	notes = [it["name"] for it in shown if it["name"] not in boxes]
	contents: dict[str, list[str]] = {}
	for name, item, qty, uom in page_links.goods_sent(order, notes, boxes):
		contents.setdefault(name, []).append(f"{in_words.figure(qty)} {_(uom)} {item}")
	return [{**it, "contents": ", ".join(contents.get(it["name"], ()))} for it in shown]


def _box(box, state: str) -> dict:
	link = box.tracking_url or ""
	return {
		"name": box.name,
		"state": _(state),
		"is_done": bool(box.delivered_on),
		"courier": box.courier or "",
		"tracking_no": box.tracking_no or "",
		"tracking_link": link if link.startswith(("https://", "http://")) else "",
		"sent_on": format_date(box.sent_on) if box.sent_on else "",
		"delivered_on": format_date(box.delivered_on) if box.delivered_on else "",
		"expected_on": _to_come(box.get("expected_on"), getdate()),
	}


def _papers(order: str) -> list[dict]:
	"""Notes and invoices that the session's user may print, by Frappe's own right for websites."""
	if frappe.session.user == "Guest":
		return []
	names = [("Delivery Note", it.name, _("Delivery Note")) for it in page_links.notes_for_customer(order)]
	names += [
		("Sales Invoice", name, _("Credit Note") if is_credit else _("Sales Invoice"))
		for name, is_credit in page_links.invoices_of_customer_order(order)
	]
	found = []
	for doctype, name, label in names:
		doc = frappe.get_doc(doctype, name)
		if frappe.has_website_permission(doc) or may(doc, "print"):
			query = frappe.utils.data.urlencode({"doctype": doctype, "name": name})
			link = get_url(f"/api/method/frappe.utils.print_format.download_pdf?{query}")
			found.append({"label": label, "name": name, "link": link})
	return found
