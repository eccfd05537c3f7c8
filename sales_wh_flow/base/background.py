"""Background work that never undoes what was done: without Redis it is left to a sweep, or to the log."""

from redis.exceptions import RedisError

import frappe


def run(method: str, **values) -> None:
	"""Enqueue a job once the transaction is committed; ``values``: as ``frappe.enqueue`` takes them.

	Frappe's own ``enqueue_after_commit`` asks Redis at once, and refuses the request when nobody answers.
	"""
	frappe.db.after_commit.add(lambda: now(method, **values))


def now(method: str, **values) -> None:
	"""The same at once, for what must run even when the transaction is undone."""
	try:
		frappe.enqueue(method, **values)
	except RedisError as problem:
		frappe.logger("sales_wh_flow").error(f"{method} could not be asked for: {problem}")
