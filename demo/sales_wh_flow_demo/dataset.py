"""The data of one trading company, whether generated, read from CSV files or taken from a public data set.

Units: ``qty`` of stock and purchases is in the item's stock UOM, ``qty`` of an order line in the line's own
UOM. Prices of items are in the company's currency per stock UOM, prices of order lines in the order's
currency per line UOM.
"""

from dataclasses import dataclass
from datetime import date

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts
from sales_wh_flow.routing.rules.facts import BY_RANK, WHAT_IS_THERE

BATCH, SERIAL = "batch", "serial"


@dataclass(frozen=True, slots=True)
class Company:
	name: str = "Your Company"
	abbr: str = "YC"
	currency: str = "EUR"
	country: str = "Germany"


@dataclass(frozen=True, slots=True)
class Warehouse:
	"""Costs in the company's currency. ``lines_per_day`` 0: no limit."""

	name: str
	city: str = ""
	country: str = ""
	latitude: float | None = None
	longitude: float | None = None
	per_order: float = 0.0
	per_line: float = 0.0
	per_km: float = 0.0
	lines_per_day: int = 0


@dataclass(frozen=True, slots=True)
class FreightRate:
	"""What a parcel costs into a zone and how many working days it takes: from one warehouse or (empty) any,
	with one courier and service or (empty) any.
	"""

	zone: str
	warehouse: str = ""
	courier: str = ""
	service: str = ""
	per_parcel: float = 0.0
	per_kg: float = 0.0
	transit_days: int = 0


@dataclass(frozen=True, slots=True)
class Tax:
	"""What is added to the prices for customers of a country; 0 % says why nothing is."""

	country: str
	name: str
	rate_pct: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
	"""``order_uom``: a second unit it is sold in, of ``order_uom_factor`` stock units.

	``is_stock_item`` is false for a service, which no warehouse serves.
	Weight and sides are those of one stock unit.
	"""

	code: str
	name: str = ""
	group: str = "Products"
	uom: str = "Nos"
	is_whole_number: bool = True
	price: float = 0.0
	cost: float = 0.0
	order_uom: str = ""
	order_uom_factor: float = 1.0
	tracking: str = ""
	is_stock_item: bool = True
	weight_kg: float = 0.0
	length_cm: float = 0.0
	width_cm: float = 0.0
	height_cm: float = 0.0

	@property
	def sides_cm(self) -> tuple[float, float, float]:
		"""The shortest first; 0 where nobody measured it."""
		short, middle, long = sorted((self.length_cm, self.width_cm, self.height_cm))
		return (short, middle, long)

	def factor(self, uom: str) -> float:
		"""Stock units in one ``uom``; KeyError for a unit the item is not sold in."""
		if not uom or uom == self.uom:
			return 1.0
		return {self.order_uom: self.order_uom_factor}[uom]


@dataclass(frozen=True, slots=True)
class StockRow:
	"""Stock on hand; one row a batch, one row a serial number (``qty`` 1)."""

	item: str
	warehouse: str
	qty: float
	batch: str = ""
	expires: date | None = None
	serial_no: str = ""


@dataclass(frozen=True, slots=True)
class CustomerGroup:
	name: str
	parent: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
	"""``credit_limit`` 0 means none. Postcode to coordinates are those of the ship-to address.

	``since``: the first day on which an order may be theirs.
	"""

	name: str
	group: str = ""
	credit_limit: float = 0.0
	currency: str = ""
	street: str = ""
	postcode: str = ""
	city: str = ""
	country: str = ""
	latitude: float | None = None
	longitude: float | None = None
	zone: str = ""
	since: date | None = None


@dataclass(frozen=True, slots=True)
class Invoice:
	"""An invoice not yet paid; ``amount`` is what is still owed, in the company's currency.

	Below zero it is a credit note.
	"""

	name: str
	customer: str
	date: date
	amount: float


@dataclass(frozen=True, slots=True)
class Payment:
	"""Money a customer sent, in the company's currency; below zero what was paid back."""

	name: str
	customer: str
	date: date
	amount: float


@dataclass(frozen=True, slots=True)
class CourierService:
	name: str
	transit_days: int = 2


@dataclass(frozen=True, slots=True)
class Courier:
	"""``tracking_url`` holds {0} where the tracking number goes.

	A service without a name says how long it takes whatever no other names.
	"""

	name: str
	tracking_url: str = ""
	services: tuple[CourierService, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
	name: str
	email: str
	roles: tuple[str, ...]
	title: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
	item: str
	qty: float
	uom: str
	price: float
	list_price: float
	is_drop_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Order:
	"""``exchange_rate``: the company's money for one unit of the order's. ``due``: promised delivery."""

	name: str
	customer: str
	date: date
	due: date
	author: str
	currency: str
	exchange_rate: float = 1.0
	courier: str = ""
	service: str = ""
	instructions: str = ""
	lines: tuple[OrderLine, ...] = ()

	@property
	def total_base(self) -> float:
		return round(sum(line.qty * line.price for line in self.lines) * self.exchange_rate, 2)


@dataclass(frozen=True, slots=True)
class Purchase:
	"""Goods on their way to a warehouse."""

	name: str
	item: str
	warehouse: str
	qty: float
	expected: date


@dataclass(frozen=True, slots=True)
class RoutingRule:
	"""``candidates``: (warehouse, rank). Of the rules that fit an order the highest priority wins."""

	name: str
	candidates: tuple[tuple[str, int], ...]
	customer_group: str = ""
	max_splits: int = 3
	priority: int = 0
	strategy: str = BY_RANK
	max_warehouses: int = 0
	min_part_pct: float = 0.0
	ship_complete: str = WHAT_IS_THERE
	min_share_pct: float = 0.0
	min_parcel: float = 0.0


@dataclass(frozen=True, slots=True)
class DataSet:
	"""A company with everything the flow needs to know. ``orders`` are sorted by date."""

	company: Company
	warehouses: tuple[Warehouse, ...]
	items: tuple[Item, ...]
	stock: tuple[StockRow, ...]
	customers: tuple[Customer, ...]
	orders: tuple[Order, ...]
	customer_groups: tuple[CustomerGroup, ...] = ()
	invoices: tuple[Invoice, ...] = ()
	couriers: tuple[Courier, ...] = ()
	people: tuple[Person, ...] = ()
	purchases: tuple[Purchase, ...] = ()
	approval_rules: tuple[ApprovalRuleFacts, ...] = ()
	routing_rules: tuple[RoutingRule, ...] = ()
	payments: tuple[Payment, ...] = ()
	freight: tuple[FreightRate, ...] = ()
	taxes: tuple[Tax, ...] = ()


def group_lineage(groups: tuple[CustomerGroup, ...], group: str) -> tuple[str, ...]:
	"""The group, then each group above it up to the root; a circle ends where it closes."""
	parents = {row.name: row.parent for row in groups}
	lineage: dict[str, None] = {}
	while group and group not in lineage:
		lineage[group] = None
		group = parents.get(group, "")
	return tuple(lineage)


def in_circles(groups: tuple[CustomerGroup, ...]) -> set[str]:
	"""The groups that lie below themselves; every group is gone through once."""
	parents = {row.name: row.parent for row in groups}
	done: set[str] = set()
	circling: set[str] = set()
	for group in parents:
		path: dict[str, int] = {}
		while group and group not in done and group not in path:
			path[group] = len(path)
			group = parents.get(group, "")
		if group in path:
			circling.update(name for name, place in path.items() if place >= path[group])
		done.update(path)
	return circling
