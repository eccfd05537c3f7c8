"""How often somebody may do something, counted in Redis by windows of time, as Frappe's own rate limits are.

Whoever has shown who he is (a login, a signed link, a courier's signature) is counted by that: what a request
says of its own address can be made up, and behind one proxy or one office many have the same.
"""

import time

import frappe


def count_turn(what: str, whom: str, seconds: int) -> int:
	"""Count one more; returns how many there were in this window of so many seconds."""
	key = _key(what, whom, seconds)
	found = frappe.cache.incrby(key, 1)
	if found == 1:
		frappe.cache.expire(key, 2 * seconds)
	return int(found)


def turns_taken(what: str, whom: str, seconds: int) -> int:
	"""How many there were in this window; counts nothing."""
	return int(frappe.cache.get(_key(what, whom, seconds)) or 0)


def address_of(request) -> str:
	"""Where a request comes from, for whoever shows nothing else: the address that the nearest proxy saw.
	What stands before it in the header is what the caller himself may have written.
	"""
	if request is None:
		return ""
	told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
	return told or request.remote_addr or ""


def _key(what: str, whom: str, seconds: int) -> bytes:
	return frappe.cache.make_key(f"rl:{what}:{int(time.time()) // seconds}:{whom}")
