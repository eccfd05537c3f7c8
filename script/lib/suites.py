"""One suite's run and result, counted from the JUnit file the test program writes."""

from __future__ import annotations

import shutil
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import watching
from terminal import heading, say

PYTEST_FOUND_NOTHING = 5
SLOWEST = 10
NAME_WIDTH = 16


@dataclass(frozen=True)
class SuiteResult:
	"""Counts of tests; `skipped_suite` says why the suite did not run at all, None when it did.

	`slowest`: [{"test", "seconds"}], the slowest first.
	"""

	name: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	skipped_suite: str | None = None
	seconds: float = 0.0
	slowest: list[dict] = field(default_factory=list)

	def as_json(self) -> dict:
		row = asdict(self)
		row.pop("name")
		return row


@dataclass(frozen=True)
class Conditions:
	"""How the suites of one run are shown, and ended: `is_alone` when none runs beside them.

	What runs alone is shown while it runs. What runs beside others is shown when it is done, each line with
	the name of its suite.
	"""

	is_alone: bool = True
	stop: threading.Event = field(default_factory=threading.Event)

	def begin(self, name: str) -> None:
		heading(f"suite {name}") if self.is_alone else say(f"   suite {name} begins")

	def hear(self, text: str) -> None:
		if self.is_alone:
			sys.stdout.write(text)
			sys.stdout.flush()

	def end(self, result: SuiteResult, log: Path) -> None:
		if self.is_alone:
			return
		heading(f"suite {result.name}: what it said (log: {log})")
		for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
			say(f"{result.name:<{NAME_WIDTH}}| {line}")
		counts = f"{result.passed} passed, {result.failed} failed, {result.skipped} skipped"
		say(f"   suite {result.name} ends after {result.seconds:.0f} s: {counts}")


def run(
	name: str,
	command: list[str],
	junit: Path,
	log: Path,
	*,
	conditions: Conditions,
	env: dict[str, str],
	cwd: Path,
	quiet_limit_s: float = watching.QUIET_LIMIT_S,
) -> SuiteResult:
	"""Run a test program to its end and count what it wrote to the JUnit file.

	A program that ends badly without naming a failed test counts as one failure.
	"""
	junit.unlink(missing_ok=True)
	log.unlink(missing_ok=True)
	conditions.begin(name)
	started_s = time.monotonic()
	try:
		status: int | str = watching.run(
			command,
			log,
			env={**env, **_terminal()},
			cwd=cwd,
			hear=conditions.hear,
			stop=conditions.stop,
			quiet_limit_s=quiet_limit_s,
		)
	except watching.Stalled as problem:
		status = str(problem)
	seconds = round(time.monotonic() - started_s, 1)
	passed, failed, skipped = count(junit)
	if not passed + failed + skipped and status in (0, PYTEST_FOUND_NOTHING):
		result = SuiteResult(name, skipped_suite="it has no tests", seconds=seconds)
		conditions.end(result, log)
		return result
	is_unexplained = isinstance(status, str) or (status and not failed)
	failed += bool(is_unexplained)
	result = SuiteResult(name, passed, failed, skipped, None, seconds, slowest(junit))
	conditions.end(result, log)
	if is_unexplained:
		say(f"suite {name} ended badly ({status}) without naming a failed test")
	return result


def _terminal() -> dict[str, str]:
	"""The program writes to a file, so it is told how wide our terminal is and whether it shows colours."""
	colours = {"PY_COLORS": "1"} if sys.stdout.isatty() else {}
	return {"COLUMNS": str(shutil.get_terminal_size((110, 40)).columns), **colours}


def _cases(junit: Path) -> list[ElementTree.Element]:
	"""No or a broken file has none."""
	try:
		return list(ElementTree.parse(junit).getroot().iter("testcase"))
	except (OSError, ElementTree.ParseError):
		return []


def count(junit: Path) -> tuple[int, int, int]:
	"""(passed, failed, skipped) of a JUnit file; errors count as failed."""
	passed = failed = skipped = 0
	for case in _cases(junit):
		kinds = {child.tag for child in case}
		if kinds & {"failure", "error"}:
			failed += 1
		elif "skipped" in kinds:
			skipped += 1
		else:
			passed += 1
	return passed, failed, skipped


def slowest(junit: Path, most: int = SLOWEST) -> list[dict]:
	"""The slowest tests of a JUnit file, the slowest first: [{"test", "seconds"}]."""
	timed = [
		{
			"test": f"{case.get('classname', '')}::{case.get('name', '')}",
			"seconds": float(case.get("time") or 0),
		}
		for case in _cases(junit)
	]
	return sorted(timed, key=lambda row: -row["seconds"])[:most]


def pytest_arguments(tree: Path, suite: str, junit: Path, more: Sequence[str] = ()) -> list[str]:
	"""Arguments after `python`; the tree's own configuration holds wherever the tests are started from.

	``more``: a person's own arguments; their -m chooses within the suite, and what they name below tests/ is
	run instead of all of it.
	"""
	markers, rest = suite, list(more)
	while "-m" in rest[:-1]:
		at = rest.index("-m")
		markers = f"{markers} and ({rest[at + 1]})"
		del rest[at : at + 2]
	named = [one for one in rest if _is_in_tests(tree, one)]
	return [
		*(
			"-m",
			"pytest",
			*(str(tree / one) for one in named or ["tests"]),
			"-m",
			markers,
			f"--rootdir={tree}",
			f"--config-file={tree / 'pyproject.toml'}",
		),
		*("-p", "no:cacheprovider", f"--junit-xml={junit}"),
		*(one for one in rest if one not in named),
	]


def _is_in_tests(tree: Path, argument: str) -> bool:
	"""Whether it is a folder, a file or a test below tests/, which is named as seen from the clone."""
	place = argument.split("::")[0].rstrip("/")
	return (place == "tests" or place.startswith("tests/")) and (tree / place).exists()
