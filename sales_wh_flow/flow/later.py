"""Background work that begins once the transaction is committed, and never undoes what was done."""

from redis.exceptions import RedisError

import frappe


def run(method: str, **values) -> None:
	"""Enqueue a job after the commit; ``values``: as ``frappe.enqueue`` takes them.

	Frappe's own ``enqueue_after_commit`` asks Redis at once, and refuses the request when nobody answers.
	Here what was done stands, and the job is left to the sweep that runs every five minutes.
	"""

	def enqueue() -> None:
		try:
			frappe.enqueue(method, **values)
		except RedisError as problem:
			frappe.logger("sales_wh_flow").error(f"{method} is left to the next sweep: {problem}")

	frappe.db.after_commit.add(enqueue)
