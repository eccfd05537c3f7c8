"""The Serial Shipping Container Code of a box: 18 digits, unique for ever."""

from sales_wh_flow.scanning.rules import gs1


def is_prefix(text: str | None) -> bool:
	"""Whether that can be a GS1 Company Prefix: 7 to 10 digits."""
	return text is not None and text.isascii() and text.isdigit() and 7 <= len(text) <= 10


def sscc_of(prefix: str, number: int) -> str:
	"""The code with this number; the extension digit counts on when the numbers of a prefix are used up.

	Raises: ValueError when ten times all numbers are.
	"""
	extension, serial = divmod(number, 10 ** (16 - len(prefix)))
	if extension > 9:
		raise ValueError(f"the numbers of prefix {prefix} are used up")
	return gs1.build_sscc(prefix, serial, extension=extension)
