"""What the rules of the stock lock are told: frozen facts about batches, picks, held and waiting lines.

Units: ``*_stock`` is a quantity in the item's stock UOM.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sales_wh_flow.base.bin_key import BinKey


@dataclass(frozen=True, slots=True)
class BatchFacts:
	"""Free quantity of one batch in one warehouse, or one free serial number (``qty_stock`` 1).

	``good_until``: its last good day; None for ever.
	"""

	batch_no: str | None
	serial_no: str | None
	qty_stock: float
	good_until: date | None = None


@dataclass(frozen=True, slots=True)
class PickFacts:
	"""A quantity of one order line in one warehouse: locked, on a Pick List, or to be put on one."""

	item_code: str
	warehouse: str
	sales_order_item: str
	qty_stock: float
	batch_no: str | None = None
	serial_nos: tuple[str, ...] = ()
	idx: int = 0


@dataclass(frozen=True, slots=True)
class WaitingLine:
	"""Demand that no stock is locked for: an order line, what it misses, and what decides its turn.

	``since``: when the order was written; ``expired_on``: when its locks had expired and it may wait again.
	From ``serving_class`` on the Serving Policy fills in (`stock_lock.rules.serving.classified`): ``turn_on``
	is the date that counts, ``take`` one of `stock_lock.rules.allocation.PARTIAL_POLICIES`.

	A component of a product bundle waits as a line of its own: ``row`` names its Packed Item, ``bundle`` the
	order line (``bundle_item`` its item); ``per_bundle`` and ``step_stock`` are as in `LineFacts`.
	"""

	order: str
	row: str
	item_code: str
	warehouse: str
	qty_stock: float
	priority: int = 0
	due: datetime | None = None
	since: datetime | None = None
	is_whole_number: bool = False
	locked_stock: float = 0.0
	step_stock: float = 0.0
	company: str = ""
	customer: str = ""
	customer_group: str = ""
	owner: str = ""
	expired_on: datetime | None = None
	ordered_stock: float = 0.0
	stock_uom: str = ""
	project: str | None = None
	serving_class: str = ""
	level: int = 0
	turn_on: datetime | None = None
	is_shared: bool = False
	is_last: bool = False
	take: str = ""
	bundle: str = ""
	bundle_item: str = ""
	per_bundle: float = 0.0

	@property
	def bin_key(self) -> BinKey:
		return (self.item_code, self.warehouse)


@dataclass(frozen=True, slots=True)
class HeldLine:
	"""One open lock that others may get: ``qty_stock`` of it is neither picked nor about to be delivered.

	``step_stock``: what stays locked is a multiple of it; ``is_one_piece``: it names batches or serial
	numbers and is given whole or not at all. ``row`` is an order line; where the lock holds a component of
	its bundle, ``per_bundle`` says how much of that is in one, else it is 0.
	"""

	lock: str
	order: str
	row: str
	item_code: str
	warehouse: str
	qty_stock: float
	company: str = ""
	customer_group: str = ""
	since: datetime | None = None
	level: int = 0
	step_stock: float = 0.0
	is_one_piece: bool = False
	per_bundle: float = 0.0

	@property
	def bin_key(self) -> BinKey:
		return (self.item_code, self.warehouse)
