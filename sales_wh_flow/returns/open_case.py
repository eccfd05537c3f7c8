"""A Return Case for goods that came back, or that a customer announces."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import frappe
from frappe.utils import getdate

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns import reasons
from sales_wh_flow.returns.answers import ReturnableRow
from sales_wh_flow.returns.rules.facts import ShippedRow
from sales_wh_flow.returns.rules.on_the_way import away_of_rows
from sales_wh_flow.returns.store import awaited, boxed, cases
from sales_wh_flow.returns.store import shipped as store

_MOST_NOTES = 50
"""Of a customer's last Delivery Notes to choose from."""


def check_is_on() -> None:
	"""Raises: ValidationError while Returns is switched off."""
	if not is_on(RETURNS):
		refuse(RuleViolation("returns_are_off"))


def returnable(notes: Iterable[str]) -> list[ShippedRow]:
	"""The rows of these notes of which something is still with the customer, in their order."""
	rows = store.rows_of_notes(notes)
	shipped = store.read_rows(rows)
	return [shipped[row] for row in rows if row in shipped and is_positive(_left(shipped[row]))]


def not_there_yet(rows: Sequence[ShippedRow]) -> dict[str, float]:
	"""{row: what of it the customer can't have yet, because its box is on its way}; one statement."""
	return away_of_rows(rows, boxed.goods_in_boxes(row.note for row in rows), getdate())


def last_notes_of(customer: str, company: str) -> list[str]:
	"""A customer's last submitted Delivery Notes that the session's user may read."""
	return frappe.get_list(
		"Delivery Note",
		{"customer": customer, "company": company, "docstatus": 1, "is_return": 0},
		pluck="name",
		order_by="posting_date desc, name desc",
		limit_page_length=_MOST_NOTES,
	)


def shown_returnable(rows: Sequence[ShippedRow]) -> list[ReturnableRow]:
	"""These rows as the dialog shows them, with what open cases say of them."""
	announced: dict[str, float] = defaultdict(float)
	in_cases: dict[str, list[str]] = defaultdict(list)
	for it in awaited.awaited_rows(row.name for row in rows):
		announced[it.source] = rounded(announced[it.source] + max(it.expected_qty, it.received_qty))
		in_cases[it.source].append(it.case)
	names = {case for found in in_cases.values() for case in found}
	# Not filtered by name where there is none: an empty list means all.
	seen = (
		set(frappe.get_list("Return Case", {"name": ("in", sorted(names))}, pluck="name")) if names else set()
	)
	return [
		{
			"row": it.name,
			"note": it.note,
			"item_code": it.item_code,
			"item_name": it.item_name,
			"uom": it.uom,
			"shipped": it.shipped_qty,
			"left": _left(it),
			"announced": announced[it.name],
			"cases": [case for case in dict.fromkeys(in_cases[it.name]) if case in seen],
			"has_serials": it.has_serials,
			"serials": sorted(it.serials),
		}
		for it in rows
	]


def open_for(asked: Sequence[Mapping], reason: str | None = None, customer_says: str | None = None) -> str:
	"""A new case; its name. ``asked``: {"row": of a Delivery Note, "qty", "serial_nos", "received"}.

	Rows of several batches become one row a batch. Raises: ValidationError with all that is wrong.
	"""
	check_is_on()
	if not asked or any(not is_positive(float(it.get("qty") or 0)) for it in asked):
		refuse(RuleViolation("nothing_chosen"))
	shipped = store.read_rows(it["row"] for it in asked)
	unknown = [idx for idx, it in enumerate(asked, 1) if it["row"] not in shipped]
	refuse([RuleViolation("never_shipped", idx=idx) for idx in unknown])
	refuse(_on_its_way(asked, shipped))
	case = frappe.new_doc("Return Case")
	case.update({"reason": reason, "customer_says": customer_says})
	for it in asked:
		for row in rows_asked(it, shipped[it["row"]]):
			case.append("rows", row)
	return case.insert().name


