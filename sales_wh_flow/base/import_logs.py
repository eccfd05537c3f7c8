"""What became of the rows of a Data Import."""

import frappe

_REFUSALS = ("QueryDeadlockError", "QueryTimeoutError", "(1020, ")
"""What the logged traceback of such a row says; the last is MariaDB's number of a record that has changed."""


def was_refused_by_the_database(data_import: str) -> bool:
	"""Whether any row failed only because somebody else was quicker."""
	logs = frappe.get_all(
		"Data Import Log", {"data_import": data_import, "success": 0}, pluck="exception", limit_page_length=0
	)
	return any(refusal in (log or "") for log in logs for refusal in _REFUSALS)
