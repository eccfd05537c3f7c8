"""What `shortage.api` answers. Quantities are in stock UOM unless something else is said."""

from datetime import date, datetime
from typing import TypedDict

from sales_wh_flow.order.answers import Backorder


class BundleShort(TypedDict):
	"""How many of a product bundle can't be made without a component. ``row``: the order line."""

	row: str
	item_code: str
	missing: float
	ordered: float


class WayOut(TypedDict):
	"""``parts``: [place or supplier, quantity]; ``why_not``: a code, "" where the action is open."""

	action: str
	qty: float
	parts: list[list[str | float]]
	why_not: str


class ShownStandIn(TypedDict):
	"""An item that may stand in. Rates are in the order's currency for one stock unit of the item ordered.

	``free``: in the row's warehouse; ``factor``: how many of it stand for one; ``via``: the items that lead
	to it; ``why_not``: uom, disabled or "".
	"""

	item_code: str
	item_name: str
	uom: str
	free: float
	free_anywhere: float
	qty: float
	factor: float
	old_rate: float
	list_rate: float
	via: list[str]
	why_not: str


class MissingLine(TypedDict):
	"""A line that waits. A component of a product bundle is a line of its own: ``row`` is its Packed Item.

	``asked``: what of it somebody was asked for; ``expected``: when all it waits for is due, null where what
	is on its way does not suffice; ``consent``: the customer's, in words.
	"""

	row: str
	idx: int
	item_code: str
	item_name: str
	warehouse: str | None
	uom: str
	ordered: float
	missing: float
	bundle: BundleShort | None
	asked: float
	expected: date | None
	consent: str
	actions: list[WayOut]
	substitutes: list[ShownStandIn]


class ShortageDone(TypedDict):
	"""A Shortage Action: what was done for an order so far. ``reason``: in words."""

	row: str | None
	item_code: str | None
	action: str
	qty_stock: float
	reference_doctype: str | None
	reference_name: str | None
	new_item: str | None
	price_rule: str | None
	consent_by: str | None
	consent_how: str | None
	consent_on: datetime | None
	reason: str | None
	actor: str | None
	happened_on: datetime


class MissingOfOrder(TypedDict):
	"""The lines of an order that wait, with what can be done for each; ``done``: latest first."""

	lines: list[MissingLine]
	done: list[ShortageDone]
	backorders: list[Backorder]
	price_rules: list[str]
	is_draft: bool


class SplitOrder(TypedDict):
	"""``docstatus``: 0 = it waits for approval."""

	name: str
	docstatus: int


class LineToClose(TypedDict):
	"""Unit: the line's own UOM."""

	row: str
	idx: int
	item_code: str
	item_name: str
	uom: str
	qty: float


class ClosableLines(TypedDict):
	"""``open``: what may be closed short; ``closed``: what was."""

	open: list[LineToClose]
	closed: list[LineToClose]
