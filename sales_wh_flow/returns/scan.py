"""A case is opened by scanning what came: a box, or a serial number."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.returns import open_case
from sales_wh_flow.scanning import read


def open_for_scan(text: str, reason: str | None = None) -> str:
	"""The case of what was scanned; its name. Several may be scanned, one a line.

	Raises: ValidationError for what is neither a box nor a serial number.
	"""
	scans = [read.read_scan(line) for line in text.splitlines() if line.strip()]
	strange = [it.text for it in scans if it.kind not in (read.BOX, read.SERIAL)]
	kinds = {it.kind for it in scans}
	if strange or len(kinds) != 1:
		refuse(RuleViolation("nothing_to_return_scanned", text=", ".join(strange[:5]) or text.strip()))
	if read.BOX in kinds:
		return open_case.open_for_boxes([it.name for it in scans if it.name], reason)
	return open_case.open_for_serials([it.serial_no for it in scans if it.serial_no], reason)