def add_goods(name: str, asked: Sequence[Mapping]) -> None:
	"""More or other goods came than were announced: rows of their own in a case that is not ended.

	``asked``: as ``open_for``. Raises: ValidationError with all that is wrong.
	"""
	check_is_on()
	cases.hold(name)
	case = hold_rows.held_document("Return Case", name)
	shipped = store.read_rows(it["row"] for it in asked)
	refuse(
		[RuleViolation("never_shipped", idx=i) for i, it in enumerate(asked, 1) if it["row"] not in shipped]
	)
	refuse(_on_its_way(asked, shipped))
	for it in asked:
		for row in rows_asked(it, shipped[it["row"]]):
			case.append("rows", row)
	case.save()


def _on_its_way(asked: Sequence[Mapping], shipped: Mapping[str, ShippedRow]) -> Iterator[RuleViolation]:
	"""What is announced though no customer has it. What is here is here, wherever its box was seen last."""
	notes = {row.note for row in shipped.values()}
	others = store.read_rows(set(store.rows_of_notes(notes)) - shipped.keys())
	# What may lie in other rows is not held against these.
	away = not_there_yet([*others.values(), *shipped.values()])
	for idx, it in enumerate(asked, 1):
		row = shipped[it["row"]]
		is_there = it.get("received") or not is_positive(away[row.name])
		if not is_there and is_less(_left(row) - away[row.name], float(it["qty"])):
			yield RuleViolation("still_on_its_way", idx=idx, item=row.item_name, away=away[row.name])


def parts_of_box(row, shipped: list[ShippedRow]) -> list[dict]:
	"""What a row of a box holds, on the rows of the Delivery Note it left with."""
	return list(
		parts_of_note(
			{
				"sales_order_item": row.sales_order_item,
				"item_code": row.item_code,
				"batch_no": row.batch_no,
				"refused_qty": row.qty_stock,
				"refused_serials": row.serial_nos,
			},
			shipped,
		)
	)


def parts_of_note(row: Mapping, shipped: Iterable[ShippedRow]) -> Iterator[dict]:
	"""What is refused of a row of a box, as rows of a case on the Delivery Note it left with."""
	left_stock = row.get("refused_qty") or 0.0
	for it in shipped:
		if it.order_row != row.get("sales_order_item") or it.item_code != row.get("item_code"):
			continue  # components of a bundle are no row of the note: people take back the whole bundle
		qty = rounded(min(left_stock / it.conversion_factor, _left(it)))
		if is_positive(qty):
			left_stock = rounded(left_stock - qty * it.conversion_factor)
			batch = row.get("batch_no")
			yield {
				"delivery_note_item": it.name,
				"expected_qty": qty,
				"batch_no": batch if batch in (it.batches or {}) else None,
				"serial_nos": row.get("refused_serials") or None,
				"note": row.get("reason") or None,
				"reason": reasons.of_refusal(row.get("reason")),
			}


def rows_asked(asked: Mapping, shipped: ShippedRow) -> list[dict]:
	"""The case's rows for what is asked: one, or one a batch."""
	qty = float(asked.get("qty") or 0)
	row = {"delivery_note_item": shipped.name, "serial_nos": asked.get("serial_nos") or None}
	parts = [(None, qty)]
	if shipped.batches and not shipped.has_serials:
		parts = _by_batch(qty, shipped)
	return [
		{
			**row,
			"batch_no": batch,
			"expected_qty": part,
			"received_qty": part if asked.get("received") else 0,
		}
		for batch, part in parts
	]


def _by_batch(qty: float, shipped: ShippedRow) -> list[tuple[str | None, float]]:
	found: list[tuple[str | None, float]] = []
	for batch, left_stock in shipped.batches.items():
		part = rounded(min(qty, left_stock / shipped.conversion_factor))
		if is_positive(part):
			found.append((batch, part))
			qty = rounded(qty - part)
	if is_positive(qty):  # more than is left: said where the case is judged
		last = found.pop() if found else (next(iter(shipped.batches)), 0.0)
		found.append((last[0], rounded(last[1] + qty)))
	return found


def _left(row: ShippedRow) -> float:
	return rounded(row.shipped_qty - row.returned_qty)
