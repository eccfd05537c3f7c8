"""What came is scanned: the case that expects it says so, another one is opened for what nobody announced."""

from collections.abc import Sequence

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.returns import fill_case, open_case
from sales_wh_flow.returns.rules import arrivals as rules
from sales_wh_flow.returns.rules.arrivals import Arrival, ArrivedPart, AwaitedRow
from sales_wh_flow.returns.store import awaited, cases
from sales_wh_flow.returns.store import shipped as store


def take_in_goods(boxes: Sequence[str], serials: Sequence[str], reason: str | None = None) -> str:
	"""The case of these boxes and serial numbers, which are here; its name. Scanned twice it is one.

	Raises: ValidationError naming what left with no Delivery Note, and for goods of several cases.
	"""
	open_case.check_is_on()
	came = [*_of_boxes(boxes), *_of_serials(serials)]
	if not came:
		refuse(RuleViolation("nothing_chosen"))
	sources = {part.source for it in came for part in it.parts}
	store.hold_notes(store.notes_of_rows(sources))
	rows = awaited.awaited_rows(sources)
	meant = [rules.case_that_awaits(it, rows) for it in came]
	known = tuple(dict.fromkeys(case for case in meant if case))
	if len(known) > 1:
		refuse(RuleViolation("goods_of_several_cases", cases=known[:5]))
	case = _case_in_hand(known[0] if known else None, reason)
	mine = [row for row in rows if row.case == case.name]
	for it, its_case in zip(came, meant, strict=True):
		if not (its_case and rules.is_in_already(it, mine)):
			mine = _put_in(case, it, mine)
	new = [it.box for it in came if it.box and it.box not in _boxes_of(case)]
	alongside(case).scanned = tuple(new)
	return (case.save() if known else case.insert()).name


def _case_in_hand(name: str | None, reason: str | None):
	if name:
		cases.hold(name)
		case = hold_rows.held_document("Return Case", name)
		case.check_permission("write")
		return case
	case = frappe.new_doc("Return Case")
	case.reason = reason
	return case


def _put_in(case, arrival: Arrival, mine: list[AwaitedRow]) -> list[AwaitedRow]:
	"""Rows that expect it are received; what none expects is a row of its own. What is expected still."""
	fills, rest = rules.fill_rows(arrival, mine)
	in_case = {row.name: row for row in case.rows}
	for fill in fills:
		in_case[fill.row].received_qty = fill.received_qty
		if fill.serials:
			in_case[fill.row].serial_nos = "\n".join(fill.serials)
	for part in rest:
		_append(case, part)
	got = {fill.row: fill for fill in fills}
	return [
		AwaitedRow(
			*(row.case, row.name, row.source, row.expected_qty, got[row.name].received_qty, row.batch),
			*(got[row.name].serials, row.boxes),
		)
		if row.name in got
		else row
		for row in mine
	]


def _append(case, part: ArrivedPart) -> None:
	"""A row of its own; serial numbers of one delivery, scanned one by one, share a row."""
	alike = [it for it in case.rows if it.is_new() and it.delivery_note_item == part.source and it.serial_nos]
	if part.serials and alike:
		serials = (*fill_case.serials_in(alike[0].serial_nos), *part.serials)
		qty = rounded(len(serials) / part.factor)
		alike[0].update({"serial_nos": "\n".join(serials), "expected_qty": qty, "received_qty": qty})
		return
	case.append("rows", _row_of(part))


def _row_of(part: ArrivedPart) -> dict:
	return {
		"delivery_note_item": part.source,
		"expected_qty": part.qty,
		"received_qty": part.qty,
		"batch_no": part.batch or None,
		"serial_nos": "\n".join(part.serials) or None,
	}


def _boxes_of(case) -> list[str]:
	return [case.box, *(case.scanned_boxes or "").split("\n")]


def _of_boxes(boxes: Sequence[str]) -> list[Arrival]:
	found, strange = [], []
	for name in dict.fromkeys(boxes):
		box = frappe.get_doc("Order Box", name)
		box.check_permission("read")
		shipped = list(store.read_rows(store.rows_of_notes([box.delivery_note])).values())
		factors = {it.name: it.conversion_factor for it in shipped}
		rows = [part for row in box.contents for part in open_case.parts_of_box(row, shipped)]
		parts = tuple(
			ArrivedPart(
				row["delivery_note_item"],
				row["expected_qty"],
				row["batch_no"] or "",
				fill_case.serials_in(row["serial_nos"]),
				factors[row["delivery_note_item"]],
			)
			for row in rows
		)
		found.append(Arrival(name, parts))
		strange += [] if parts else [name]
	if strange:
		refuse(RuleViolation("boxes_never_left", boxes=tuple(strange[:5])))
	return found


def _of_serials(serials: Sequence[str]) -> list[Arrival]:
	wanted = tuple(dict.fromkeys(serials))
	found = store.rows_of_serials(wanted)
	unknown = tuple(serial for serial in wanted if serial not in found)
	if unknown:
		refuse(RuleViolation("serials_never_shipped", serials=unknown[:5]))
	shipped = store.read_rows(found.values())
	factors = {name: row.conversion_factor for name, row in shipped.items()}
	return [
		Arrival("", (ArrivedPart(found[it], rounded(1 / factors[found[it]]), "", (it,), factors[found[it]]),))
		for it in wanted
	]
