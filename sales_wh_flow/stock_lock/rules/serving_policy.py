"""What the planner of waiting demand is told and what it answers: policies, classes, grants and cuts."""

from dataclasses import dataclass

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.stock_lock.rules.facts import HeldLine

MUST, KEEP, SHARE, GIVE_UP = "Must", "Keep", "Share", "Give Up"
CLASSES = (MUST, KEEP, SHARE, GIVE_UP)
BY_PROMISE, BY_AGE = "Promised Date", "Order Age"
ORDERS_BY = (BY_PROMISE, BY_AGE)
FROM_NOBODY, FROM_GIVE_UP, FROM_GIVE_UP_AND_SHARE = "Nobody", "Give Up", "Give Up and Share"
TAKES_FROM = (FROM_NOBODY, FROM_GIVE_UP, FROM_GIVE_UP_AND_SHARE)


@dataclass(frozen=True, slots=True)
class ServingClassFacts:
	"""How the orders of a customer group ('' = of anybody else) are served; ``take`` '' = as in the
	settings.
	"""

	customer_group: str
	serving_class: str = KEEP
	priority: int = 0
	take: str = ""


@dataclass(frozen=True, slots=True)
class ServingPolicyFacts:
	"""A Serving Policy. ``company`` '' = any; ``ageing_days`` 0 = waiting longer raises nobody."""

	name: str = ""
	company: str = ""
	order_by: str = BY_PROMISE
	ageing_days: int = 0
	must_takes_from: str = FROM_NOBODY
	classes: tuple[ServingClassFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ServingGrant:
	"""Stock to be locked for one waiting line, in stock UOM; ``taken_stock`` of it comes from other locks."""

	order: str
	row: str
	item_code: str
	warehouse: str
	qty_stock: float
	taken_stock: float = 0.0

	@property
	def bin_key(self) -> BinKey:
		return (self.item_code, self.warehouse)


@dataclass(frozen=True, slots=True)
class Cut:
	"""What a held line loses to ``for_order``, in stock UOM."""

	held: HeldLine
	qty_stock: float
	for_order: str


@dataclass(frozen=True, slots=True)
class ServingPlan:
	"""Grants in the order in which they were decided, and what is taken from whom for them."""

	grants: tuple[ServingGrant, ...] = ()
	cuts: tuple[Cut, ...] = ()
