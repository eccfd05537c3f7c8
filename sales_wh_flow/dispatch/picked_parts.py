"""The components of picked bundles leave with the batches and serial numbers that were picked for them.

ERPNext writes on a component what one row of the Pick List names, all of it and at every save: the numbers of
four bundles on a note of three, and one batch where two were picked.
"""

from collections.abc import Mapping

import frappe

from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.base.serial_nos import typed_lots
from sales_wh_flow.base.settings import FULFILMENT, is_on
from sales_wh_flow.dispatch import lot_bundles
from sales_wh_flow.stock_lock.rules.picked_parts import NO_LOT, next_lots
from sales_wh_flow.stock_lock.store import delivered, picked_bundles


def name_lots(note) -> None:
	"""At every save of a draft note from Pick Lists, after ERPNext has made its components.

	A component of several batches gets a bundle, once the note has a name; one that somebody gave a bundle of
	the right quantity keeps it.
	"""
	rows = {row.name: row for row in note.items if row.get("against_pick_list") and row.so_detail}
	parts = [part for part in note.get("packed_items") or () if part.parent_detail_docname in rows]
	if not parts or note.is_return or note.docstatus.is_cancelled() or not is_on(FULFILMENT):
		return
	left = picked_bundles.lots_left({rows[part.parent_detail_docname].against_pick_list for part in parts})
	named = _named_before(note)
	bundled = delivered.lots_of_bundles(part.serial_and_batch_bundle for part in parts)
	for part in parts:
		row = rows[part.parent_detail_docname]
		there = left.get((row.against_pick_list, row.so_detail, part.item_code), {})
		own = bundled.get(part.serial_and_batch_bundle, {})
		if not there.keys() <= {NO_LOT} and rounded(sum(own.values()) - part.qty):
			in_boxes = (alongside(row).lots_of_parts or {}).get(part.item_code)
			lots = next_lots(part.qty, there, own or in_boxes or named.get(_key(part), {}))
			_put(note, part, lots)
		elif own:
			part.update(_NO_FIELDS)


_NO_FIELDS = {"batch_no": None, "serial_no": None, "use_serial_batch_fields": 0}


def _named_before(note) -> dict[tuple[str, str], dict[str, float]]:
	before = note.get_doc_before_save()
	return {
		_key(part): typed_lots(part.serial_no, part.batch_no, part.qty)
		for part in (before.packed_items if before else ())
	}


def _key(part) -> tuple[str, str]:
	return part.parent_detail_docname, part.item_code


def _put(note, part, lots: Mapping[str, float]) -> None:
	if not lots:
		return
	of = "serial_no" if frappe.get_cached_value("Item", part.item_code, "has_serial_no") else "batch_no"
	part.update({**_NO_FIELDS, "use_serial_batch_fields": 1})
	entries = [{of: lot, "qty": -qty} for lot, qty in lots.items()]
	if part.serial_and_batch_bundle:
		lot_bundles.rewrite_bundle(part.serial_and_batch_bundle, entries)
	elif of == "serial_no" or len(lots) == 1:
		part.set(of, "\n".join(lots))
	elif not note.is_new():
		part.serial_and_batch_bundle = lot_bundles.make_lot_bundle(note, part, entries)
	if part.serial_and_batch_bundle:
		part.use_serial_batch_fields = 0
