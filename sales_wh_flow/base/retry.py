"""Run a piece of work again when the database asks for it.

A deadlock rolls the whole transaction back, so the work starts again from nothing: it must load its own
documents. A cluster refuses at COMMIT, when all is written; so the work is committed here, and what is to
happen after the commit happens once, after the attempt that succeeded. This is for entrances (endpoints and
jobs), never for code in the middle of somebody else's transaction.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import frappe
from frappe.utils import CallbackManager

from sales_wh_flow.base import lock_waits

T = TypeVar("T")

ATTEMPTS = 5
_DEADLOCK, _LOCK_WAIT, _RECORD_CHANGED = 1213, 1205, 1020
"""MariaDB's numbers. The last: with innodb_snapshot_isolation a row changed after the transaction began."""


_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Requests that Frappe commits; what any other one writes is undone."""


def from_a_fresh_transaction(work: Callable[[], T]) -> T:
	"""Run ``work`` in a transaction of its own and commit it, up to five times.

	Raises: what the last attempt raised, or at once whatever another attempt could not cure.
	"""
	frappe.db.rollback()  # a decision must not rest on a snapshot taken before the locks
	try:
		return again_if_refused(work)
	except Exception:
		frappe.db.rollback()
		raise


def again_if_refused(work: Callable[[], T]) -> T:
	"""Run ``work`` and commit it, up to five times; its first attempt goes on in the transaction that has
	begun, so it is for an entrance whose work decides on locking reads alone.
	"""
	patience = lock_waits.Patience()
	try:
		for attempt in range(1, ATTEMPTS + 1):
			is_committed: list[bool] = []
			patience.begin_attempt()
			try:
				made = work()
				_commit(lambda done=is_committed: done.append(True))
				return made
			except Exception as error:
				if is_committed or not is_worth_retrying(error):
					raise
				_give_up_or_go_on(error, attempt, patience)
		raise AssertionError("unreachable")
	finally:
		patience.end()


def _give_up_or_go_on(error: Exception, attempt: int, patience: lock_waits.Patience) -> None:
	"""Raises: StockIsBusy where somebody holds what the work needs, and neither time nor a place to wait is
	left; ``error`` after the last attempt.
	"""
	is_wait = isinstance(error, frappe.QueryTimeoutError) or _number_of(error) == _LOCK_WAIT
	if attempt == ATTEMPTS and not is_wait:
		raise error
	frappe.db.rollback()
	if is_wait and (attempt == ATTEMPTS or not patience.go_on_waiting()):
		lock_waits.refuse_busy()
	if _number_of(error) == _RECORD_CHANGED:
		_accept_changed_records()
	time.sleep(random.uniform(0.02, 0.1) * attempt)


def _commit(done: Callable[[], None]) -> None:
	"""As Frappe will in the end; ``done`` is called between the commit and what is to happen after it."""
	request = getattr(frappe.local, "request", None)
	if request and not frappe.local.flags.commit and request.method not in _WRITING:
		return
	after = frappe.db.after_commit
	frappe.db.after_commit = CallbackManager()
	frappe.db.after_commit.add(done)
	frappe.db.after_commit.add(after.run)
	frappe.db.commit()  # the work is whole, and nobody waits for its locks while the request goes on


def _accept_changed_records() -> None:
	"""For the rest of this connection, lock rows that changed since the transaction began.

	Where the server refuses that, whoever waited for a row finds it changed, and with many at work some would
	never get through. The flow's locks are right without that protection: its races are run both ways.
	"""
	if frappe.db.sql("show variables like 'innodb_snapshot_isolation'"):
		frappe.db.sql("set session innodb_snapshot_isolation = OFF")


def is_worth_retrying(error: Exception) -> bool:
	"""Whether the database refused only because somebody else was quicker."""
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return True
	return _number_of(error) in (_DEADLOCK, _LOCK_WAIT, _RECORD_CHANGED)


def _number_of(error: BaseException) -> int | None:
	"""MariaDB's number of an error, also of one that Frappe has wrapped; None for any other."""
	first = error.args[0] if error.args else None
	if isinstance(first, BaseException):
		return _number_of(first)
	return first if isinstance(first, int) else None
