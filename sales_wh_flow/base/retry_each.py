"""One thing after the other, each in a transaction of its own; for jobs."""

from collections.abc import Callable, Iterable, Iterator

import frappe

from sales_wh_flow.base import retry


def each_alone(things: Iterable[tuple], work: Callable, failed: str) -> Iterator[tuple[tuple, object]]:
	"""(thing, what ``work`` made of it) one after the other, each in a transaction of its own: a killed job
	loses nothing. What fails is logged as ``failed``, undone, and gives None.
	"""
	for thing in things:
		try:
			made = retry.from_a_fresh_transaction(lambda thing=thing: work(*thing))
		except Exception:
			frappe.db.rollback()
			frappe.log_error(failed.format(thing[-1]))
			made = None
		frappe.db.commit()  # one thing a transaction; the log stays, whatever the next one does
		yield thing, made
