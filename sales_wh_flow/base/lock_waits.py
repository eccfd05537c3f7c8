"""How long a request waits for rows that somebody else holds, how many may wait at once, and who holds them.

Whoever locks orders and Bins says so in Redis until the transaction ends; whoever waits too long reads there
for whom. Without Redis nobody is named, and nobody waits long.
"""

import json
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import redis
from redis.exceptions import RedisError

import frappe
from frappe import _
from frappe.utils import cint, escape_html, format_time, get_fullname, get_link_to_form, now_datetime

from sales_wh_flow.base import web_workers
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.settings import flow_settings

USUAL_S = 20
_FIRST_S = 3
"""So long anybody waits without taking one of the places of those that wait long."""
_AT_ONCE_S = 1
"""How long a request waits for a lock while all places are taken; the server counts in seconds."""
_FORGOTTEN_AFTER_S = 900
"""Of a process that was killed nothing is said any more."""

_WAITING, _HOLDERS = "sales_wh_flow_lock_waiters", "sales_wh_flow_lock_holders"


_here = threading.BoundedSemaphore(max(web_workers.threads() // 2, 1))
"""The places of this process: where all its threads wait, it answers nobody."""


class StockIsBusy(frappe.ValidationError):
	"""Somebody else works on the same stock or order, and does not come to an end."""


class Patience:
	"""What one request has of it: an end, and perhaps a place among those that wait long. A job waits as long
	as the server lets it: it keeps nobody from the desk.
	"""

	def __init__(self):
		self._limit_s = cint(flow_settings().get("longest_lock_wait")) or USUAL_S
		self._ends_s = time.monotonic() + self._limit_s
		self._is_web = bool(getattr(frappe.local, "request", None))
		self._place: str | None = None
		self._told_s = 0

	def begin_attempt(self) -> None:
		"""Let the server end waits by then."""
		if not self._is_web:
			return
		left_s = max(int(self._ends_s - time.monotonic()), 1)
		if not self._place:
			left_s = min(left_s, _AT_ONCE_S if places_taken() >= _places() else _FIRST_S)
		if left_s != self._told_s:
			frappe.db.sql("set session innodb_lock_wait_timeout = %s", left_s)
			self._told_s = left_s

	def go_on_waiting(self) -> bool:
		"""After a wait that was too long: whether there is time left, and a place to wait."""
		if not self._is_web:
			return True
		if self._ends_s - time.monotonic() < 1:
			return False
		if not self._place and _here.acquire(blocking=False):
			self._place = _take_place(self._limit_s)
			if not self._place:
				_here.release()
		return bool(self._place)

	def end(self) -> None:
		if self._place:
			_leave_place(self._place)
			_here.release()
		if self._told_s:
			frappe.db.sql("set session innodb_lock_wait_timeout = default")


def wants(orders: Iterable[str], keys: Iterable[BinKey] = ()) -> None:
	"""What this transaction is about to lock."""
	alongside_request().wanted_rows = _rows(orders, keys)


def holds() -> None:
	"""What it was about to lock is locked, until the transaction ends."""
	beside = alongside_request()
	wanted, held = beside.wanted_rows, beside.held_rows
	if held is None:
		held = beside.held_rows = {}
		frappe.db.after_commit.add(_holds_nothing)
		frappe.db.after_rollback.add(_holds_nothing)
	if wanted <= held.get("rows", set()):
		return
	held.setdefault("name", frappe.generate_hash(length=12))
	held.setdefault("since", now_datetime())
	held["rows"] = held.get("rows", set()) | wanted
	said = {"user": frappe.session.user, "since": str(held["since"]), "rows": sorted(held["rows"])}
	_ask(lambda cache, key: cache.hset(key, held["name"], json.dumps(said)), _HOLDERS)


def _holds_nothing() -> None:
	held = alongside_request().take("held_rows")
	if held:
		_ask(lambda cache, key: cache.hdel(key, held["name"]), _HOLDERS)


def refuse_busy() -> None:
	"""Raises: StockIsBusy, which says who holds what this transaction waited for, and since when."""
	wanted = alongside_request().wanted_rows
	found = [(since, user, rows & wanted) for since, user, rows in _holders() if rows & wanted]
	if found:
		since, user, rows = min(found, key=lambda it: it[0])
		seconds = max(int((now_datetime() - since).total_seconds()), 0)
		text = _(
			"{0} has been working on {1} since {2} ({3} seconds). Nothing was saved. Try again in a moment."
		).format(
			frappe.bold(escape_html(get_fullname(user))),
			_in_words(sorted(rows)[0]),
			format_time(since),
			seconds,
		)
	else:
		text = _(
			"Somebody else is working on the same stock or order. Nothing was saved. Try again in a moment."
		)
	frappe.throw(text, StockIsBusy, title=_("Just a Moment"))


def _in_words(row: str) -> str:
	first, _tab, second = row.partition("\t")
	if not first:
		return get_link_to_form("Sales Order", second)
	return _("{0} in {1}").format(frappe.bold(escape_html(first)), frappe.bold(escape_html(second)))


def _rows(orders: Iterable[str], keys: Iterable[BinKey]) -> set[str]:
	return {f"\t{name}" for name in orders} | {f"{item}\t{warehouse}" for item, warehouse in keys}


def _holders() -> list[tuple[datetime, str, set[str]]]:
	"""(since, user, rows) of transactions that said what they hold; those of killed processes are dropped."""
	found = []
	for name, text in (_ask(lambda cache, key: cache.hgetall(key), _HOLDERS) or {}).items():
		said = json.loads(text)
		since = datetime.fromisoformat(said["since"])
		if (now_datetime() - since).total_seconds() > _FORGOTTEN_AFTER_S:
			_ask(lambda cache, key, name=name: cache.hdel(key, name), _HOLDERS)
		else:
			found.append((since, said["user"], set(said["rows"])))
	return found


def _places() -> int:
	"""How many requests may wait long: half of what the web server serves at once."""
	return web_workers.count() // 2


def places_taken() -> int:
	"""How many requests wait long now, on all servers."""

	def count(cache, key: str) -> int:
		cache.zremrangebyscore(key, "-inf", time.time())
		return cache.zcard(key)

	return _ask(count, _WAITING) or 0


def _take_place(limit_s: int) -> str | None:
	name = frappe.generate_hash(length=12)

	def take(cache, key: str) -> bool:
		cache.zadd(key, {name: time.time() + limit_s + _FIRST_S})
		return cache.zrank(key, name) < _places()

	if _ask(take, _WAITING):
		return name
	_leave_place(name)
	return None


def _leave_place(name: str) -> None:
	_ask(lambda cache, key: cache.zrem(key, name), _WAITING)


def _ask(question: Callable, key: str) -> Any:
	"""Redis's answer; None while nobody answers."""
	try:
		return question(_redis(), frappe.cache.make_key(key))
	except RedisError:
		return None


def _redis() -> redis.Redis:
	"""The client without Frappe's own keys and pickles, which know no counting."""
	client = getattr(_redis, "client", None)
	if client is None:
		client = _redis.client = redis.Redis(connection_pool=frappe.cache.connection_pool)
	return client
