"""What `routing.api` answers."""

from typing import TypedDict


class PlannedLine(TypedDict):
	"""A part of an order's line in a plan. Unit: the line's UOM. Days are text, "" where none is known.

	``brought_to``: where it goes by transfer first, "" for none; ``source``: what the day rests on, in words.
	"""

	idx: int
	item_code: str
	item_name: str
	warehouse: str
	qty: float
	uom: str
	missing: float
	brought_to: str
	promised_on: str
	ships_on: str
	source: str


class ShownPlan(TypedDict):
	"""A way to serve a draft. ``way``: fewest, fastest, cheapest or later; ``cost``: in the company's
	currency.

	``has_freight``: what a parcel costs is known for each warehouse that sends; ``short``: how many lines
	miss something; ``last_day``, ``last_leaves``: "" where no day is known.
	"""

	way: str
	warehouses: list[str]
	parcels: int
	cost: float
	has_freight: bool
	last_day: str
	last_leaves: str
	short: int
	lines: list[PlannedLine]


class RoutePlans(TypedDict):
	"""``kept``: how many rows stay as they were chosen."""

	plans: list[ShownPlan]
	kept: int
	currency: str


class StockPlace(TypedDict):
	"""What is free in a warehouse. Unit: stock UOM."""

	warehouse: str
	qty: float


class StockComing(TypedDict):
	"""A delivery that is on its way to a warehouse, from ``document``. Unit: stock UOM."""

	warehouse: str
	qty: float
	due: str
	document: str


class LineStock(TypedDict):
	"""Where the stock for a line is. ``state``: here, elsewhere, on its way or short. Unit: stock UOM.

	``missing``: of what is needed in the row's own warehouse; ``short``: of it everywhere. ``day``: when all
	is there, "" for now or never; ``places``, ``coming``: at most twelve of each.
	"""

	item_code: str
	uom: str
	needed: float
	missing: float
	state: str
	here: float
	elsewhere: float
	day: str
	short: float
	places: list[StockPlace]
	coming: list[StockComing]
