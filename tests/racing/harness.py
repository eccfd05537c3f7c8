"""Real processes that do things at the same moment on the same site.

A race is a list of calls. Each runs in a process of its own with its own connection: it prepares (loads what
a user's form would have loaded, which opens its database snapshot), waits at the start line until everybody
is there, does its work, and commits. What came of it is an Outcome, never an exception.
"""

import datetime
import multiprocessing
import random
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait

TIME_LIMIT_S = 60.0
"""A race that has not ended by then has failed: its processes are killed, and their transactions rolled back.
"""

_HEAD_START_S = 0.01


@dataclass(frozen=True, slots=True)
class Call:
	"""``target`` is "module:function", looked up in the process that runs it; pickled arguments.

	``start_within_s``: from the start line everybody starts at once, then each waits a random part of this.
	``killed_within_s``: its process is killed (SIGKILL) after a random part of this; 0 = it is not.
	``ahead_min``: how many minutes the clock of its process is ahead.
	"""

	target: str
	args: tuple = ()
	start_within_s: float = 0.0
	killed_within_s: float = 0.0
	ahead_min: float = 0.0


def call_of(function, *args, start_within_s: float = 0.0) -> Call:
	"""A call of any module's function."""
	return Call(f"{function.__module__}:{function.__qualname__}", args, start_within_s)


def call(action: str, *args, **values) -> Call:
	"""A call of one of the actions in this folder; ``values``: as in Call."""
	return Call(f"{__package__}.actions:{action}", args, **values)


def approval_call(action: str, *args) -> Call:
	"""A call of one of the actions about approvals in this folder."""
	return Call(f"{__package__}.approving:{action}", args)


@dataclass(frozen=True, slots=True)
class Outcome:
	"""``error`` is the exception's class name, ``text`` its message and traceback; both None when all went
	well.
	"""

	call: Call
	result: object = None
	error: str | None = None
	text: str | None = None
	seconds: float = 0.0

	@property
	def is_done(self) -> bool:
		return self.error is None


class RaceTooLong(AssertionError):
	"""Somebody was still at work when the time was up."""


class Runners:
	"""Processes kept for many races, because starting one takes longer than most races. Close them in the
	end.
	"""

	def __init__(self, site: str, sites_path: str):
		self._site, self._sites_path = site, sites_path
		self._idle: list[_Runner] = []

	def race(
		self, *calls: Call, time_limit_s: float = TIME_LIMIT_S, meanwhile: Callable[[], None] = lambda: None
	) -> list[Outcome]:
		"""Run all calls at the same moment. Outcomes in the order of the calls.

		Of whoever was killed it is "ProcessDied".

		``meanwhile`` is called as soon as everybody has started.
		Raises: RaceTooLong.
		"""
		runners = {runner.pipe: runner for runner in self._take(len(calls))}
		for runner, call in zip(runners.values(), calls, strict=True):
			runner.begin(call)
		waiting = self._wait_for(runners, set(runners), "ready", time.monotonic() + TIME_LIMIT_S)
		start_at_s = time.monotonic() + _HEAD_START_S
		for pipe in waiting:
			pipe.send(start_at_s)
		for pipe in waiting:
			runners[pipe].kill_at_random(start_at_s)
		meanwhile()
		self._wait_for(runners, waiting, "outcome", start_at_s + time_limit_s)
		for runner in runners.values():
			if runner.call.killed_within_s:
				runner.end()  # whether it was killed in time or not: nobody may be killed later for it
			elif runner.is_alive():
				self._idle.append(runner)
		return [runner.outcome for runner in runners.values()]

	def close(self) -> None:
		for runner in self._idle:
			runner.end()
		self._idle = []

	def _take(self, count: int) -> list["_Runner"]:
		while len(self._idle) < count:
			self._idle.append(_Runner(self._site, self._sites_path))
		taken, self._idle = self._idle[:count], self._idle[count:]
		return taken

	def _wait_for(self, runners, pipes: set[Connection], what: str, deadline_s: float) -> set[Connection]:
		"""Listen until each has said ``what`` or come to its end. Returns those that have not ended."""
		silent, going_on = set(pipes), set(pipes)
		while silent:
			heard = wait(silent, timeout=max(deadline_s - time.monotonic(), 0.0))
			if not heard:
				late = ", ".join(sorted(runners[pipe].call.target for pipe in silent))
				for runner in runners.values():
					runner.end()
				raise RaceTooLong(f"no {what} in time from {late}")
			for pipe in heard:
				if runners[pipe].has_ended():
					going_on.discard(pipe)
			silent -= set(heard)
		return going_on


