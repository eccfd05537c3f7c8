"""Parcels on their way of which nobody has heard for more working days than their courier is given."""

from datetime import date, datetime, timedelta

from sales_wh_flow.couriers.rules.silence import working_days_between
from sales_wh_flow.couriers.store import stories
from sales_wh_flow.order.permissions import condition_on


def silent_parcels(now: datetime, company: str | None = None) -> list[dict]:
	"""The longest silent first: rows of ``stories.parcels_under_way`` with ``silent_days``."""
	rows = stories.parcels_under_way(company, condition_on("Order Box", None))
	heard = stories.last_told([row.tracking_no for row in rows if row.tracking_no])
	for row in rows:
		told = heard.get((row.courier, row.tracking_no))
		row.last_heard = max(filter(None, (row.last_heard, told, row.handed_over_on)), default=None)
	known = [row for row in rows if row.last_heard]
	first = min((row.last_heard.date() for row in known), default=now.date())
	off = stories.days_off_of(sorted({row.warehouse for row in known if row.warehouse}), first, now.date())
	for row in known:
		row.silent_days = _days(row.last_heard.date(), now.date(), off.get(row.warehouse, set()))
	found = [row for row in known if row.silent_days > row.silent_after_days]
	return sorted(found, key=lambda row: (-row.silent_days, row.box))


def _days(heard: date, today: date, off: set[date]) -> int:
	longest = timedelta(days=400)
	return working_days_between(max(heard, today - longest), today, frozenset(off))
