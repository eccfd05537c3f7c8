"""What came is scanned: a box, a serial number, the number of a case that the customer wrote on the parcel,
or a Delivery Note.
"""

from dataclasses import dataclass

import frappe

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.returns import open_case, take_in
from sales_wh_flow.returns.answers import ScannedReturn
from sales_wh_flow.scanning import read

_CASE, _NOTE = "Return Case", "Delivery Note"


@dataclass(frozen=True, slots=True)
class _Scanned:
	"""``strange``: lines that name none of these; ``lines``: all the others."""

	cases: tuple[str, ...]
	notes: tuple[str, ...]
	boxes: tuple[str, ...]
	serials: tuple[str, ...]
	strange: tuple[str, ...]
	lines: tuple[str, ...]


def look_at_text(text: str) -> ScannedReturn:
	"""Where a scan leads before anything is written: to its case, to Delivery Notes to choose from, or to
	neither: then ``open_for_scan`` opens a case. What is none of these is named beside the rest.

	Raises: ValidationError for no line that is anything, and for several kinds at once.
	"""
	found = _read(text)
	if found.lines:
		_check_one_kind(found)
	for doctype, names in ((_CASE, found.cases), (_NOTE, found.notes)):
		for name in names:
			frappe.get_doc(doctype, name).check_permission("read")
	return {
		"case": next(iter(found.cases), None),
		"delivery_notes": list(found.notes),
		"known": list(found.lines),
		"strange": list(found.strange),
	}


def open_for_scan(text: str, reason: str | None = None) -> str:
	"""The case of what was scanned; its name. Several boxes and serial numbers may be scanned, one a line.

	Raises: ValidationError for what is none of these.
	"""
	open_case.check_is_on()
	found = _read(text)
	_check_one_kind(found, found.strange)
	if found.cases:
		(name,) = found.cases
		frappe.get_doc(_CASE, name).check_permission("read")
		return name
	if found.notes:
		refuse(RuleViolation("scan_names_notes", notes=found.notes[:5]))
	return take_in.take_in_goods(found.boxes, found.serials, reason)


def _read(text: str) -> _Scanned:
	lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
	cases, notes = _named(_CASE, lines), _named(_NOTE, lines)
	scans = [read.read_scan(line) for line in lines if line not in {*cases, *notes}]
	known = [it for it in scans if it.kind in (read.BOX, read.SERIAL)]
	strange = tuple(it.text for it in scans if it not in known)
	return _Scanned(
		tuple(cases.values()),
		tuple(notes.values()),
		tuple(it.name for it in known if it.kind == read.BOX and it.name),
		tuple(it.serial_no for it in known if it.kind == read.SERIAL and it.serial_no),
		strange,
		tuple(line for line in lines if line not in strange),
	)


def _check_one_kind(found: _Scanned, strange: tuple[str, ...] = ()) -> None:
	kinds = bool(found.cases) + bool(found.notes) + bool(found.boxes or found.serials)
	if strange or kinds != 1 or len(found.cases) > 1:
		told = strange or found.lines
		refuse(RuleViolation("nothing_to_return_scanned", text=", ".join(told[:5])))


def _named(doctype: str, lines: list[str]) -> dict[str, str]:
	"""{line: the document whose number it is}, however it is typed."""
	found = {line: frappe.db.get_value(doctype, line, "name") for line in lines}
	return {line: name for line, name in found.items() if name}
