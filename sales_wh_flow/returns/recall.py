"""Recall of a lot: which customers got a batch or serial number, in which boxes, where the rest is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import cstr

from sales_wh_flow.base.may import may_read_field
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.packing.permissions import own_places
from sales_wh_flow.packing.rules import states
from sales_wh_flow.returns.rules import recall as rules
from sales_wh_flow.returns.rules.recall import LotMove, WentOut
from sales_wh_flow.returns.store import recall as store

WITH_CUSTOMER, IN_BOX, LOCKED, ON_STOCK, USED = (
	*("With the Customer", "In a Box Here", "Locked for an Order"),
	*("On Stock", "Used or Written Off"),
)
"""What a row of the recall is about."""

_CONTACTS = {"email": "contact_email", "phone": "contact_mobile"}
"""What reaches a customer, and the field of a Delivery Note that has it."""


@dataclass(frozen=True, slots=True)
class Recall:
	"""``rows``: what the reader may see; ``hidden``: how many rows more there are, of customers, documents or
	warehouses that are not the reader's.
	"""

	rows: list[dict[str, Any]]
	hidden: int


def trace(item_code: str, batch_no: str, serial_nos: Sequence[str]) -> Recall:
	"""Where the lot went and is. Quantities in stock UOM.

	Raises: ValidationError where neither a batch nor a serial number is named, or nothing bears it.
	"""
	if not (batch_no or serial_nos):
		refuse(RuleViolation("recall_of_nothing"))
	moves = store.moves_of_lot(item_code, batch_no, serial_nos)
	if not moves:
		refuse(RuleViolation("lot_never_moved", lot=batch_no or ", ".join(serial_nos)))
	boxes = [it for it in store.boxes_of_lot(item_code, batch_no, serial_nos) if _is_in(it, serial_nos)]
	sent = rules.went_out(move for move in moves if move.doctype in store.SENDING)
	groups = (
		_sent_rows(sent, boxes),
		_boxed_rows(boxes, serial_nos),
		_locked_rows(store.locks_of_lot(item_code, batch_no, serial_nos)),
		_stock_rows(moves),
		_used_rows(moves),
	)
	found = [row for group in groups for row in group]
	seen = _only_visible(found)
	return Recall(seen, len(found) - len(seen))


def _is_in(box: dict[str, Any], serial_nos: Sequence[str]) -> bool:
	return not serial_nos or not {*serial_nos}.isdisjoint(each_serial(box["serial_nos"]))


def _sent_rows(sent: Iterable[WentOut], boxes: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
	sent = list(sent)
	about = store.sent_to({one.row for one in sent})
	unseen = {key: "" for key, field in _CONTACTS.items() if not may_read_field("Delivery Note", field)}
	for one in sent:
		row = about.get(one.row, {})
		mine = [it for it in boxes if it["document"] == one.document and _is_of(it, one, row)]
		yield {
			"what": WITH_CUSTOMER,
			**{
				key: row.get(key, "")
				for key in ("customer", "customer_name", "email", "phone", "sales_order")
			},
			**unseen,
			"document_type": one.doctype,
			"document": one.document,
			"posting_date": one.day,
			"item_code": one.item_code,
			"batch_no": one.batch_no,
			"serial_nos": ", ".join(one.serials_kept or one.serials_sent),
			"sent": one.sent,
			"returned": one.returned,
			"qty": one.kept,
			**_boxes_in_words(mine),
		}


def _is_of(box: dict[str, Any], one: WentOut, row: dict[str, Any]) -> bool:
	is_line = box["item_code"] == one.item_code and box["order_row"] in ("", row.get("order_row"))
	return is_line and box["batch_no"] in ("", one.batch_no)


def _boxes_in_words(boxes: list[dict[str, Any]]) -> dict[str, Any]:
	def joined(key: str) -> str:
		return ", ".join(dict.fromkeys(cstr(it[key]) for it in boxes if it[key]))

	return {
		"box": joined("box"),
		"box_state": ", ".join(frappe._(state) for state in dict.fromkeys(it["state"] for it in boxes)),
		"tracking_no": joined("tracking_no"),
		"received_by": joined("receiver"),
		"delivered_on": max((it["delivered_on"] for it in boxes if it["delivered_on"]), default=None),
	}


def _boxed_rows(boxes: list[dict[str, Any]], serial_nos: Sequence[str]) -> Iterable[dict[str, Any]]:
	for it in boxes:
		if it["state"] in (states.OPEN, states.CLOSED):
			serials = [one for one in each_serial(it["serial_nos"]) if not serial_nos or one in serial_nos]
			yield {
				"what": IN_BOX,
				**{
					key: it[key]
					for key in ("customer", "customer_name", "sales_order", "item_code", "warehouse")
				},
				"batch_no": it["batch_no"],
				"serial_nos": ", ".join(serials),
				"qty": float(len(serials)) if serials else it["qty_stock"],
				**_boxes_in_words([it]),
			}


def _locked_rows(locks: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
	for it in locks:
		yield {"what": LOCKED, **it, "serial_nos": ", ".join(each_serial(it["serial_nos"]))}


def _stock_rows(moves: Sequence[LotMove]) -> Iterable[dict[str, Any]]:
	for (item, batch, place), qty in rules.on_stock(moves).items():
		yield {"what": ON_STOCK, "item_code": item, "batch_no": batch, "warehouse": place, "qty": qty}


def _used_rows(moves: Iterable[LotMove]) -> Iterable[dict[str, Any]]:
	"""What left by no document to a customer, such as what was made into something else, and never came in
	again by the same document: a transfer does.
	"""
	net: dict[tuple[str, str, str, str], list[Any]] = {}
	for move in moves:
		if move.doctype not in store.SENDING:
			entry = net.setdefault((move.doctype, move.document, move.item_code, move.batch_no), [move, 0.0])
			entry[1] += move.qty_stock
	for (doctype, document, item, batch), (move, qty) in net.items():
		if qty < 0:
			yield {
				"what": USED,
				"document_type": doctype,
				"document": document,
				"posting_date": move.day,
				"item_code": item,
				"batch_no": batch,
				"warehouse": move.warehouse,
				"qty": -qty,
			}


# Whose rows


def _only_visible(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Rows of documents, orders and warehouses that the session's user may see."""
	documents = _visible_documents(rows)
	orders = readable_orders({row["sales_order"] for row in rows if row["what"] in (IN_BOX, LOCKED)})
	places = own_places({row["warehouse"] for row in rows if row.get("warehouse")})
	return [row for row in rows if _is_visible(row, documents, orders, places)]


def _is_visible(row, documents, orders, places) -> bool:
	if row.get("document"):
		return (row["document_type"], row["document"]) in documents
	if row["what"] in (IN_BOX, LOCKED) and row["sales_order"] not in orders:
		return False
	return row["warehouse"] in places


def _visible_documents(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
	by_type: dict[str, set[str]] = {}
	for row in rows:
		if row.get("document"):
			by_type.setdefault(row["document_type"], set()).add(row["document"])
	found = set()
	for doctype, names in by_type.items():
		if frappe.has_permission(doctype, "read"):
			filters = {"name": ("in", tuple(names))}
			listed = frappe.get_list(doctype, filters, pluck="name", limit_page_length=0)
			found |= {(doctype, name) for name in listed}
	return found
