"""When an approval is due, and reminded of before: in working hours of the office."""

from datetime import datetime

from frappe.utils import flt

from sales_wh_flow.approval.store import stand_ins
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.working_time import after


def of_level(company: str, due_hours: float, since: datetime) -> dict[str, datetime | None]:
	"""{"due_on", "remind_on"} of a level that has so many working hours since then."""
	settings = flow_settings()
	hours = stand_ins.calendar(company, settings.approval_office_from, settings.approval_office_to)
	earlier = due_hours - flt(settings.approval_remind_hours)
	is_reminded = 0 < earlier < due_hours
	return {
		"due_on": after(since, due_hours, hours),
		"remind_on": after(since, earlier, hours) if is_reminded else None,
	}
