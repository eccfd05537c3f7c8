"""One thing after the other, each in a transaction of its own; for jobs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import frappe

from sales_wh_flow.base import retry


@dataclass(frozen=True, slots=True)
class Failed:
	"""What came of a thing that failed."""

	problem: Exception


def each_alone(
	things: Iterable[tuple], work: Callable, failed: str, instead: type[Failed] | None = None
) -> Iterator[tuple[tuple, object]]:
	"""(thing, what ``work`` made of it) one after the other, each in a transaction of its own: a killed job
	loses nothing. What fails is logged as ``failed``, undone, and gives None, or the problem where
	``instead`` asks for it.
	"""
	for thing in things:
		try:
			made = retry.from_a_fresh_transaction(lambda thing=thing: work(*thing))
		except Exception as problem:
			log_failure(failed.format(thing[-1]))
			made = instead(problem) if instead else None
		yield thing, made


def log_failure(failed: str) -> None:
	"""Undo what failed, and log it so that it stays, whatever comes next; never ends a sweep."""
	frappe.db.rollback()
	problem = frappe.get_traceback()
	try:
		retry.from_a_fresh_transaction(lambda: frappe.log_error(failed, problem))
	except Exception:
		frappe.db.rollback()
		frappe.logger("sales_wh_flow").exception(failed)
