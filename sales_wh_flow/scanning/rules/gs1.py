"""Element strings of GS1 barcodes: which product, which lot, until when, how many.

Source: GS1 General Specifications, section 3 (application identifiers) and 7.9 (check digit).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FNC1 = "\x1d"
"""Ends an element of free length; scanners send it as ASCII 29."""

_SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
"""What scanners put before a GS1 barcode when they are told to name its kind."""

_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
"""Identifiers of elements whose length is fixed; they need no separator."""

_FREE = {
	"10": 20,
	"21": 20,
	"22": 20,
	"30": 8,
	"37": 8,
	"240": 30,
	"241": 30,
	"250": 30,
	"400": 30,
	"401": 30,
}
"""Identifiers of elements that end at a separator, with their longest length."""

_WEIGHED = re.compile(r"3[1-6]\d\d")
"""Measures with a fixed length of six digits; the last digit of the identifier says where the point is."""

_PREFIX_OF_SSCC = re.compile(r"\d{7,10}")


@dataclass(frozen=True, slots=True)
class Elements:
	"""What an element string says; what it does not say is empty. ``gtin``: 14 digits. ``qty``: AI 30 or
	37. ``expires_on``: AI 17, the last day of the month where the day is 00.
	"""

	sscc: str = ""
	gtin: str = ""
	batch_no: str = ""
	serial_no: str = ""
	expires_on: date | None = None
	qty: int | None = None


def parse_elements(text: str, *, today: date) -> Elements:
	"""What an element string says: with FNC1 between elements, ``(01)0950…(10)AB`` for people, with or
	without the scanner's mark before it. ``today`` tells the century of its dates.

	Raises: ValueError for anything else, an unknown identifier, a wrong length or a wrong check digit.
	"""
	found = dict(_split(text))
	for identifier in ("00", "01", "02"):
		if identifier in found and not has_check_digit(found[identifier]):
			raise ValueError(f"({identifier}) {found[identifier]}: wrong check digit")
	count = found.get("30") or found.get("37")
	return Elements(
		sscc=found.get("00", ""),
		gtin=found.get("01") or found.get("02", ""),
		batch_no=found.get("10", ""),
		serial_no=found.get("21", ""),
		expires_on=_day(found["17"], today) if "17" in found else None,
		qty=int(count) if count else None,
	)


def has_check_digit(digits: str) -> bool:
	"""Whether the last digit is the one that the others ask for."""
	return digits.isascii() and digits.isdigit() and digits[-1] == check_digit(digits[:-1])


def check_digit(digits: str) -> str:
	"""The digit that follows these: weights 3 and 1 from the right."""
	total = sum(int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits)))
	return str(-total % 10)


def build_sscc(prefix: str, serial: int, *, extension: int = 0) -> str:
	"""The 18 digits of a logistic unit: extension digit, the company's GS1 prefix (7 to 10 digits), number.

	Raises: ValueError for a prefix of another length, or when the numbers of the prefix are used up.
	"""
	if not _PREFIX_OF_SSCC.fullmatch(prefix):
		raise ValueError(f"a GS1 company prefix has 7 to 10 digits, not {prefix!r}")
	width = 16 - len(prefix)
	if not 0 <= serial < 10**width:
		raise ValueError(f"{serial} does not fit into the {width} digits after prefix {prefix}")
	body = f"{extension}{prefix}{str(serial).zfill(width)}"
	return body + check_digit(body)


def label_number(text: str) -> str:
	"""The 18 digits of a logistic unit's label in whatever way a scanner, or a person, writes them: with
	``00`` or ``(00)`` before them, a scanner's mark, blanks, or alone. Empty for anything else.
	"""
	for mark in _SYMBOLOGIES:
		text = text.removeprefix(mark)
	digits = re.sub(r"[\s()]", "", text.strip(FNC1))
	digits = digits[2:] if len(digits) == 20 and digits.startswith("00") else digits
	return digits if len(digits) == 18 and has_check_digit(digits) else ""


def is_product_number(text: str) -> bool:
	"""Whether these are the 8, 12, 13 or 14 digits of a product."""
	return len(text) in (8, 12, 13, 14) and has_check_digit(text)


def gtins_of(barcode: str) -> tuple[str, ...]:
	"""The ways in which a product's barcode is written: as 14 digits, and shorter where zeros lead."""
	full = barcode.zfill(14)
	return tuple(
		dict.fromkeys((full, *(full[14 - size :] for size in (13, 12, 8) if not int(full[: 14 - size]))))
	)


def _split(text: str) -> Iterator[tuple[str, str]]:
	for mark in _SYMBOLOGIES:
		text = text.removeprefix(mark)
	text = text.strip(FNC1)
	if not text:
		raise ValueError("nothing to read")
	yield from (_in_brackets(text) if text.startswith("(") else _in_line(text))


def _in_brackets(text: str) -> Iterator[tuple[str, str]]:
	if not re.fullmatch(r"(\(\d{2,4}\)[^()]+)+", text):
		raise ValueError(f"{text}: no elements in brackets")
	for identifier, value in re.findall(r"\((\d{2,4})\)([^()]+)", text):
		length, is_fixed = _length_of(identifier)
		yield identifier, _checked(identifier, value.strip(), length, is_fixed)


def _in_line(text: str) -> Iterator[tuple[str, str]]:
	while text:
		identifier = next((text[:size] for size in (2, 3, 4) if _is_known(text[:size])), "")
		if not identifier:
			raise ValueError(f"{text[:4]}: no identifier that is known here")
		length, is_fixed = _length_of(identifier)
		rest = text[len(identifier) :]
		end = length if is_fixed else (rest + FNC1).index(FNC1)
		yield identifier, _checked(identifier, rest[:end], length, is_fixed)
		text = rest[end:].removeprefix(FNC1)


def _is_known(identifier: str) -> bool:
	return identifier in _FIXED or identifier in _FREE or bool(_WEIGHED.fullmatch(identifier))


def _length_of(identifier: str) -> tuple[int, bool]:
	if not _is_known(identifier):
		raise ValueError(f"({identifier}): no identifier that is known here")
	if identifier in _FREE:
		return _FREE[identifier], False
	return _FIXED.get(identifier, 6), True


def _checked(identifier: str, value: str, length: int, is_fixed: bool) -> str:
	wrong = len(value) != length if is_fixed else not 0 < len(value) <= length
	needs_digits = is_fixed or identifier in ("30", "37")
	if wrong or (needs_digits and not (value.isascii() and value.isdigit())):
		raise ValueError(
			f"({identifier}) {value}: {length} {'digits' if needs_digits else 'characters at most'}"
		)
	return value


def _day(digits: str, today: date) -> date:
	"""YYMMDD in the century that is nearest: 51 years or more ahead is a hundred years ago."""
	year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
	century = today.year - today.year % 100
	ahead = year - today.year % 100
	year += century + (100 if ahead <= -50 else -100 if ahead >= 51 else 0)
	try:
		return date(year, month, day or calendar.monthrange(year, month)[1])
	except (ValueError, calendar.IllegalMonthError) as error:
		raise ValueError(f"(17) {digits}: no day") from error
