"""Time and statements of a piece of work, and what a series of them says."""

import functools
import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import isfunction
from types import ModuleType

import frappe


@dataclass(frozen=True, slots=True)
class Sample:
	"""``ms`` and ``statements`` of the whole work; ``inside_`` of it were spent in what a Stopwatch saw."""

	ms: float
	statements: int
	inside_ms: float = 0.0
	inside_statements: int = 0


class Stopwatch:
	"""Adds up the time that is spent in some functions, one inside another counted once."""

	def __init__(self):
		self.ms = 0.0
		self._depth = 0

	@property
	def is_running(self) -> bool:
		return self._depth > 0

	def watch(self, owner: type | ModuleType, *names: str) -> None:
		"""Watch these functions of a class or module, all its own when none is named; for good."""
		own = [name for name, it in vars(owner).items() if isfunction(it) and it.__module__ == owner.__name__]
		for name in names or own:
			setattr(owner, name, self._watched(getattr(owner, name)))

	def _watched(self, function: Callable) -> Callable:
		@functools.wraps(function)
		def timed(*args, **kwargs):
			start, self._depth = time.perf_counter(), self._depth + 1
			try:
				return function(*args, **kwargs)
			finally:
				self._depth -= 1
				if not self._depth:
					self.ms += (time.perf_counter() - start) * 1000

		return timed


@dataclass(frozen=True, slots=True)
class Result:
	"""One row of the table. ``spread`` is (ours, native): the middle half of the runs, as a share of the
	median.
	"""

	name: str
	ours: float
	native: float
	unit: str
	n: int
	spread: tuple[float, float] | None = None

	@property
	def ratio(self) -> float | None:
		return self.ours / self.native if self.native else None

	def as_json(self) -> dict:
		ratio = None if self.ratio is None else round(self.ratio, 4)
		figures = {"ours": round(self.ours, 3), "native": round(self.native, 3), "ratio": ratio}
		return {"name": self.name, **figures, "unit": self.unit, "n": self.n}


def sample(work: Callable[[], None], stopwatch: Stopwatch) -> Sample:
	"""Run the work once, with the garbage collector at rest. Counts what goes through ``frappe.db.sql``."""
	count, inside, inside_ms = 0, 0, stopwatch.ms
	original = frappe.db.sql

	def counted(*args, **kwargs):
		nonlocal count, inside
		count, inside = count + 1, inside + stopwatch.is_running
		return original(*args, **kwargs)

	gc.collect()
	gc.disable()
	frappe.db.sql = counted
	try:
		start = time.perf_counter()
		work()
		return Sample((time.perf_counter() - start) * 1000, count, stopwatch.ms - inside_ms, inside)
	finally:
		frappe.db.sql = original
		gc.enable()


def compared(name: str, ours: Sequence[float], native: Sequence[float], unit: str) -> Result:
	"""The medians of two series of figures."""
	spread = (_spread(ours), _spread(native))
	return Result(name, statistics.median(ours), statistics.median(native), unit, len(ours), spread)


def _spread(values: Sequence[float]) -> float:
	if len(values) < 2:
		return 0.0
	low, _middle, high = statistics.quantiles(values, n=4, method="inclusive")
	return (high - low) / abs(statistics.median(values) or 1)
