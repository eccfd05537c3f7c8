"""The CSV layout as a table: which files, which columns, what may stand in a cell, what refers to what.

docs/data-layout.md says the same for people; a test compares the two.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sales_wh_flow.rules.approval import CRITERIA
from sales_wh_flow.rules.routing.facts import BY_RANK, COMPLETENESS, STRATEGIES, WHAT_IS_THERE

from .dataset import BATCH, SERIAL


@dataclass(frozen=True, slots=True)
class Column:
	"""``default``: what an empty or absent cell stands for. ``refers_to``: the file whose key it must be."""

	name: str
	kind: str = "text"
	is_required: bool = False
	default: str = ""
	refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
	"""``key``: the columns that no two rows may share."""

	file: str
	columns: tuple[Column, ...]
	key: tuple[str, ...]
	is_required: bool = False
	needs_rows: bool = False


def _needed(name: str, kind: str = "text", refers_to: str = "") -> Column:
	return Column(name, kind, True, refers_to=refers_to)


TABLES = (
	Table(
		"company.csv",
		(
			_needed("company"),
			Column("abbr"),
			Column("currency", default="EUR"),
			Column("country", default="Germany"),
		),
		("company",),
	),
	Table(
		"warehouses.csv",
		(
			_needed("warehouse"),
			Column("city"),
			Column("country"),
			Column("latitude", "latitude"),
			Column("longitude", "longitude"),
			Column("cost_per_order", "amount", default="0"),
			Column("cost_per_line", "amount", default="0"),
			Column("cost_per_km", "amount", default="0"),
			Column("lines_per_day", "count", default="0"),
		),
		("warehouse",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"items.csv",
		(
			_needed("item"),
			Column("name"),
			Column("item_group", default="Products"),
			Column("uom", default="Nos"),
			Column("whole_number", "yes or no", default="yes"),
			Column("price", "amount", default="0"),
			Column("cost", "amount", default="0"),
			Column("order_uom"),
			Column("order_uom_factor", "quantity", default="1"),
			Column("tracking", "tracking"),
			Column("stock_item", "yes or no", default="yes"),
			Column("weight_kg", "amount", default="0"),
		),
		("item",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"stock.csv",
		(
			_needed("item", refers_to="items.csv"),
			_needed("warehouse", refers_to="warehouses.csv"),
			_needed("qty", "stock"),
			Column("batch"),
			Column("expires", "date"),
			Column("serial_no"),
		),
		("item", "warehouse", "batch", "serial_no"),
		is_required=True,
	),
	Table(
		"customer_groups.csv",
		(_needed("customer_group"), Column("parent", refers_to="customer_groups.csv")),
		("customer_group",),
	),
	Table(
		"customers.csv",
		(
			_needed("customer"),
			Column("customer_group"),
			Column("credit_limit", "amount", default="0"),
			Column("currency"),
			Column("street"),
			Column("city"),
			Column("country"),
			Column("latitude", "latitude"),
			Column("longitude", "longitude"),
			Column("zone"),
			Column("since", "date"),
		),
		("customer",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"open_invoices.csv",
		(
			_needed("invoice"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			_needed("amount", "money"),
		),
		("invoice",),
	),
	Table(
		"payments.csv",
		(
			_needed("payment"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			_needed("amount", "money"),
		),
		("payment",),
	),
	Table(
		"freight.csv",
		(
			_needed("zone"),
			Column("warehouse", refers_to="warehouses.csv"),
			Column("per_parcel", "amount", default="0"),
			Column("per_kg", "amount", default="0"),
		),
		("zone", "warehouse"),
	),
	Table(
		"couriers.csv",
		(
			_needed("courier"),
			Column("service"),
			Column("transit_days", "count", default="2"),
			Column("tracking_url"),
		),
		("courier", "service"),
	),
	Table(
		"people.csv",
		(_needed("person"), _needed("role"), Column("email"), Column("title")),
		("person", "role"),
	),
	Table(
		"orders.csv",
		(
			_needed("order"),
			_needed("customer", refers_to="customers.csv"),
			_needed("date", "date"),
			Column("due", "date"),
			Column("author", default="Sales Desk"),
			Column("currency"),
			Column("exchange_rate", "quantity"),
			Column("courier"),
			Column("service"),
			Column("instructions"),
		),
		("order",),
		is_required=True,
		needs_rows=True,
	),
	Table(
		"order_lines.csv",
		(
			_needed("order", refers_to="orders.csv"),
			_needed("item", refers_to="items.csv"),
			_needed("qty", "quantity"),
			Column("uom"),
			Column("price", "amount"),
			Column("list_price", "amount"),
			Column("drop_ship", "yes or no", default="no"),
		),
		(),
		is_required=True,
	),
	Table(
		"purchases.csv",
		(
			_needed("purchase"),
			_needed("item", refers_to="items.csv"),
			_needed("warehouse", refers_to="warehouses.csv"),
			_needed("qty", "quantity"),
			_needed("expected", "date"),
		),
		("purchase", "item", "warehouse", "expected"),
	),
	Table(
		"approval_rules.csv",
		(
			_needed("rule"),
			_needed("criterion", "criterion"),
			_needed("threshold", "amount"),
			_needed("approver_role"),
			Column("customer_group"),
			Column("allow_own_order", "yes or no", default="no"),
		),
		("rule",),
	),
	Table(
		"routing_rules.csv",
		(
			_needed("rule"),
			_needed("warehouse", refers_to="warehouses.csv"),
			Column("rank", "rank", default="1"),
			Column("customer_group"),
			Column("max_splits", "rank", default="3"),
			Column("priority", "whole", default="0"),
			Column("strategy", "strategy", default=BY_RANK),
			Column("max_warehouses", "count", default="0"),
			Column("smallest_part", "part", default="0"),
			Column("ship_complete", "ship complete", default=WHAT_IS_THERE),
			Column("min_share_pct", "share", default="0"),
		),
		("rule", "warehouse"),
	),
)


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
		hint = "; write a point before the decimals and no thousands separator" if "," in text else ""
		raise ValueError(f"not a number{hint}")
	number = float(text)
	if abs(number) > LARGEST:
		raise ValueError(f"is above {LARGEST:,.0f}; check the digits and the unit")
	return number


def _at_least(lowest: float, advice: str) -> Callable[[str], float]:
	def parse(text: str) -> float:
		number = _number(text)
		if number < lowest:
			raise ValueError(advice)
		return number

	return parse


def _quantity(text: str) -> float:
	number = _number(text)
	if number < 0:
		raise ValueError(
			"must be above zero; a return or credit note is no order: leave it out here and write its"
			" amount into open_invoices.csv, below zero"
		)
	if number == 0:
		raise ValueError("must be above zero; leave out what is not wanted")
	return number


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
	"amount": _at_least(0, "must not be negative"),
	"money": _number,
	"share": _between(0, 100, "per cent"),
	"strategy": _one_of({strategy: strategy for strategy in STRATEGIES}),
	"ship complete": _one_of({choice: choice for choice in COMPLETENESS}),
	"stock": _at_least(0, "must not be negative; stock below zero cannot be locked, correct it first"),
	"quantity": _quantity,
	"latitude": _between(-90, 90),
	"longitude": _between(-180, 180),
	"date": _date,
	"count": _whole(0),
	"rank": _whole(1),
	"whole": _whole(None),
	"yes or no": _yes_or_no,
	"criterion": _one_of({criterion: criterion for criterion in CRITERIA}),
	"part": _between(0, 50, "per cent"),
	"tracking": _one_of({BATCH: BATCH, SERIAL: SERIAL}),
}