class _Runner:
	"""One process, and the pipe to it."""

	def __init__(self, site: str, sites_path: str):
		self._killer: threading.Timer | None = None
		context = multiprocessing.get_context("spawn")
		self.pipe, theirs = context.Pipe()
		self.call: Call | None = None
		self.outcome: Outcome | None = None
		self._process = context.Process(target=_serve, args=(theirs, site, sites_path), daemon=True)
		self._process.start()
		theirs.close()

	def is_alive(self) -> bool:
		return self._process.is_alive()

	def begin(self, call: Call) -> None:
		self.call, self.outcome = call, None
		self.pipe.send(call)

	def kill_at_random(self, start_at_s: float) -> None:
		"""Kill the process some time after the start, if its call says so."""
		if self.call.killed_within_s:
			after_s = start_at_s - time.monotonic() + random.uniform(0, self.call.killed_within_s)
			self._killer = threading.Timer(max(after_s, 0.0), self._process.kill)
			self._killer.start()

	def has_ended(self) -> bool:
		"""Read what the process said: whether that was its outcome, or the end of the process itself."""
		try:
			said = self.pipe.recv()
		except (EOFError, OSError):
			self._process.join(5)
			code = self._process.exitcode
			said = Outcome(self.call, error="ProcessDied", text=f"{self.call.target}: exit code {code}")
		if isinstance(said, Outcome):
			self.outcome = said
		return self.outcome is not None

	def end(self) -> None:
		if self._killer:
			self._killer.cancel()
		self._process.kill()
		self._process.join(5)
		self.pipe.close()


def ready() -> None:
	"""An action calls this when it has prepared; it returns when everybody is ready."""
	_this.pipe.send("ready")
	time.sleep(max(_this.pipe.recv() - time.monotonic(), 0.0))
	time.sleep(random.uniform(0, _this.call.start_within_s))
	_this.started_s = time.monotonic()


class _This:
	"""What a runner's process is doing."""

	pipe: Connection
	call: Call
	started_s: float


_this = _This()


def _serve(pipe: Connection, site: str, sites_path: str) -> None:
	"""A process's life: one call after the other, each on a fresh connection, until nobody is at the other
	end.
	"""
	_this.pipe = pipe
	try:
		while True:
			_this.call, _this.started_s = pipe.recv(), time.monotonic()
			pipe.send(_run(_this.call, site, sites_path))
	except (EOFError, OSError):
		return


def _run(call: Call, site: str, sites_path: str) -> Outcome:
	import frappe

	result, problem = None, None
	frappe.init(site=site, sites_path=sites_path)
	try:
		frappe.connect()
		frappe.set_user("Administrator")
		set_clock(call.ahead_min)
		module, _colon, function = call.target.partition(":")
		result = getattr(import_module(module), function)(*call.args)
		frappe.db.commit()
	except Exception as error:
		problem = error
		frappe.db.rollback()
	finally:
		seconds = time.monotonic() - _this.started_s
		set_clock(0.0)
		frappe.destroy()
	if problem is None:
		return Outcome(call, result=result, seconds=seconds)
	text = "".join([f"{problem}\n", *traceback.format_exception(problem)])
	return Outcome(call, error=type(problem).__name__, text=text, seconds=seconds)


def set_clock(ahead_min: float) -> None:
	"""Put this process's clock ahead, as Frappe reads it; 0 puts it right."""
	from frappe.utils import data

	right = getattr(data.convert_utc_to_system_timezone, "right", data.convert_utc_to_system_timezone)

	def wrong(utc):
		return right(utc + datetime.timedelta(minutes=ahead_min))

	wrong.right = right
	data.convert_utc_to_system_timezone = wrong if ahead_min else right
