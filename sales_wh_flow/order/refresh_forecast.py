"""Write on orders what they were promised for, when they are expected, and whether they are late."""

from collections.abc import Iterable
from datetime import date, datetime

from frappe.utils import now_datetime

from sales_wh_flow.base import said
from sales_wh_flow.base.settings import FORECAST, is_on
from sales_wh_flow.base.working_time import Calendar
from sales_wh_flow.order import sayings
from sales_wh_flow.order.rules import forecast, lateness
from sales_wh_flow.order.rules.forecast import Forecast, LeadTimes
from sales_wh_flow.order.store import forecast as store
from sales_wh_flow.order.store import stage_durations, stage_log
from sales_wh_flow.order.store.forecast import OrderAhead

_DELAYED = (lateness.AT_RISK, lateness.LATE)


def refresh_forecasts(names: Iterable[str]) -> int:
	"""Bring these orders up to date; returns how many have changed. Three statements at most, however many
	they are, one more where promises change, one where causes of delay do, and one for each company whose
	table of times is not in the cache.
	"""
	if not is_on(FORECAST):
		return 0
	world = _World(now_datetime(), stage_durations.lead_times())
	promises, forecasts, lines, causes = {}, {}, {}, {}
	for order in store.orders_ahead(names).values():
		told = _of_lines(order, world)
		expected = forecast.expect_order(told.values()) if told else _of_whole(order, world)
		promised = lateness.judge_promise(order.promised, order.is_submitted, order.asked, order.planned)
		promises |= _changed(order, _promise(promised))
		found = _forecast(order, promised, expected, world.now)
		forecasts |= _changed(order, found)
		cause = _cause(order, promised, expected, world.now) if found["swf_lateness"] in _DELAYED else None
		if cause != order.cause and order.where:
			causes[order.stage_row] = cause
			forecasts[order.name] = found  # holds the order before the row of its stage
		days = {row: told[row].day if row in told else None for row in order.stored_lines}
		lines |= {row: day for row, day in days.items() if day != order.stored_lines[row]}
	store.write_forecast(promises, forecasts, lines)
	stage_log.name_causes(causes)
	return len({*promises, *forecasts})


class _World:
	"""What many orders have in common, read once."""

	def __init__(self, now: datetime, leads: LeadTimes) -> None:
		self.now = now
		self.leads = leads
		self._tables: dict[str, forecast.Table] = {}
		self._calendars: dict[tuple[str, str], Calendar] = {}

	def table(self, company: str) -> forecast.Table:
		if company not in self._tables:
			self._tables[company] = stage_durations.table_of(company)
		return self._tables[company]

	def calendar(self, company: str, warehouse: str) -> Calendar:
		key = (company, warehouse)
		if key not in self._calendars:
			self._calendars[key] = stage_durations.working_days(company, warehouse)
		return self._calendars[key]


def _of_lines(order: OrderAhead, world: _World) -> dict[str, Forecast]:
	if order.where is None:
		return {}
	return {line.row: _of_line(order, line, world) for line in order.lines}


def _of_whole(order: OrderAhead, world: _World) -> Forecast:
	"""Of an order that has left, or that has no goods."""
	if order.where is None or order.where.stage != forecast.ON_THE_WAY:
		return Forecast()
	return _of_line(order, forecast.LineAhead(""), world)


def _of_line(order: OrderAhead, line: forecast.LineAhead, world: _World) -> Forecast:
	calendar = world.calendar(order.company, line.warehouse)
	by = forecast.Ways(world.table(order.company), world.leads, calendar, world.now)
	return forecast.expect_line(order.where, line, by)


def _changed(order: OrderAhead, values: dict) -> dict[str, dict]:
	return {order.name: values} if any(order.stored[field] != values[field] for field in values) else {}


def _promise(promised: lateness.Promised) -> dict:
	return {
		"swf_requested_on": promised.requested,
		"swf_first_promised_on": promised.first,
		"swf_last_promised_on": promised.last,
		"swf_promise_basis": promised.basis,
	}


def _forecast(order: OrderAhead, promised: lateness.Promised, expected: Forecast, now: datetime) -> dict:
	today: date = now.date()
	stage = order.where.stage if order.where else ""
	is_measured = stage in lateness.MEASURED
	state = lateness.judge_lateness(stage, promised, expected, today) if order.is_submitted else ""
	before = (order.stored["swf_lateness"] or "", order.stored["swf_lateness_since"])
	return {
		"swf_forecast_ships_on": expected.ships,
		"swf_forecast_on": expected.there,
		"swf_forecast_latest_on": expected.latest,
		"swf_forecast_by": _words(expected) if is_measured and expected.day else None,
		"swf_lateness": state or None,
		"swf_lateness_since": lateness.since(state, before, promised, today),
	}


def _cause(order: OrderAhead, promised: lateness.Promised, expected: Forecast, now: datetime) -> said.Kept:
	"""Where it is stuck since when. Missing goods are due on the day planned for the last of them."""
	due = [line.ships_on for line in order.lines if line.is_missing and line.ships_on]
	values = {
		"promised": promised.measured_by,
		"expected": expected.day,
		"due": max((day for day in due if day > now.date()), default=None),
		"warehouse": order.warehouse,
	}
	assert order.where
	return said.keep(
		sayings.delay_cause,
		stage=order.where.stage,
		since=order.where.entered,
		**{key: value for key, value in values.items() if value},
	)


def _words(expected: Forecast) -> said.Kept:
	group = expected.group
	values = {
		"ships": expected.ships,
		"there": expected.there,
		"latest": expected.latest,
		"orders": expected.orders,
		"warehouse": group.warehouse,
		"courier": group.courier,
		"item_group": group.item_group,
	}
	return said.keep(sayings.expected, **{key: value for key, value in values.items() if value})
