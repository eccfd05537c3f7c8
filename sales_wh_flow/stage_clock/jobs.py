"""What runs in the background, or in a patch, for the stage log. It may be run twice, and killed anywhere."""

import frappe

from sales_wh_flow.base import retry
from sales_wh_flow.base.settings import FORECAST, is_on
from sales_wh_flow.stage_clock import learn, rebuild
from sales_wh_flow.stage_clock.store import lives, papers

_CHUNK = 500


def rebuild_log() -> int:
	"""Give a log to every order that has none; returns how many got one. Each 500 orders are a transaction of
	their own, so that it goes on where it was killed.
	"""
	after, done = "", 0
	while names := papers.orders_without_log(after, _CHUNK):
		rebuild.rebuild_logs(names)
		frappe.db.commit()  # what is done stays done
		after, done = names[-1], done + len(names)
		print(f"stage log of {done} orders", flush=True)
	return done


def learn_durations() -> int:
	"""Make the table that forecasts rest on anew, a company at a time; returns how many rows there are."""
	if not is_on(FORECAST):
		return 0
	return sum(
		retry.from_a_fresh_transaction(lambda name=company: learn.learn_company(name))
		for company in lives.companies()
	)
