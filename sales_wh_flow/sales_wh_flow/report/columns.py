"""How a report names its columns."""


def column(fieldname: str, label: str, fieldtype: str, options: str | None = None, width: int = 120) -> dict:
	"""One column of a script report, as Frappe's data table takes it. Unit: ``width`` in pixels."""
	return {
		"fieldname": fieldname,
		"label": label,
		"fieldtype": fieldtype,
		"options": options,
		"width": width,
	}
