"""Serial numbers as ERPNext keeps many of them in one field: a line each, or apart by commas."""


def each_serial(text: str | None) -> tuple[str, ...]:
	"""The serial numbers of a field. A blank is part of a number: "Model 7 0001" is one."""
	parts = (part.strip() for part in (text or "").replace(",", "\n").split("\n"))
	return tuple(part for part in parts if part)
