"""What runs in the background, or in a patch, for the stage log. It may be run twice, and killed anywhere."""

import frappe

from sales_wh_flow.stage_clock import rebuild
from sales_wh_flow.stage_clock.store import papers

_CHUNK = 500


def rebuild_log() -> int:
	"""Give a log to every order that has none; returns how many got one. Each 500 orders are a transaction of
	their own, so that it goes on where it was killed.
	"""
	after, done = "", 0
	while names := papers.orders_without_log(after, _CHUNK):
		rebuild.of(names)
		frappe.db.commit()  # what is done stays done
		after, done = names[-1], done + len(names)
		print(f"stage log of {done} orders", flush=True)
	return done
