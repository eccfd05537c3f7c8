"""Several lines of work side by side: each takes the next job when it is done with its last one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

Result = TypeVar("Result")

LOOK_EVERY_S = 0.2


def longest_first(names: Sequence[str], expected_s: Mapping[str, float]) -> list[str]:
	"""So that no line is left with a long job at the end; what nobody has measured counts as long."""
	return sorted(names, key=lambda name: -expected_s.get(name, float("inf")))


def run(
	jobs: Sequence[str],
	lines: Sequence[Callable[[str], Result]],
	*,
	stop: threading.Event | None = None,
	report: Callable[[float, list[str]], None] = lambda seconds, running: None,
	report_every_s: float = 60,
) -> list[Result]:
	"""Every job's result, in the order of ``jobs``; each is done once, by the first line that is free.

	``report`` is told every now and then how long it has been and which jobs are running. When a line breaks
	or the run is interrupted, ``stop`` is set for the jobs under way, no new one begins, and the cause is
	raised when all have ended.
	"""
	board = _Board(jobs, stop or threading.Event())
	threads = [threading.Thread(target=board.work, args=(line,)) for line in lines]
	began_s = told_s = time.monotonic()
	try:
		for thread in threads:
			thread.start()
		while working := [thread for thread in threads if thread.is_alive()]:
			working[0].join(LOOK_EVERY_S)
			now_s = time.monotonic()
			if now_s - told_s >= report_every_s and board.running:
				told_s = now_s
				report(now_s - began_s, list(board.running))
	except BaseException:
		board.stop.set()
		for thread in threads:
			if thread.is_alive():
				thread.join()
		raise
	if board.causes:
		raise board.causes[0]
	if board.stop.is_set():
		raise KeyboardInterrupt
	return [board.results[job] for job in jobs]


class _Board:
	"""What is to be done, what is running, and what came of it."""

	def __init__(self, jobs: Sequence[str], stop: threading.Event):
		self.stop = stop
		self.left = list(jobs)
		self.running: dict[str, None] = {}
		self.results: dict[str, object] = {}
		self.causes: list[BaseException] = []
		self._lock = threading.Lock()

	def work(self, line: Callable[[str], object]) -> None:
		try:
			while (job := self._take()) is not None:
				self.results[job] = line(job)
				with self._lock:
					del self.running[job]
		except BaseException as cause:
			self.causes.append(cause)
			self.stop.set()

	def _take(self) -> str | None:
		with self._lock:
			if self.stop.is_set() or not self.left:
				return None
			job = self.left.pop(0)
			self.running[job] = None
			return job
