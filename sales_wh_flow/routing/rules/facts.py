"""What routing decides on, and the plan it answers with.

Units: ``*_stock`` in the item's stock UOM, money in the company's currency, distances in kilometres, weights
in kilograms, coordinates in decimal degrees.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.order.rules.facts import LineFacts

Place = tuple[float, float]
"""(latitude, longitude) in decimal degrees."""

Deliveries = Mapping[BinKey, tuple[tuple[date, float] | tuple[date, float, str], ...]]
"""What is on its way to a Bin: (day, quantity in stock UOM[, document]), earliest first."""

BY_RANK, NEAREST, CHEAPEST, FEWEST, BALANCE = (
	"By Rank",
	"Nearest",
	"Cheapest",
	"Fewest Splits",
	"Balance Load",
)
STRATEGIES = (BY_RANK, NEAREST, CHEAPEST, FEWEST, BALANCE)

WHAT_IS_THERE, FULL_LINES, FULL_ORDER = "What Is There", "Full Lines", "Full Order"
COMPLETENESS = (WHAT_IS_THERE, FULL_LINES, FULL_ORDER)

ENOUGH, SPLIT, SHORT, NOTHING = "enough", "split", "short", "nothing"


@dataclass(frozen=True, slots=True)
class WarehouseFacts:
	"""A candidate warehouse. Coordinates are None when nobody entered them.

	Costs: ``per_order`` and ``per_line`` of handling, ``per_km`` and ``freight`` of sending one parcel from
	here, ``per_kg`` of its weight, ``transfer`` of bringing the order's goods from here to another candidate.
	``load``: the share of today's capacity that is taken, or the number of lines where there is no limit.
	``has_freight``: somebody said what a parcel from here costs, be it nothing.
	"""

	name: str
	rank: int = 1
	latitude: float | None = None
	longitude: float | None = None
	per_order: float = 0.0
	per_line: float = 0.0
	per_km: float = 0.0
	freight: float = 0.0
	per_kg: float = 0.0
	transfer: float = 0.0
	lines_per_day: int = 0
	load: float = 0.0
	is_full: bool = False
	is_preferred: bool = False
	has_freight: bool = False


@dataclass(frozen=True, slots=True)
class Span:
	"""A node of a tree and all below it, by ERPNext's nested set. (0, 0) is any."""

	lft: int = 0
	rgt: int = 0

	def holds(self, at: int) -> bool:
		return not self.lft or self.lft <= at <= self.rgt


@dataclass(frozen=True, slots=True)
class Scope:
	"""Which orders and lines a rule is for. Whatever is empty means any."""

	customer: str = ""
	customer_group: Span = Span()
	territory: Span = Span()
	country: str = ""
	state: str = ""
	postcode: str = ""
	item: str = ""
	item_group: Span = Span()
	brand: str = ""
	order_type: str = ""
	min_value: float = 0.0
	max_value: float = 0.0
	min_weight_kg: float = 0.0
	max_weight_kg: float = 0.0


@dataclass(frozen=True, slots=True)
class RoutingPolicy:
	"""A Warehouse Routing Rule: who may serve, how the choice is made, and how far an order may be split.

	``max_splits``: warehouses one line may be split over; ``max_warehouses``: that one order may use, 0 = any
	number. ``min_share_pct``: a line with less than that there is not split. ``min_part_pct``: no
	warehouse serves a smaller share of a line. ``min_parcel``: what a warehouse beyond the first serves at
	once is worth at least that, in the company's currency. ``group_depth`` orders groups a customer is in:
	the larger, the narrower; 0 for a rule of any group.
	"""

	rule: str
	candidates: tuple[WarehouseFacts, ...]
	max_splits: int = 3
	priority: int = 0
	group_depth: int = 0
	strategy: str = BY_RANK
	max_warehouses: int = 0
	ship_complete: str = WHAT_IS_THERE
	min_share_pct: float = 0.0
	min_part_pct: float = 0.0
	min_parcel: float = 0.0
	consolidates: bool = False
	scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class OrderScope:
	"""What a rule's scope is compared with, of the order. Trees are given by the ``lft`` of their node."""

	customer: str = ""
	customer_group: int = 0
	territory: int = 0
	country: str = ""
	state: str = ""
	postcode: str = ""
	order_type: str = ""
	value: float = 0.0
	weight_kg: float = 0.0


@dataclass(frozen=True, slots=True)
class LineScope:
	"""What a policy looks at in one line."""

	item: str = ""
	item_group: int = 0
	brand: str = ""


@dataclass(frozen=True, slots=True)
class RoutedPart:
	"""A part of a line for one warehouse.

	``reason``: enough (serves the whole line), split (serves a part), short (serves what it has, the rest
	waits here), nothing (no candidate has any: all waits here). ``distance_km`` is None without coordinates.
	``runner_up`` is the next best that could serve the whole line. ``missing_stock`` is what nobody has; it
	is included in ``qty_stock``. ``brought_to``: where it is brought by transfer first, to leave from there
	with the rest of the order.
	"""

	row: str
	warehouse: str
	qty_stock: float
	reason: str
	rank: int
	distance_km: float | None = None
	runner_up: str | None = None
	missing_stock: float = 0.0
	brought_to: str | None = None

	@property
	def sent_from(self) -> str:
		return self.brought_to or self.warehouse


@dataclass(frozen=True, slots=True)
class RoutingRequest:
	"""An order to be planned. ``policies``: by row; a row without one is left as it is.

	``free``: what may be promised now. ``unsplittable``: rows that must stay whole. ``weights``: kilograms of
	one stock unit, by row.
	"""

	lines: tuple[LineFacts, ...]
	policies: Mapping[str, RoutingPolicy]
	free: Mapping[BinKey, float]
	destination: Place | None = None
	unsplittable: frozenset[str] = frozenset()
	weights: Mapping[str, float] = field(default_factory=dict)
	incoming: Deliveries = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoutingPlan:
	"""Parts in line order, and what they come to.

	``shortages``: row -> what nobody has. ``warehouses``: those that send a parcel. ``cost``: handling,
	freight and transfers.
	"""

	parts: tuple[RoutedPart, ...]
	shortages: Mapping[str, float]
	warehouses: tuple[str, ...]
	cost: float = 0.0

	@property
	def is_complete(self) -> bool:
		return not self.shortages
