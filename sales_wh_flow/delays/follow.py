"""Raise, pass on and end delay alerts, as the orders behind them have become."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

import frappe
from frappe.utils import flt, now_datetime

from sales_wh_flow.base import own_hooks, said
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.base.working_time import after
from sales_wh_flow.delays import sayings
from sales_wh_flow.delays.rules import alerts
from sales_wh_flow.delays.rules.alerts import AlertAsIs, DelayedOrder, Owner
from sales_wh_flow.delays.store import alerts as store
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.delays.store.alerts import Happening
from sales_wh_flow.order.permissions import readable_orders
from sales_wh_flow.stage_clock.store.stays import working_calendar

OFF, SHADOW, ON = "Off", "Shadow", "On"
_NEXT_OWNER = frozenset({alerts.RAISED, alerts.ESCALATED, alerts.MOVED})


def mode() -> str:
	"""Off, Shadow (kept, nobody is asked) or On; Off while the forecast is."""
	settings = flow_settings()
	return (settings.get("delay_alerts") or OFF) if settings.get("forecast") == ON else OFF


def raise_and_pass_on(orders: list[DelayedOrder]) -> int:
	"""Alerts of these orders are raised, or brought up to date, where they are delayed yet: their rows are
	held. At most six statements, however many they are. Returns to how many something happened.
	"""
	world = _World(now_datetime())
	still = delayed.still_delayed(it.order for it in orders)
	orders = [it for it in orders if it.order in still]
	known = store.not_done(it.order for it in orders)
	happened = _raise([it for it in orders if it.order not in known], world)
	changes, asked_now = {}, []
	for order in orders:
		alert = known.get(order.order)
		if alert:
			what = world.what_happens(alert, order)
			changes[alert.name], happening = _changed(alert, order, what, world)
			asked_now += [order] if what == alerts.RAISED else []
			happened += [happening] if happening else []
	store.change_alerts(changes)
	store.tell_happenings(happened, to_tell=frozenset() if world.is_shadow else _NEXT_OWNER)
	_say_delayed(asked_now)
	return len(happened)


def end_alerts(gone: Iterable[AlertAsIs]) -> int:
	"""These alerts are ended, if their orders are not delayed as last committed: both are held. Returns how
	many were. Four statements.
	"""
	known = {it.name: it.order for it in gone}
	still = delayed.still_delayed(known.values())
	return _end(store.hold_alerts(name for name, order in known.items() if order not in still))


def end_of_order(order: str) -> None:
	"""The order is deleted: nobody is asked about it any more."""
	_end(store.not_done([order]).values())


def due_from_now(order: str, level: int) -> datetime | None:
	"""When the next level is asked about an order, if whoever is asked on this one begins now."""
	found = delayed.delayed_order(order)
	world = _World(now_datetime())
	return world.due(found, world.owner(found, level)) if found else None


def tell_people() -> None:
	"""One notification for each person, however many orders are new on the list, of all that nobody was told
	of yet. Nobody hears of an order that he may not read, or of an alert that has ended meanwhile.
	"""
	news: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
	people: dict[str, list[str]] = {}
	untold = store.hold_untold()
	for it in untold:
		if not it.order:
			continue
		if it.role and it.role not in people:
			people[it.role] = store.people_of_role(it.role)
		for user in [it.user] if it.user else people.get(it.role, ()):
			news[user]["raised" if it.what == alerts.RAISED else "escalated"].append(it.order)
	for user, found in news.items():
		mine = readable_orders({*found["raised"], *found["escalated"]}, user)
		counts = {what: sum(order in mine for order in found[what]) for what in ("raised", "escalated")}
		if mine:
			notify([user], min(mine), said.keep(sayings.news_of_delays, **counts))
	store.set_told(it.name for it in untold)


class _World:
	"""What many alerts have in common, read once."""

	def __init__(self, moment: datetime) -> None:
		settings = flow_settings()
		self.moment = moment
		self.rules = store.owner_rules()
		self.hours = flt(settings.get("delay_escalate_hours"))
		self.is_shadow = mode() == SHADOW
		self._calendars: dict = {}
		self._held: dict[tuple[str, str], bool] = {}

	def owner(self, order: DelayedOrder, level: int) -> Owner:
		"""Who is asked on this level; passed over is a role that nobody holds who may read orders, and a
		person who has left or may not.
		"""
		first = alerts.owner_of(order, level, self.rules, self.hours)
		found = first
		for above in range(level + 1, level + alerts.LEVELS):
			if self._can_act(found):
				return found
			found = alerts.owner_of(order, above, self.rules, self.hours)
		return found if self._can_act(found) else first

	def what_happens(self, alert: AlertAsIs, order: DelayedOrder) -> str:
		"""What has to become of an alert now; "" for nothing. One that was kept in Shadow is raised once
		people are asked, unless somebody has put it off or was given it before.
		"""
		in_hand = alert.is_handed_over or alert.state == alerts.SNOOZED
		if alert.is_shadow and not self.is_shadow and not in_hand:
			return alerts.RAISED
		return alerts.what_happens(alert, order, self.moment) or self._passed_over(alert)

	def _passed_over(self, alert: AlertAsIs) -> str:
		"""Of an alert whose person has left meanwhile the next level is asked."""
		is_left = alert.state == alerts.OPEN and alert.user and not self._can_act(Owner(alert.user))
		return alerts.ESCALATED if is_left and alert.level < alerts.LEVELS else ""

	def _can_act(self, owner: Owner) -> bool:
		key = (owner.user, "" if owner.user else owner.role)
		if key not in self._held:
			people = store.people_there(owner.user) if owner.user else store.people_of_role(owner.role)
			self._held[key] = any(frappe.has_permission("Sales Order", "read", user=it) for it in people)
		return self._held[key]

	def due(self, order: DelayedOrder, owner: Owner) -> datetime | None:
		if not owner.hours or self.is_shadow:
			return None
		key = (order.company, order.warehouse)
		if key not in self._calendars:
			self._calendars[key] = working_calendar(*key, self.moment.date())
		return after(self.moment, owner.hours, self._calendars[key])


def _end(found: Collection[AlertAsIs]) -> int:
	values = {"state": alerts.DONE, "open_of_order": None, "done_on": now_datetime(), "due_on": None}
	store.change_alerts({it.name: values for it in found})
	store.tell_happenings([Happening(it.name, alerts.ENDED, level=it.level) for it in found])
	return len(found)


def _raise(orders: list[DelayedOrder], world: _World) -> list[Happening]:
	owners = {it.order: world.owner(it, 1) for it in orders}
	written = store.raise_alerts(
		[
			{
				**_as_is(it),
				**_owned(owners[it.order], 1, world.due(it, owners[it.order])),
				"sales_order": it.order,
				"open_of_order": it.order,
				"company": it.company,
				"state": alerts.OPEN,
				"raised_on": world.moment,
				"is_shadow": int(world.is_shadow),
			}
			for it in orders
		]
	)
	if not world.is_shadow:
		_say_delayed([it for it in orders if it.order in written.values()])
	return [
		Happening(name, alerts.RAISED, owners[order].user, owners[order].role)
		for name, order in written.items()
	]


def _say_delayed(orders: list[DelayedOrder]) -> None:
	"""Capabilities beside this one are told which orders are delayed, and what they were promised for."""
	for tell in own_hooks.hooked("swf_orders_delayed") if orders else ():
		tell({it.order: (it.promised, it.expected) for it in orders})


def _changed(
	alert: AlertAsIs, order: DelayedOrder, what: str, world: _World
) -> tuple[dict, Happening | None]:
	"""The fields of an alert as they are now, and what happened to it."""
	state = alerts.OPEN if what in (alerts.WOKE, alerts.RAISED) else alert.state
	values = {**_as_is(order), "state": state, "is_shadow": int(world.is_shadow)}
	owner, level, due = Owner(alert.user, alert.role), alert.level, alert.due
	if what in _NEXT_OWNER:
		level = alert.level + 1 if what == alerts.ESCALATED else 1
		owner = world.owner(order, level)
		due = world.due(order, owner)
	elif what == alerts.WOKE:
		due = world.due(order, world.owner(order, level))
	handed_over = alert.is_handed_over and what not in _NEXT_OWNER
	values |= {**_owned(owner, level, due), "is_handed_over": int(handed_over)}
	happening = Happening(alert.name, what, owner.user, owner.role, level) if what else None
	return values, happening


def _as_is(order: DelayedOrder) -> dict:
	return {
		"warehouse": order.warehouse or None,
		"stage": order.stage,
		"lateness": order.lateness,
		"promised_on": order.promised,
		"expected_on": order.expected,
		"cause": order.cause or None,
		"best_step": alerts.best_step(order),
	}


def _owned(owner: Owner, level: int, due: datetime | None) -> dict:
	return {
		"responsible_user": owner.user or None,
		"responsible_role": owner.role or None,
		"level": level,
		"due_on": due,
	}
