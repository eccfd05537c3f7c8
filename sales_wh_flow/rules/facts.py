"""What the rules are told: frozen facts about orders, stock, rules and documents.

Units: ``*_stock`` is a quantity in the item's stock UOM, ``*_base`` an amount in the company's currency,
``*_pct`` a percentage (15.0 means 15 %), coordinates are decimal degrees.
"""

from dataclasses import dataclass
from datetime import datetime

BinKey = tuple[str, str]
"""(item_code, warehouse): the row of ERPNext's Bin, and the order in which rows are locked."""


@dataclass(frozen=True, slots=True)
class LineFacts:
	"""One Sales Order line. ``locked_stock`` counts open locks only (reserved and not yet delivered).

	``rate_base``: the price written on the line, for one stock unit. Not amount / quantity: amounts are
	rounded and carry a share of the order's discount, so they move by a cent when routing splits the line.
	``step_stock``: the parts of a split line are multiples of it (boxes of 12: 12); 0 = whole units, or any.
	``amount_base`` and ``list_amount_base`` are net: without the tax that prices may include, and the former
	with the line's share of the order's discount. ``pricing``: what approval rules ask about the line beyond
	its amounts; None where nobody needs it.

	A component of a product bundle is a line too: ``row`` names its Packed Item, ``bundle`` the order line
	it is a part of, ``per_bundle`` how much of it is in one bundle, and ``step_stock`` in what number of
	bundles the line can be delivered.
	"""

	row: str
	idx: int
	item_code: str
	qty_stock: float
	warehouse: str | None = None
	delivered_stock: float = 0.0
	locked_stock: float = 0.0
	is_stock_item: bool = True
	is_lockable: bool = True
	is_whole_number: bool = False
	rate_base: float = 0.0
	amount_base: float = 0.0
	list_amount_base: float = 0.0
	step_stock: float = 0.0
	bundle: str = ""
	per_bundle: float = 0.0
	pricing: "PriceFacts | None" = None

	@property
	def bin_key(self) -> BinKey:
		return (self.item_code, self.warehouse or "")


@dataclass(frozen=True, slots=True)
class PriceFacts:
	"""A line as approval rules see it. Trees are given as the node itself and its parents up to the root.

	``explained_base``: the part of its discount that Pricing Rules gave. ``listed_base``: what its quantity
	costs by the price list, net; ``valuation_base`` and ``purchase_base`` what it costs us (0 for a service
	without a cost); None when unknown.
	``missing_stock``: what is not free in its warehouse, in stock UOM.
	"""

	item_groups: tuple[str, ...] = ()
	brand: str = ""
	warehouses: tuple[str, ...] = ()
	explained_base: float = 0.0
	listed_base: float | None = None
	valuation_base: float | None = None
	purchase_base: float | None = None
	missing_stock: float | None = None


@dataclass(frozen=True, slots=True)
class BatchFacts:
	"""Free quantity of one batch in one warehouse, or one free serial number (``qty_stock`` 1)."""

	batch_no: str | None
	serial_no: str | None
	qty_stock: float


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
class StatusFacts:
	"""What the flow status is derived from. Quantities are sums over the stock lines, in stock UOM; none
	where the order is billed without a delivery. ``per_delivered``: ERPNext's own.
	"""

	docstatus: int
	erpnext_status: str = ""
	open_approvals: int = 0
	rejected_approvals: int = 0
	granted_approvals: int = 0
	ordered_stock: float = 0.0
	delivered_stock: float = 0.0
	locked_stock: float = 0.0
	draft_pick_lists: int = 0
	picked_open_stock: float = 0.0
	open_packing_slips: int = 0
	unconfirmed_deliveries: int = 0
	per_billed: float = 0.0
	per_delivered: float = 0.0
	unpaid_base: float = 0.0


@dataclass(frozen=True, slots=True)
class WaitingLine:
	"""Demand that no stock is locked for: an order line, what it misses, and what decides its turn.

	``since``: when the order was written; ``expired_on``: when its locks had expired and it may wait again.
	From ``serving_class`` on the Serving Policy fills in (`rules.serving.classified`): ``turn_on`` is the
	date that counts, ``take`` one of `rules.allocation.PARTIAL_POLICIES`.

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
