"""Packing Stations: which printer stands where, and what it is sent for a box."""

import frappe
from frappe import _
from frappe.utils import escape_html
from frappe.utils.jinja import render_template

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, refuse_in_words
from sales_wh_flow.packing import sayings
from sales_wh_flow.packing.answers import KnownStation, PrintJob
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.permissions import own_places
from sales_wh_flow.packing.rules import prints
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import label_files

_FIELDS = ("name", "warehouse", "way", "printer_name", "prints_on_close", "prints_packing_list")


def check_form(doc) -> None:
	"""A station's form. Raises: ValidationError for a Print Format that prints no boxes, or no printer."""
	for field in ("label_format", "packing_list_format"):
		name = doc.get(field)
		if name and frappe.get_cached_value("Print Format", name, "doc_type") != "Order Box":
			text = _("{0}: {1} prints no Order Box. Choose a Print Format of Order Box.").format(
				frappe.bold(_(doc.meta.get_label(field))), frappe.bold(escape_html(name))
			)
			refuse_in_words(text, _("Another Print Format"))
	if doc.way == prints.QZ and not (doc.printer_name or "").strip():
		refuse_in_words(_("Name the printer as the computer at the station calls it."), _("Printer Missing"))


def stations() -> list[KnownStation]:
	"""The stations that are in use where the session's user works."""
	found = frappe.get_list(
		"Packing Station", {"enabled": 1}, _FIELDS, order_by="name", limit_page_length=200
	)
	places = own_places(row.warehouse for row in found if row.warehouse)
	return [
		{
			"name": row.name,
			"way": row.way,
			"printer": row.printer_name or "",
			"prints_on_close": bool(row.prints_on_close),
			"prints_packing_list": bool(row.prints_packing_list),
		}
		for row in found
		if not row.warehouse or row.warehouse in places
	]


def note_print(box: str, station: str | None, what: str) -> None:
	"""The box's story says what was printed of it, and where."""
	held = store.hold_boxes([box])
	if box not in held:
		refuse(RuleViolation("no_such_box", box=box))
	_station(station)
	note = said.keep(sayings.printed, what=what, station=station or "")
	change_state([held[box]], held[box].state, note=note)


def print_job(box: str, station: str | None, what: str) -> PrintJob:
	"""What the printer of a station, or a browser, is to print of a box. ``what``: label or list."""
	return _job(frappe.get_doc("Order Box", box), _station(station), what)


def _station(name: str | None):
	if not name:
		return None
	if not frappe.db.get_value("Packing Station", name, "enabled"):
		refuse(RuleViolation("no_station", station=name))
	return frappe.get_cached_doc("Packing Station", name)


def _job(box, at, what: str) -> PrintJob:
	way = at.way if at else prints.BROWSER
	printer = (at.printer_name or "") if at else ""
	own = label_files.content_of(box.label) if what == prints.LABEL and box.label else b""
	if own:
		kind = prints.printed_kind(own)
		return {
			"way": prints.way_for(way, kind),
			"printer": printer,
			"kind": kind,
			"format": "",
			"content": prints.as_text(own),
			"name": prints.file_name(box.name, box.tracking_no or "", kind),
		}
	name = prints.format_for(way, what, *((at.label_format, at.packing_list_format) if at else ()))
	made = frappe.get_cached_doc("Print Format", name)
	if not made.raw_printing:
		return {
			"way": prints.BROWSER,
			"printer": printer,
			"kind": prints.PAGE,
			"format": name,
			"content": "",
			"name": box.name,
		}
	commands = render_template(made.raw_commands or "", {"doc": box, "_": _})
	return {
		"way": prints.way_for(way, prints.ZPL),
		"printer": printer,
		"kind": prints.ZPL,
		"format": name,
		"content": prints.as_text(commands.encode()),
		"name": prints.file_name(box.name, "", prints.ZPL),
	}
