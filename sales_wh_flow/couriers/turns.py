"""How often a stranger may be wrong, and how much a courier may send, in a minute.

Counted in Redis by windows of a minute, as Frappe's own rate limits are. A stranger is counted by the address
of the request alone, before anybody knows whom it names, so that nobody learns which couriers there are.
"""

import time

import frappe

MOST_REFUSED = 120
MOST_TAKEN = 12_000
"""A busy courier sends a hundred a second; whatever sends more than twice that runs wild."""

_WINDOW_S = 60


def was_refused_too_often(sender: str) -> bool:
	"""Whether this address has been refused so often in this minute that it is not listened to."""
	return int(frappe.cache.get(_key("refused", sender)) or 0) >= MOST_REFUSED


def count_refused(sender: str) -> None:
	"""A message from there could not be believed: too many of them are not even looked at."""
	_count(_key("refused", sender))


def may_take(courier: str) -> bool:
	"""Count a proved message of a courier. False: it is to be sent again later."""
	return _count(_key("taken", courier)) <= MOST_TAKEN


def _count(key: bytes) -> int:
	count = frappe.cache.incrby(key, 1)
	if count == 1:
		frappe.cache.expire(key, 2 * _WINDOW_S)
	return count


def _key(what: str, whom: str) -> bytes:
	return frappe.cache.make_key(f"rl:courier:{what}:{int(time.time()) // _WINDOW_S}:{whom}")
