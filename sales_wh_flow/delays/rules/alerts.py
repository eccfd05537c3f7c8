"""Whose a delayed order is, why it is delayed, what helps, and what becomes of its alert."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sales_wh_flow.order.rules import stages

OPEN, SNOOZED, DONE = "Open", "Snoozed", "Done"
STATES = (OPEN, SNOOZED, DONE)

RAISED, ESCALATED, MOVED, SNOOZE, WOKE, HANDED_OVER, ENDED = (
	*("Raised", "Escalated", "Other Stage", "Snoozed", "Snooze Over"),
	*("Handed Over", "Cause Gone"),
)
HAPPENINGS = (RAISED, ESCALATED, MOVED, SNOOZE, WOKE, HANDED_OVER, ENDED)

CHASE_APPROVER, SERVE_ELSEWHERE, SPLIT, CHASE_SUPPLIER, SUBSTITUTE = (
	*("chase_approver", "serve_elsewhere", "split", "chase_supplier", "substitute"),
)
PICK_NOW, CHASE_COURIER, TELL_CUSTOMER, END_HOLD = ("pick_now", "chase_courier", "tell_customer", "end_hold")

_FIRST_ROLES = {
	"Approver": "Order Approver",
	"Purchasing": "Purchase User",
	"Warehouse": "Stock User",
	"Courier": "Stock User",
	"Accounts": "Accounts User",
}
_LATER_ROLES = {
	"Purchasing": "Purchase Manager",
	"Warehouse": "Stock Manager",
	"Courier": "Stock Manager",
	"Accounts": "Accounts Manager",
}
HIGHEST_BY_DEFAULT = "Sales Manager"
LEVELS = 3
"""Levels that are asked in turn where the settings name none."""


@dataclass(frozen=True, slots=True)
class OwnerRule:
	"""A row of the settings: who is responsible on a level; "" for any stage or warehouse."""

	level: int
	stage: str = ""
	warehouse: str = ""
	user: str = ""
	role: str = ""
	hours: float = 0.0


@dataclass(frozen=True, slots=True)
class Owner:
	"""A person or a role, and the working hours until the next level is asked; 0 = it is the last."""

	user: str = ""
	role: str = ""
	hours: float = 0.0


@dataclass(frozen=True, slots=True)
class DelayedOrder:
	"""An order that is late or at risk. ``seller``: who wrote it. ``elsewhere``: another warehouse has goods
	that it lacks; ``part_there``: some of its goods are locked; ``due``: when missing goods are due;
	``cause``: as the stage log names it.
	"""

	order: str
	company: str
	stage: str
	stage_owner: str
	entered: datetime
	lateness: str
	promised: date | None = None
	expected: date | None = None
	warehouse: str = ""
	seller: str = ""
	elsewhere: bool = False
	part_there: bool = False
	due: date | None = None
	cause: str = ""


@dataclass(frozen=True, slots=True)
class AlertAsIs:
	"""An alert that is not done. ``due``: when the next level is asked; ``asleep_until``: of a snooze;
	``is_shadow``: nobody is asked.
	"""

	name: str
	order: str
	stage: str
	level: int
	state: str
	due: datetime | None = None
	asleep_until: datetime | None = None
	is_handed_over: bool = False
	user: str = ""
	role: str = ""
	is_shadow: bool = False


def owner_of(order: DelayedOrder, level: int, rules: Iterable[OwnerRule], hours: float) -> Owner:
	"""Who is responsible on a level: the narrowest row of the settings, else the roles of the stage.

	A stage counts before a warehouse. ``hours``: until the next level, where a row says nothing.
	"""
	fitting = [
		rule
		for rule in rules
		if rule.level == level and rule.stage in ("", order.stage) and rule.warehouse in ("", order.warehouse)
	]
	best = max(fitting, key=lambda it: (bool(it.stage), bool(it.warehouse)), default=None)
	if best:
		return Owner(best.user, "" if best.user else best.role, best.hours or hours)
	return _by_default(order, level, hours)


def _by_default(order: DelayedOrder, level: int, hours: float) -> Owner:
	if level == 1:
		role = _FIRST_ROLES.get(order.stage_owner, "")
		return Owner("", role, hours) if role else Owner(order.seller, "", hours)
	if level == 2 and order.stage_owner in _LATER_ROLES:
		return Owner("", _LATER_ROLES[order.stage_owner], hours)
	return Owner("", HIGHEST_BY_DEFAULT, 0.0)


def best_step(order: DelayedOrder) -> str:
	"""What helps most, as a code."""
	if order.stage == stages.WAITING.name:
		return _when_goods_are_missing(order)
	return {
		stages.APPROVAL.name: CHASE_APPROVER,
		stages.TO_PICK.name: PICK_NOW,
		stages.PICKING.name: PICK_NOW,
		stages.PACKING.name: PICK_NOW,
		stages.READY.name: PICK_NOW,
		stages.IN_TRANSIT.name: CHASE_COURIER,
		stages.ON_HOLD.name: END_HOLD,
	}.get(order.stage, TELL_CUSTOMER)


def _when_goods_are_missing(order: DelayedOrder) -> str:
	if order.elsewhere:
		return SERVE_ELSEWHERE
	if order.due:
		return CHASE_SUPPLIER
	return SPLIT if order.part_there else SUBSTITUTE


def what_happens(alert: AlertAsIs, order: DelayedOrder | None, moment: datetime) -> str:
	"""What has to become of an alert now; "" for nothing. ``order`` None: it is not delayed any more."""
	if order is None:
		return ENDED
	if alert.state == SNOOZED:
		return WOKE if alert.asleep_until and alert.asleep_until <= moment else ""
	if order.stage != alert.stage and not alert.is_handed_over:
		return MOVED
	return ESCALATED if alert.due and alert.due <= moment else ""
