"""Run a piece of work again when the database asks for it.

A deadlock rolls the whole transaction back, so the work starts again from nothing: it must load its own
documents. This is for entrances (endpoints and jobs), never for code in the middle of somebody else's
transaction.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

import frappe

T = TypeVar("T")

ATTEMPTS = 5
_RECORD_CHANGED = 1020
"""MariaDB with innodb_snapshot_isolation: a row changed after this transaction's snapshot."""


def from_a_fresh_transaction(work: Callable[[], T]) -> T:
	"""Run ``work`` in a transaction of its own beginning, up to five times; the caller commits.

	Raises: what the last attempt raised, or at once whatever another attempt could not cure.
	"""
	for attempt in range(1, ATTEMPTS + 1):
		frappe.db.rollback()  # a decision must not rest on a snapshot taken before the locks
		try:
			return work()
		except Exception as error:
			frappe.db.rollback()
			if attempt == ATTEMPTS or not is_worth_retrying(error):
				raise
			time.sleep(random.uniform(0.02, 0.1) * attempt)
	raise AssertionError("unreachable")


def is_worth_retrying(error: Exception) -> bool:
	"""Whether the database refused only because somebody else was quicker."""
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return True
	code = error.args[0] if error.args else None
	return frappe.db.is_deadlocked(error) or frappe.db.is_timedout(error) or code == _RECORD_CHANGED
