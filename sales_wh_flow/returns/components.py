"""A bundle comes back as it was sent: with the components, batches and serial numbers that left with it.

ERPNext makes the components of a return anew from the Product Bundle as it is now, and numbers that are new.
"""

from collections.abc import Mapping, Sequence

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.dispatch import lot_bundles
from sales_wh_flow.returns.store import parts as store
from sales_wh_flow.returns.store.parts import SentPart


def as_sent(note) -> None:
	"""At every save of a return, after ERPNext has made its components.

	Raises: ValidationError where a part of several serial numbers would come back and nobody said which.
	"""
	if not (note.is_return and note.return_against and is_on(RETURNS) and note.get("packed_items")):
		return
	sent = store.sent_with(note.return_against, note.name)
	for row in note.items:
		parts = sent.get(row.get("dn_detail") or "")
		if parts:
			_put(note, row, parts)


def _put(note, row, parts: Sequence[SentPart]) -> None:
	wanted = {part.item_code: rounded(part.per_bundle * row.qty) for part in parts}
	own = [it for it in note.packed_items if it.parent_detail_docname == row.name]
	if {it.item_code: rounded(it.qty) for it in own} != wanted:
		note.set("packed_items", [it for it in note.packed_items if it.parent_detail_docname != row.name])
		for part in parts:
			note.append("packed_items", {**part.values, **_of_row(row), "qty": wanted[part.item_code]})
		for idx, it in enumerate(note.packed_items, 1):
			it.idx = idx
	by_item = {part.item_code: part for part in parts}
	for it in note.packed_items:
		part = by_item.get(it.item_code)
		if it.parent_detail_docname == row.name and part and part.lots and not it.serial_and_batch_bundle:
			_name_lots(note, row, it, part.lots)


def _of_row(row) -> dict:
	return {"parent_item": row.item_code, "parent_detail_docname": row.name, "warehouse": row.warehouse}


def _name_lots(note, row, packed, lots: Mapping[tuple[str, str], float]) -> None:
	"""Which numbers are back: those that are named, else all that are out, else of batches the first that
	were as many; where none were, the first ones, in a bundle that is made when the note is submitted.
	"""
	if packed.serial_no or packed.batch_no:
		return
	out = rounded(sum(lots.values()))
	needed = rounded(-packed.qty)
	serials = [serial for serial, _batch in lots if serial]
	if serials and is_less(needed, out):
		where = {"idx": row.idx, "item": row.item_code, "part": packed.item_code, "count": needed}
		refuse(RuleViolation("name_the_part_numbers", **where))
	packed.use_serial_batch_fields = 1
	if serials:
		packed.serial_no = "\n".join(serials)
		return
	whole = [batch for (_serial, batch), qty in lots.items() if not is_less(qty, needed)]
	if whole and is_positive(needed):
		packed.batch_no = whole[0]
	elif note.docstatus.is_submitted() and not note.is_new():
		entries = []
		for (_serial, batch), qty in lots.items():
			part = rounded(min(qty, needed - sum(it["qty"] for it in entries)))
			entries += [{"batch_no": batch, "qty": part}] if is_positive(part) else []
		packed.use_serial_batch_fields = 0
		packed.serial_and_batch_bundle = lot_bundles.make_lot_bundle(note, packed, entries)
