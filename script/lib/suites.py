"""One suite's run and result, counted from the JUnit file the test program writes."""

from __future__ import annotations

import subprocess
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict, dataclass
from pathlib import Path

from terminal import heading, run_shown

SUITE_TIMEOUT_S = 2400
PYTEST_FOUND_NOTHING = 5


@dataclass(frozen=True)
class SuiteResult:
	"""Counts of tests; `skipped_suite` says why the suite did not run at all, None when it did."""

	name: str
	passed: int = 0
	failed: int = 0
	skipped: int = 0
	skipped_suite: str | None = None
	seconds: float = 0.0

	def as_json(self) -> dict:
		row = asdict(self)
		row.pop("name")
		return row


def run(
	name: str,
	command: list[str],
	junit: Path,
	*,
	env: dict[str, str],
	cwd: Path,
) -> SuiteResult:
	"""Run a test program to its end and count what it wrote to the JUnit file.

	A program that ends badly without naming a failed test counts as one failure.
	"""
	heading(f"suite {name}")
	junit.unlink(missing_ok=True)
	started_s = time.monotonic()
	try:
		status: int | str = run_shown(command, env=env, cwd=cwd, timeout_s=SUITE_TIMEOUT_S)
	except subprocess.TimeoutExpired:
		status = f"no end within {SUITE_TIMEOUT_S} s"
	seconds = round(time.monotonic() - started_s, 1)
	passed, failed, skipped = count(junit)
	if not passed + failed + skipped and status in (0, PYTEST_FOUND_NOTHING):
		return SuiteResult(name, skipped_suite="it has no tests", seconds=seconds)
	if status and not failed:
		print(f"suite {name} ended badly ({status}) without naming a failed test", flush=True)
		failed = 1
	return SuiteResult(name, passed, failed, skipped, None, seconds)


def count(junit: Path) -> tuple[int, int, int]:
	"""(passed, failed, skipped) of a JUnit file; errors count as failed, no or a broken file as nothing."""
	try:
		root = ElementTree.parse(junit).getroot()
	except (OSError, ElementTree.ParseError):
		return 0, 0, 0
	passed = failed = skipped = 0
	for case in root.iter("testcase"):
		kinds = {child.tag for child in case}
		if kinds & {"failure", "error"}:
			failed += 1
		elif "skipped" in kinds:
			skipped += 1
		else:
			passed += 1
	return passed, failed, skipped


def pytest_arguments(tree: Path, folder: str, junit: Path) -> list[str]:
	"""Arguments after `python`; the tree's own configuration holds wherever the tests are started from."""
	return [
		*(
			"-m",
			"pytest",
			str(tree / folder),
			f"--rootdir={tree}",
			f"--config-file={tree / 'pyproject.toml'}",
		),
		*("-p", "no:cacheprovider", f"--junit-xml={junit}"),
	]
