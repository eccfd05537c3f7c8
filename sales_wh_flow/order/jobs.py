"""What runs in the background for orders. Every job may be run twice, and may be killed anywhere."""

from sales_wh_flow.base import retry
from sales_wh_flow.order import board_news, refresh_forecast, refresh_status
from sales_wh_flow.order.store import forecast, status

_CHUNK = 100
_MANY = 1000


def refresh_open_orders() -> int:
	"""Give every unfinished order its flow status, after a switch was turned. Returns how many were looked
	at.
	"""
	names = status.open_orders()
	for start in range(0, len(names), _CHUNK):  # short transactions: nobody waits for this job
		retry.from_a_fresh_transaction(lambda some=names[start : start + _CHUNK]: _refresh(some))
	return len(names)


def _refresh(names: list[str]) -> None:
	for name in names:
		refresh_status.refresh_order(name)


def follow_statuses(orders: list[str] | None = None) -> int:
	"""Two documents of one order that are submitted side by side each see the other as a draft, and what the
	second writes may be what was so before: derive every unfinished order anew, or these. Returns how many
	were wrong.
	"""
	names, mended = status.open_orders() if orders is None else orders, 0
	for start in range(0, len(names), _MANY):
		some = names[start : start + _MANY]
		for name in retry.from_a_fresh_transaction(lambda some=some: refresh_status.not_as_facts_say(some)):
			retry.from_a_fresh_transaction(lambda name=name: refresh_status.refresh_held(name))
			mended += 1
	return mended


def refresh_forecasts() -> int:
	"""Days pass and orders stay where they are: bring forecast and lateness of those that somebody waits for
	up to date. Returns how many have changed. A constant number of statements for each thousand.
	"""
	names, changed = forecast.measured_orders(), 0
	for start in range(0, len(names), _MANY):
		some = names[start : start + _MANY]
		changed += retry.from_a_fresh_transaction(lambda some=some: _refresh_forecasts(some))
	return changed


def _refresh_forecasts(names: list[str]) -> int:
	changed = refresh_forecast.refresh_forecasts(names)
	if changed:
		board_news.tell_soon()
	return changed
