"""One broken promise, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
	"""One thing that must not be. ``code`` says which; ``found`` and ``expected`` are the two figures."""

	code: str
	found: float | str
	expected: float | str
	item_code: str = ""
	warehouse: str = ""
	batch_no: str = ""
	serial_no: str = ""
	order: str = ""
	row: str = ""
	lock: str = ""
