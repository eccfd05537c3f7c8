"""A Delivery Note for just what lies in some boxes, not for all that a Pick List picked."""

from collections import defaultdict
from collections.abc import Sequence

import frappe

from sales_wh_flow.dispatch import deliver
from sales_wh_flow.dispatch.rules.picked_part import PickedPart


def draft_of_parts(parts: Sequence[PickedPart], company: str, **fields: object):
	"""The draft Delivery Note, saved, of one or more orders of one customer; ``fields`` are written on it.

	ERPNext makes a note's rows from those of a Pick List: it is given a list that names the parts alone.
	"""
	from erpnext.stock.doctype.pick_list.pick_list import create_dn_from_so

	by_list: dict[str, list[PickedPart]] = defaultdict(list)
	for part in parts:
		by_list[part.pick_list].append(part)
	note = None
	for pick_list in sorted(by_list):
		orders = sorted({part.order for part in by_list[pick_list]})
		note = create_dn_from_so(_list_of(pick_list, company, by_list[pick_list]), orders, note)
	# Whoever hands boxes over was checked for them; ERPNext lets no Stock User read a customer's address.
	note.flags.ignore_permissions = True
	note.flags.ignore_mandatory = True  # as ERPNext makes notes from Pick Lists
	note.save()
	deliver.bundle_picked_entries(note)
	note.update(fields)
	note.save()
	return note


def _list_of(pick_list: str, company: str, parts: Sequence[PickedPart]):
	"""A Pick List in hand, never saved."""
	drawn = frappe.new_doc("Pick List")
	drawn.update({"company": company, "purpose": "Delivery", "ignore_pricing_rule": 1})
	drawn.name = pick_list or None
	for part in parts:
		row = drawn.append("locations", _row_of(part))
		row.name = part.pick_row or None
	return drawn


def _row_of(part: PickedPart) -> dict:
	return {
		"item_code": part.item_code,
		"warehouse": part.warehouse,
		"sales_order": part.order,
		"sales_order_item": part.order_row,
		"product_bundle_item": part.packed_item or None,
		"picked_qty": part.qty_stock,
		"stock_qty": part.qty_stock,
		"delivered_qty": 0,
		"conversion_factor": 1,
		"batch_no": part.batch_no or None,
		"serial_no": "\n".join(part.serial_nos) or None,
		"use_serial_batch_fields": 1 if part.batch_no or part.serial_nos else 0,
	}
