"""What `stock_lock.api` and `stock_lock.serving.api` answer. Quantities are in stock UOM."""

from datetime import date, datetime
from typing import TypedDict


class TypedByOthers(TypedDict):
	"""``typed_by_others``: how much of it others are typing right now."""

	item_code: str
	warehouse: str
	free: float
	typed_by_others: float


class CountLoss(TypedDict):
	"""What an order loses by a count. ``by_hand``: it was named to lose first."""

	sales_order: str
	item_code: str
	warehouse: str
	qty: float
	by_hand: bool


class LeftByCount(TypedDict):
	"""What lies on Pick Lists and has to be shortened first."""

	item_code: str
	warehouse: str
	qty: float


class CountLosses(TypedDict):
	"""Who loses what a count did not find; ``is_plan``: while it is a draft."""

	is_plan: bool
	may_choose: bool
	lines: list[CountLoss]
	left: list[LeftByCount]


class StockPlaceHeld(TypedDict):
	item_code: str
	warehouse: str
	on_hand: float
	locked: float


class HeldLock(TypedDict):
	"""A lock. ``bundle``: of what the item is a part there, null for none; ``ends_on``, ``why``: when it ends
	by itself, null and "" where it does not.
	"""

	sales_order: str
	customer_name: str | None
	row: str
	bundle: str | None
	qty: float
	since: datetime
	age_days: int
	due: date | None
	ends_on: datetime | None
	why: str


class WaitingInTurn(TypedDict):
	"""A line that waits. ``turn``: from 1 on; ``expected``: null where too little is on its way."""

	turn: int
	sales_order: str
	bundle: str | None
	qty: float
	due: date | None
	expected: date | None
	serving_class: str


class ComingIn(TypedDict):
	document: str
	document_type: str
	qty: float
	due: date


class YourTurn(TypedDict):
	"""An order's place in the queue. ``before_you``: what others wait for before it."""

	turn: int
	before_you: float
	qty: float
	expected: date | None


class StockMoment(TypedDict):
	"""``kind``: locked, ends, comes in or expected."""

	on: date
	kind: str
	qty: float
	document_type: str
	document: str


class OthersHere(TypedDict):
	"""What orders have that the user may not read."""

	locked: float
	waiting: float


class StockHeld(TypedDict):
	"""Everything about one item in one warehouse that a user may know. ``production``: reserved for that
	and subcontracting (ERPNext 16); ``sold``: at tills whose day is not closed, so still on hand; ``more``:
	rows left out; ``you``: of the order that was asked for.
	"""

	item_code: str
	warehouse: str
	uom: str
	on_hand: float
	locked: float
	production: float
	sold: float
	free: float
	waiting_for: float
	locks: list[HeldLock]
	waiting: list[WaitingInTurn]
	incoming: list[ComingIn]
	you: YourTurn | None
	others: OthersHere
	more: int
	timeline: list[StockMoment]


class WhoHasIt(StockHeld):
	"""``words``: the same in sentences."""

	words: list[str]


class Receiver(TypedDict):
	"""An order that waits for so much of what another one holds."""

	sales_order: str
	customer: str
	qty: float


class LockEnding(TypedDict):
	"""When the first lock of an order ends, and why, in words. ``may_be_extended_until``: null = not any
	more.
	"""

	ends_on: datetime
	why: str
	policy: str
	may_be_extended_until: datetime | None


class LockLife(TypedDict):
	"""``ending``: null where the locks never end by themselves; ``receivers``: for those who may give."""

	ending: LockEnding | None
	receivers: list[Receiver]


class ServingRow(TypedDict):
	"""A line that gets something, or waits in the same Bin; ``left``: what it still waits for then."""

	sales_order: str
	customer: str
	item_code: str
	bundle: str | None
	warehouse: str
	serving_class: str
	due: date | None
	waits_for: float
	gets: float
	left: float


class ServingLoss(TypedDict):
	"""``for_order``: who gets it, "" for an order that the user may not read."""

	sales_order: str
	customer: str
	item_code: str
	warehouse: str
	loses: float
	for_order: str


class ShownServing(TypedDict):
	"""What serving would do now. ``digest``: names this plan; ``others``: rows that are not named, ``more``:
	rows that are not shown; ``orders``, ``lines``: how many get something.
	"""

	digest: str
	orders: int
	lines: int
	qty: float
	short: float
	rows: list[ServingRow]
	losers: list[ServingLoss]
	others: int
	more: int


class ServedNow(TypedDict):
	"""``taken``: what others lost of it."""

	orders: int
	qty: float
	taken: float
