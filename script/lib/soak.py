"""A long run of the suites that leave something to chance, in small parts, each written down when it is done.

What is done lies in one file; an interrupted run goes on behind the last part that was written down.
"""

from __future__ import annotations

import json
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import suites
import watching
from terminal import say

SUITES = ("concurrency", "stateful", "faults")
PART = {"concurrency": 10, "stateful": 25, "faults": 5}
"""Rounds of one part: some minutes of work, which is what an interruption can cost."""
BAR_WIDTH = 30


@dataclass(frozen=True)
class Part:
	"""``number`` counts from 1 within the suite; ``seed`` is the part's own."""

	suite: str
	number: int
	rounds: int
	seed: int


@dataclass(frozen=True)
class Done:
	"""A part and what came of it; ``failures``: [{"test", "message"}]."""

	suite: str
	number: int
	rounds: int
	seed: int
	passed: int
	failed: int
	seconds: float
	failures: list[dict[str, str]]


def parts(rounds: dict[str, int], seed: int) -> list[Part]:
	"""All parts of a soak; suites take turns, so that each is equally far at any time."""
	made = []
	for suite in SUITES:
		wanted = rounds.get(suite, 0)
		count = -(-wanted // PART[suite])
		for number in range(1, count + 1):
			size = min(PART[suite], wanted - (number - 1) * PART[suite])
			made.append((number / count, SUITES.index(suite), Part(suite, number, size, seed + number)))
	return [part for *_turn, part in sorted(made, key=lambda row: row[:2])]


class State:
	"""What was asked for and what is done, kept in a file."""

	def __init__(self, path: Path, rounds: dict[str, int], seed: int, done: list[Done]):
		self._path, self.rounds, self.seed, self.done = path, rounds, seed, done

	@classmethod
	def load(cls, path: Path, rounds: dict[str, int], seed: int | None, chosen_seed: int) -> State:
		"""The interrupted run with the same wishes, or a new one; ``seed`` None takes up any seed."""
		try:
			kept = json.loads(path.read_text())
			done = [Done(**row) for row in kept["done"]]
		except (OSError, ValueError, KeyError, TypeError):
			kept, done = {}, []
		is_finished = len(done) == len(parts(rounds, 0))
		if not is_finished and kept.get("rounds") == rounds and seed in (None, kept["seed"]):
			return cls(path, rounds, kept["seed"], done)
		return cls(path, rounds, chosen_seed if seed is None else seed, [])

	def todo(self) -> list[Part]:
		known = {(done.suite, done.number) for done in self.done}
		return [part for part in parts(self.rounds, self.seed) if (part.suite, part.number) not in known]

	def add(self, done: Done) -> None:
		"""Written aside first: a run killed while it writes keeps the file it had."""
		self.done.append(done)
		rows = [asdict(each) for each in self.done]
		self._path.parent.mkdir(parents=True, exist_ok=True)
		aside = self._path.with_suffix(".new")
		aside.write_text(json.dumps({"rounds": self.rounds, "seed": self.seed, "done": rows}))
		aside.replace(self._path)


def run(state: State, run_part: Callable[[Part], Done]) -> dict:
	"""Run what is left to do and return the report."""
	todo, total = state.todo(), len(parts(state.rounds, state.seed))
	if len(todo) < total:
		say(f"   goes on where it was: {total - len(todo)} of {total} parts are done")
	for part in todo:
		done = run_part(part)
		state.add(done)
		say(progress(len(state.done), total, done))
	return report(state)


def pytest_part(part: Part, command: list[str], junit: Path, log: Path, *, env: dict, cwd: Path) -> Done:
	"""Run one part with pytest; ``command`` is all but the seed. Its output goes to the log."""
	junit.unlink(missing_ok=True)
	started_s = time.monotonic()
	size = {"ROUNDS": str(part.rounds), "EXAMPLES": str(part.rounds), "SEED": str(part.seed)}
	said: list[str] = []
	trouble = ""
	try:
		command = [*command, f"--hypothesis-seed={part.seed}"]
		status = watching.run(command, log, env={**env, **size}, cwd=cwd, hear=said.append)
		trouble = f"ended with status {status}" if status else ""
	except watching.Stalled as problem:
		trouble = str(problem)
	passed, failed, _skipped = suites.count(junit)
	failures = failures_of(junit)
	if trouble and not failures:
		tail = "\n".join("".join(said).splitlines()[-25:])
		failures, failed = [{"test": part.suite, "message": f"{trouble} (log: {log})\n{tail}"}], failed + 1
	seconds = round(time.monotonic() - started_s, 1)
	return Done(part.suite, part.number, part.rounds, part.seed, passed, failed, seconds, failures)


def failures_of(junit: Path) -> list[dict[str, str]]:
	"""The failed tests of a JUnit file with the end of what they said; nothing of no or a broken file."""
	try:
		root = ElementTree.parse(junit).getroot()
	except (OSError, ElementTree.ParseError):
		return []
	return [
		{"test": f"{case.get('classname')}::{case.get('name')}", "message": (child.text or "")[-4000:]}
		for case in root.iter("testcase")
		for child in case
		if child.tag in ("failure", "error")
	]


def progress(done: int, total: int, last: Done) -> str:
	"""One line: a bar, how far it is, and how the last part went."""
	full = BAR_WIDTH * done // max(total, 1)
	verdict = f"{last.failed} FAILED" if last.failed else "all passed"
	bar = "#" * full + "." * (BAR_WIDTH - full)
	part = f"{last.suite} part {last.number}, {last.rounds} rounds, seed {last.seed}"
	return f"   [{bar}] {done}/{total}  {part}: {last.passed} tests in {last.seconds:.0f} s, {verdict}"


def report(state: State) -> dict:
	"""Shape: {"seed", "suites": {suite: {"rounds", "of", "passed", "failed", "seconds"}}, "failures":
	[{"suite", "seed", "test", "message"}]}; ``rounds`` are those that were run.
	"""
	rows = {}
	for suite in SUITES:
		mine = [done for done in state.done if done.suite == suite]
		rows[suite] = {
			"rounds": sum(done.rounds for done in mine),
			"of": state.rounds.get(suite, 0),
			"passed": sum(done.passed for done in mine),
			"failed": sum(done.failed for done in mine),
			"seconds": round(sum(done.seconds for done in mine), 1),
		}
	failures = [
		{"suite": done.suite, "seed": done.seed, **failure}
		for done in state.done
		for failure in done.failures
	]
	return {"seed": state.seed, "suites": rows, "failures": failures}


def has_failed(report: dict) -> bool:
	return any(row["failed"] for row in report["suites"].values())


def in_words(report: dict) -> str:
	"""The report as people read it."""
	lines = [f"soak, seed {report['seed']}"]
	lines.append(f"   {'suite':<14}{'rounds':>14}{'tests':>9}{'failed':>8}{'seconds':>10}")
	for suite, row in report["suites"].items():
		rounds = f"{row['rounds']}/{row['of']}"
		tests = row["passed"] + row["failed"]
		lines.append(f"   {suite:<14}{rounds:>14}{tests:>9}{row['failed']:>8}{row['seconds']:>10.0f}")
	for failure in report["failures"]:
		where = f"suite {failure['suite']}, seed {failure['seed']}"
		lines.append(f"   FAILED {failure['test']} ({where}): {_gist(failure['message'])}")
	return "\n".join(lines)


def _gist(message: str) -> str:
	"""The line in which pytest says what is wrong, else the last one."""
	lines = message.strip().splitlines() or [""]
	wrong = [line.removeprefix("E").strip() for line in lines if line.startswith("E  ")]
	return wrong[0] if wrong else lines[-1].strip()
