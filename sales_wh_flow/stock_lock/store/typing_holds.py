"""What people are typing into orders right now: in Redis, with a time-out, never in the ledger of locks.

It is a courtesy, not a truth: without Redis nobody sees anything, and every form works as before.
"""

import time

from redis.exceptions import RedisError

import frappe

_KEY = "sales_wh_flow:typing"

KEPT_S = 90
"""How long what was typed is shown without a sign of life from its form."""


def tell(form: str, rows: list[tuple[str, str, float]]) -> None:
	"""What a form asks for: (item, warehouse, quantity in stock UOM) of each row; no rows take it back."""
	try:
		if rows:
			frappe.cache.hset(_KEY, form, {"at": time.time(), "rows": rows})
		else:
			frappe.cache.hdel(_KEY, form)
	except RedisError:
		frappe.logger().debug("Redis is down: what is being typed is shown to nobody")


def others(form: str) -> dict[tuple[str, str], float]:
	"""{(item, warehouse): what other forms ask for now}, in stock UOM; what is too old is thrown away."""
	typed: dict[tuple[str, str], float] = {}
	try:
		told = frappe.cache.hgetall(_KEY) or {}
	except RedisError:
		return {}
	oldest = time.time() - KEPT_S
	for name, what in told.items():
		name = frappe.as_unicode(name)
		if what["at"] < oldest:
			tell(name, [])
		elif name != form:
			for item, warehouse, qty in what["rows"]:
				typed[item, warehouse] = typed.get((item, warehouse), 0.0) + qty
	return typed
