"""Serial numbers as ERPNext keeps many of them in one field: a line each, or apart by commas."""


def each_serial(text: str | None) -> tuple[str, ...]:
	"""The serial numbers of a field. A blank is part of a number: "Model 7 0001" is one."""
	parts = (part.strip() for part in (text or "").replace(",", "\n").split("\n"))
	return tuple(part for part in parts if part)


def typed_lots(serial_no: str | None, batch_no: str | None, qty_stock: float) -> dict[str, float]:
	"""{serial number, or batch: quantity in stock UOM} of a row that names its lots in its own fields."""
	serials = each_serial(serial_no)
	if serials:
		return dict.fromkeys(serials, 1.0)
	return {batch_no: qty_stock} if batch_no else {}
