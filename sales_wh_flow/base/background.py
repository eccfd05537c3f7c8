"""Background work that never undoes what was done and is never lost: what is owed is written down with it.

Jobs of the scheduler find by themselves what is left; all other work stands in *Owed Work* until it is done,
whatever becomes of Redis and of workers.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import RedisError

import frappe

from sales_wh_flow.base import owed_work

_CARRY_OUT = "sales_wh_flow.base.jobs.do_owed"
_LONGEST_NAME = 140

_TAKES_NOTHING = (RedisError, frappe.QueueOverloaded)
"""How a queue takes no job: Redis does not answer, or Frappe finds too many waiting, which it says in a
message to whoever asks.
"""


def run(method: str, **values) -> None:
	"""Enqueue a job of the scheduler once the transaction is committed; ``values``: as ``frappe.enqueue``
	takes them. What is lost of it, its next run finds.

	Frappe's own ``enqueue_after_commit`` asks Redis at once, and refuses the request when nobody answers.
	"""
	frappe.db.after_commit.add(lambda: now(method, **values))


def owe(method: str, *, queue: str = "default", job_id: str | None = None, **values) -> None:
	"""Have any other work done once the transaction is committed: by a job, or else by the sweep.

	``job_id``: the same work, however often it is asked for. The job is told ``values``, so that the queue
	shows what it is about; what counts is what was written down. One statement.
	"""
	check_is_hooked(method)
	name = job_id if job_id and len(job_id) <= _LONGEST_NAME else frappe.generate_hash(length=20)
	owed_work.write_down(name, method, values)
	options = {"queue": queue, **({"job_id": job_id, "deduplicate": True} if job_id else {})}
	frappe.db.after_commit.add(lambda: now(_CARRY_OUT, **options, owed=name, **values))


def do_once_more(name: str) -> None:
	"""Have what is still owed under this name done by another worker once the transaction is committed."""
	frappe.db.after_commit.add(lambda: now(_CARRY_OUT, queue="long", owed=name))


def check_is_hooked(method: str) -> None:
	"""Raises: PermissionError for what is not named in hooks.py: no row of a table runs anything else."""
	if method in frappe.get_hooks("swf_owed_work"):
		return
	# While the app is being installed, Frappe does not count its hooks among those of the site; asked for by
	# name they are read anew each time.
	if method not in frappe.get_hooks("swf_owed_work", app_name="sales_wh_flow"):
		raise frappe.PermissionError(method)


def now(method: str, **values) -> None:
	"""Enqueue a job at once, not after the commit: for what must run even when the transaction is undone."""
	with leaving_to_the_sweep(method):
		frappe.enqueue(method, **values)  # noqa: TID251 - this is the one way


@contextmanager
def leaving_to_the_sweep(method: str) -> Iterator[None]:
	"""Inside, a job is asked for. Nobody is told of a queue that is away, or full: what was done stays done,
	and the sweep does the rest.
	"""
	told = list(frappe.local.message_log)
	try:
		yield
	except _TAKES_NOTHING as problem:
		frappe.local.message_log = told
		frappe.logger("sales_wh_flow").error(f"{method} could not be asked for: {problem}")
