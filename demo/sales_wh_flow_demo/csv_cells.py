"""What may stand in a cell of a CSV file, by its column's kind, and what it means."""

import re
from collections.abc import Callable
from datetime import date

from sales_wh_flow.approval.rules.needs import CRITERIA
from sales_wh_flow.base.quantities import PRECISION, rounded
from sales_wh_flow.routing.rules.facts import COMPLETENESS, STRATEGIES
from sales_wh_flow_demo.dataset import BATCH, SERIAL


def cell(kind: str, text: str):
	"""What the text of a cell means: text, float, int, bool, date, or None for an empty cell that is no text.

	Raises: ValueError that says what to do.
	"""
	if kind == "text":
		return text
	return _kinds[kind](text) if text else None


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
LARGEST = 1_000_000_000
"""Beyond it a float keeps fewer than the decimals that stock is counted with."""


def _number(text: str) -> float:
	if not _NUMBER.fullmatch(text):
		hint = "; write digits"
		if re.search(r"\d-$|^\(.*\d.*\)$", text):
			hint = "; write a number below zero with a minus before it, like -150"
		elif "," in text or text.count(".") > 1:
			hint = "; write a point before the decimals and no thousands separator"
		elif any(letter.isdigit() for letter in text):
			hint = "; write the number alone, without sign of a currency or unit"
		raise ValueError(f"not a number{hint}")
	number = float(text)
	if abs(number) > LARGEST:
		raise ValueError(f"is above {LARGEST:,.0f}; check the digits and the unit")
	return number


def _quantity(text: str) -> float:
	"""0 is one; what stock is not counted as finely as, is none."""
	number = _number(text)
	if number and not rounded(number):
		raise ValueError(f"is less than stock is counted in, which has {PRECISION} decimals; correct it")
	return number


def _at_least(lowest: float, advice: str, read: Callable[[str], float] = _number) -> Callable[[str], float]:
	def parse(text: str) -> float:
		number = read(text)
		if number < lowest:
			raise ValueError(advice)
		return number

	return parse


def _ordered(text: str) -> float:
	number = _quantity(text)
	if number < 0:
		raise ValueError(
			"must be above zero; a return or credit note is no order: leave it out here and write its"
			" amount into open_invoices.csv, below zero"
		)
	if number == 0:
		raise ValueError("must be above zero; leave out what is not wanted")
	return number


def _above_zero(advice: str, read: Callable[[str], float] = _number) -> Callable[[str], float]:
	def parse(text: str) -> float:
		number = read(text)
		if number <= 0:
			raise ValueError(f"must be above zero; {advice}")
		return number

	return parse


def _between(lowest: float, highest: float, unit: str = "degrees") -> Callable[[str], float]:
	def parse(text: str) -> float:
		number = _number(text)
		if not lowest <= number <= highest:
			raise ValueError(f"must lie between {lowest:g} and {highest:g} {unit}")
		return number

	return parse


def _whole(lowest: int | None) -> Callable[[str], int]:
	def parse(text: str) -> int:
		number = _number(text)
		if number != int(number):
			raise ValueError("must be a whole number")
		if lowest is not None and number < lowest:
			raise ValueError(f"must be {lowest} or more")
		return int(number)

	return parse


def _date(text: str) -> date:
	try:
		day = date.fromisoformat(re.split("[T ]", text)[0])
	except ValueError:
		raise ValueError("not a date; write year-month-day, like 2026-03-31") from None
	if not 1900 <= day.year < 2200:
		raise ValueError("must lie between the years 1900 and 2199; correct the year")
	return day


def _currency(text: str) -> str:
	if not re.fullmatch("[A-Z]{3}", text):
		raise ValueError("not the code of a currency; write three capital letters, like EUR")
	return text


def _link(text: str) -> str:
	if not re.match(r"https?://\S", text, re.IGNORECASE):
		raise ValueError("not a link; begin it with https:// or http://")
	return text


def _yes_or_no(text: str) -> bool:
	return _one_of({"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False})(text)


def _one_of(choices: dict) -> Callable:
	def parse(text: str):
		by_lower = {choice.lower(): meaning for choice, meaning in choices.items()}
		if text.lower() not in by_lower:
			raise ValueError(f"must be one of: {', '.join(choices)}")
		return by_lower[text.lower()]

	return parse


_kinds: dict[str, Callable] = {
	"amount": _at_least(0, "must not be negative; correct it, or leave the row out"),
	"money": _number,
	"share": _between(0, 100, "per cent"),
	"strategy": _one_of({strategy: strategy for strategy in STRATEGIES}),
	"ship complete": _one_of({choice: choice for choice in COMPLETENESS}),
	"stock": _at_least(
		0, "must not be negative; stock below zero cannot be locked, correct it first", _quantity
	),
	"ordered": _ordered,
	"arriving": _above_zero("leave the row out if nothing comes", _quantity),
	"factor": _above_zero("say how much of the one is in the other"),
	"latitude": _between(-90, 90),
	"longitude": _between(-180, 180),
	"date": _date,
	"currency": _currency,
	"link": _link,
	"count": _whole(0),
	"rank": _whole(1),
	"whole": _whole(None),
	"yes or no": _yes_or_no,
	"criterion": _one_of({criterion: criterion for criterion in CRITERIA}),
	"part": _between(0, 50, "per cent"),
	"tracking": _one_of({BATCH: BATCH, SERIAL: SERIAL}),
}
