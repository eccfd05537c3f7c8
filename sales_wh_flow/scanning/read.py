"""What a scan stands for on this site."""

import re
from dataclasses import dataclass, replace
from datetime import date

from frappe.utils import getdate, nowdate

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.scanning.rules import gs1
from sales_wh_flow.scanning.store import barcodes

ITEM, BATCH, SERIAL, BOX, PICK_LIST, TOTE, UNKNOWN = (
	*("item", "batch", "serial", "box", "pick_list", "tote", "unknown"),
)
_TOTE = re.compile(r"TOTE-[0-9A-Z][0-9A-Z._/-]{0,29}")
"""The number of a tote: totes are crates that nobody keeps a list of."""

LONGEST = 200
"""Longer than any barcode that people stick on goods."""

_MOST_TELLING_FIRST = (SERIAL, BATCH, BOX, PICK_LIST, ITEM)
"""Where one text names several things, the narrower one is meant."""


@dataclass(frozen=True, slots=True)
class Scan:
	"""``kind``: what the text names in the first place. ``uom``, ``qty``: of the barcode, where it says so.
	``name``: the box, pick list or tote.
	"""

	kind: str
	text: str
	item_code: str | None = None
	batch_no: str | None = None
	serial_no: str | None = None
	qty: float | None = None
	uom: str | None = None
	expires_on: date | None = None
	sscc: str | None = None
	name: str | None = None


def read_scan(text: str) -> Scan:
	"""What the text of a barcode, typed or scanned, stands for: at most three statements.

	An item by its barcode or code, a batch, a serial number, a box by number or SSCC, a pick list, a tote
	("TOTE-7"), or a GS1 element string that names several at once. What nobody knows is of kind "unknown".
	It says nothing of what the user may see; the step that was scanned for checks that.

	Raises: ValidationError for no text, and for one that is longer than any barcode.
	"""
	text = (text or "").strip()
	if not text or len(text) > LONGEST:
		refuse(RuleViolation("nothing_scanned", longest=LONGEST))
	if _TOTE.fullmatch(text.upper()):
		return Scan(TOTE, text, name=text.upper())
	if found := barcodes.item_of_barcode([text]):
		return Scan(ITEM, text, item_code=found[0], uom=found[1])
	return _named(text) or _product(text) or _gs1(text) or Scan(UNKNOWN, text)


def _named(text: str) -> Scan | None:
	found = {kind: (name, item, batch) for kind, name, item, batch in barcodes.known_as(text)}
	for kind in _MOST_TELLING_FIRST:
		if kind in found:
			name, item, batch = found[kind]
			return Scan(
				kind,
				text,
				item_code=item,
				batch_no=name if kind == BATCH else batch,
				serial_no=name if kind == SERIAL else None,
				name=name if kind in (BOX, PICK_LIST) else None,
			)
	return None


def _product(text: str) -> Scan | None:
	"""A product's number with another count of leading zeros than its item has: scanners tell one and the
	same barcode as 12, 13 or 14 digits.
	"""
	others = set(gs1.gtins_of(text)) - {text} if gs1.is_product_number(text) else ()
	item = barcodes.item_of_barcode(others) if others else None
	return Scan(ITEM, text, item_code=item[0], uom=item[1]) if item else None


def _gs1(text: str) -> Scan | None:
	if sscc := gs1.label_number(text):
		box = barcodes.box_of_sscc(sscc)
		return Scan(BOX if box else UNKNOWN, text, sscc=sscc, name=box)
	try:
		said = gs1.parse_elements(text, today=getdate(nowdate()))
	except ValueError:
		return None
	if said.sscc:
		box = barcodes.box_of_sscc(said.sscc)
		return Scan(BOX if box else UNKNOWN, text, sscc=said.sscc, name=box)
	item = barcodes.item_of_barcode(gs1.gtins_of(said.gtin)) if said.gtin else None
	if item is None:
		return None
	scan = Scan(ITEM, text, item_code=item[0], uom=item[1], qty=said.qty, expires_on=said.expires_on)
	return _of_lot(scan, said)


def _of_lot(scan: Scan, said: gs1.Elements) -> Scan:
	"""The scan with its serial number or batch; one that the item does not have makes it unknown."""
	if said.serial_no:
		serial = barcodes.serial_of_item(scan.item_code, said.serial_no)
		if serial is None:
			return replace(scan, kind=UNKNOWN, serial_no=said.serial_no)
		return replace(scan, kind=SERIAL, serial_no=serial[0], batch_no=serial[1])
	if said.batch_no:
		batch = barcodes.batch_of_item(scan.item_code, said.batch_no)
		return replace(scan, kind=BATCH if batch else UNKNOWN, batch_no=batch or said.batch_no)
	return scan
