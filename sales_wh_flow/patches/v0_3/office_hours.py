"""Office hours that are the second of the installation become 09:00 to 17:00, and due times are counted anew.

Frappe fills every Time field of a new document with the present time, whatever its default says. May run
again.
"""

import frappe
from frappe.utils import get_datetime, get_time

from sales_wh_flow.approval import due_times
from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store import due

SETTINGS = "Sales Flow Settings"
USUAL = {"approval_office_from": "09:00", "approval_office_to": "17:00"}


def execute() -> None:
	stored = {field: frappe.db.get_single_value(SETTINGS, field, cache=False) for field in USUAL}
	if not any(stored.values()):
		return  # nothing was saved yet: the defaults hold
	hours = {field: _typed(value) for field, value in stored.items()}
	if None in hours.values() or hours["approval_office_from"] > hours["approval_office_to"]:
		hours = USUAL
	frappe.db.set_single_value(SETTINGS, hours, update_modified=False)
	frappe.clear_document_cache(SETTINGS, SETTINGS)
	if hours == USUAL:
		for approval, company, due_hours, since in due.open_ones(OPEN):
			due.write_due(approval, due_times.of_level(company, due_hours, get_datetime(since)))


def _typed(value) -> str | None:
	"""A time that somebody typed, at a quarter of an hour; None for any other."""
	try:
		time = get_time(value)
	except (ValueError, TypeError, OverflowError):  # what its parser says of what is no time
		return None
	is_typed = not (time.minute % 15 or time.second or time.microsecond)
	return time.strftime("%H:%M") if is_typed else None
