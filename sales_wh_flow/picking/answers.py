"""What `picking.api` answers. Quantities are in stock UOM."""

from typing import TypedDict


class WaveOffered(TypedDict):
	"""Orders that could go on one Pick List. ``by``: day or courier; ``key``: which; ``orders``, ``lines``:
	how many.
	"""

	by: str
	key: str
	orders: int
	lines: int


class WarehouseWork(TypedDict):
	"""What a warehouse has to do. ``lines``: {kind: how many}, see `picking.rules.warehouse_work`.

	``used_pct``: of its daily capacity, null where it has none; ``cut_off``: HH:MM or ""; ``minutes_left``:
	to the cut-off, null without one.
	"""

	name: str
	title: str
	company: str
	orders: int
	lines: dict[str, int]
	used_pct: float | None
	cut_off: str
	minutes_left: int | None
	waves: list[WaveOffered]


class WorkOfWarehouses(TypedDict):
	"""The warehouses with something to do, busiest first; ``idle``: names of the others."""

	warehouses: list[WarehouseWork]
	idle: list[str]


class LineOfWork(TypedDict):
	"""A line behind one number of a warehouse. ``ships_on``: the day as text."""

	sales_order: str
	row: str
	idx: int
	item_code: str
	item_name: str
	qty: float
	uom: str
	ships_on: str
	customer_name: str
	courier: str


class ShortRest(TypedDict):
	"""What came of what was not found. ``moved``: [warehouse, quantity] it comes from now; ``left``: what no
	other warehouse has free. ``is_served_soon``: the flow looks elsewhere for it by itself.
	"""

	missing: float
	moved: list[list[str | float]]
	left: float
	pick_list_is_gone: bool
	is_served_soon: bool


class PickListShown(TypedDict):
	"""A draft Pick List. ``orders``, ``rows``: how many; ``order``, ``customer_name``: of the first;
	``found``: rows that are found; ``due``: when the first has to leave, as text; ``cut_off``: until when
	that day, HH:MM or "".
	"""

	name: str
	warehouse: str
	courier: str
	picker: str
	picker_name: str
	is_mine: bool
	orders: int
	order: str
	customer_name: str
	rows: int
	found: int
	due: str
	cut_off: str


class MayWalk(TypedDict):
	"""What the user may do now."""

	pick: bool
	hand_on: bool
	finish: bool


class RowToWalk(TypedDict):
	"""A row in the order of the walk. ``asked_in_units``: [quantity, UOM] where the order's UOM is another
	one; ``asks_batch``: nobody has confirmed its batch yet; ``gone``: its order stopped. ``standing``: so
	much stands in crates (``stands_in``), to be put back.
	"""

	row: str
	idx: int
	item_code: str
	item_name: str
	image: str
	place: str
	warehouse: str
	batch_no: str
	asks_batch: bool
	serial_nos: list[str]
	found_serials: list[str]
	asked: float
	found: float
	uom: str
	asked_in_units: list[float | str] | None
	is_found: bool
	short_reason: str
	order: str
	customer_name: str
	tote: str
	instructions: str
	standing: float
	stands_in: str
	gone: bool


class WalkedList(TypedDict):
	"""A Pick List row by row; without rows when it is gone."""

	name: str
	is_draft: bool
	picker: str
	picker_name: str
	may: MayWalk
	warehouse: str
	courier: str
	rows: list[RowToWalk]


class FoundOfRow(TypedDict):
	"""``found``: of this row so far."""

	row: str
	found: float


class RestOfRow(TypedDict):
	"""``rest``: what came of what was not found."""

	rest: ShortRest


class ScannedRow(WalkedList, FoundOfRow):
	"""The row that was scanned or confirmed, and the list as it is then."""


class ShortenedList(WalkedList, RestOfRow):
	"""What came of the rest, and the list as it is then."""


class FinishedList(TypedDict):
	"""``submitted``: the list's name; ``is_packed_now``: whether its company packs boxes."""

	submitted: str
	is_packed_now: bool


class PutAwayShown(TypedDict):
	"""Picked goods to bring back. ``place``: their shelf, "" where none is known; ``stands_in``: the tote or
	box that they lie in, ``order``: for which they were picked.
	"""

	task: str
	item_code: str
	item_name: str
	image: str
	uom: str
	warehouse: str
	place: str
	qty: float
	batch_no: str
	serial_nos: list[str]
	stands_in: str
	order: str
	why: str


class ScannedPutAway(TypedDict):
	"""``tasks``: names of the tasks that a scan is about."""

	tasks: list[str]


class DonePutAway(TypedDict):
	"""``state``: Put Back, Used or Not There; ``done``, ``missing``: how much, in stock UOM."""

	task: str
	state: str
	done: float
	missing: float


class PersonWithPin(TypedDict):
	"""Somebody who can take a shared phone over."""

	user: str
	full_name: str


class TakenPhone(TypedDict):
	"""``user``: whose the phone is now."""

	user: str
