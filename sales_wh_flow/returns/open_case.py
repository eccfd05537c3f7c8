"""A Return Case for goods that came back, or that a customer announces."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import frappe

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns.rules.facts import ShippedRow
from sales_wh_flow.returns.store import cases
from sales_wh_flow.returns.store import shipped as store


def check_is_on() -> None:
	"""Raises: ValidationError while Returns is switched off."""
	if not is_on(RETURNS):
		refuse(RuleViolation("returns_are_off"))


def returnable(notes: Iterable[str]) -> list[ShippedRow]:
	"""The rows of these notes of which something is still with the customer, in their order."""
	rows = store.rows_of_notes(notes)
	shipped = store.read_rows(rows)
	return [shipped[row] for row in rows if row in shipped and is_positive(_left(shipped[row]))]


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
	case = frappe.new_doc("Return Case")
	case.update({"reason": reason, "customer_says": customer_says})
	for it in asked:
		for row in rows_asked(it, shipped[it["row"]]):
			case.append("rows", row)
	return case.insert().name


def open_for_serials(serials: Iterable[str], reason: str | None = None) -> str:
	"""A new case for these serial numbers, which are here; its name.

	Raises: ValidationError naming those that left with no Delivery Note.
	"""
	check_is_on()
	wanted = tuple(dict.fromkeys(it.strip() for it in serials if it.strip()))
	found = store.rows_of_serials(wanted)
	unknown = tuple(serial for serial in wanted if serial not in found)
	if unknown or not wanted:
		refuse(RuleViolation("serials_never_shipped", serials=unknown[:5]))
	of_row: dict[str, list[str]] = {}
	for serial in wanted:
		of_row.setdefault(found[serial], []).append(serial)
	shipped = store.read_rows(of_row)
	return open_for(
		[
			{
				"row": row,
				"qty": rounded(len(its) / shipped[row].conversion_factor),
				"serial_nos": "\n".join(its),
				"received": True,
			}
			for row, its in of_row.items()
		],
		reason,
	)


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
	for it in asked:
		for row in rows_asked(it, shipped[it["row"]]):
			case.append("rows", row)
	case.save()


def open_for_boxes(boxes: Sequence[str], reason: str | None = None) -> str:
	"""A new case for all that these boxes hold, which are here; its name.

	Raises: ValidationError naming the boxes that left with no Delivery Note, or hold nothing that can come
	back by itself.
	"""
	check_is_on()
	found, strange = [], []
	for name in dict.fromkeys(boxes):
		box = frappe.get_doc("Order Box", name)
		box.check_permission("read")
		shipped = list(store.read_rows(store.rows_of_notes([box.delivery_note])).values())
		rows = [part for row in box.contents for part in _parts_of_box(row, shipped)]
		found += rows
		strange += [] if rows else [name]
	if strange or not found:
		refuse(RuleViolation("boxes_never_left", boxes=tuple(strange[:5])))
	case = frappe.new_doc("Return Case")
	case.reason = reason
	for row in found:
		case.append("rows", {**row, "received_qty": row["expected_qty"]})
	return case.insert().name


def _parts_of_box(row, shipped: list[ShippedRow]) -> list[dict]:
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
