"""Figures of a warehouse that routing could not work with are refused when they are entered."""

from frappe.utils import cint, flt

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse


def check_sending_warehouse(doc) -> None:
	"""Raises: ValidationError for a limit of no lines a day, or coordinates that no place has."""
	problems = []
	lines = cint(doc.get("swf_lines_per_day"))
	if cint(doc.get("swf_limit_lines")) and lines < 1:
		problems.append(RuleViolation("no_lines_per_day", warehouse=doc.name or "", lines=lines))
	latitude, longitude = flt(doc.get("swf_latitude")), flt(doc.get("swf_longitude"))
	if abs(latitude) > 90 or abs(longitude) > 180:
		problems.append(
			RuleViolation("no_such_place", warehouse=doc.name or "", latitude=latitude, longitude=longitude)
		)
	refuse(problems)
