"""The table at the end of a test run, and the same as a file for programs."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from suites import SLOWEST, SuiteResult
from terminal import banner, heading, say


def write(clone: Path, results: list[SuiteResult]) -> None:
	"""Write test-summary.json into the clone.

	Shape: {"commit", "suites": {name: {"passed", "failed", "skipped", "skipped_suite", "seconds", "slowest":
	[{"test", "seconds"}]}}}.
	"""
	suites = {result.name: result.as_json() for result in results}
	text = json.dumps({"commit": commit_of(clone), "suites": suites}, indent="\t")
	(clone / "test-summary.json").write_text(text + "\n")


def commit_of(clone: Path) -> str | None:
	"""The commit under test, with `-dirty` when files differ from it; None outside a git checkout."""
	command = [
		"git",
		"-c",
		f"safe.directory={clone}",
		"-C",
		str(clone),
		"describe",
		"--always",
		"--dirty",
		"--abbrev=40",
	]
	try:
		return subprocess.run(
			[*command, "--exclude=*"], capture_output=True, text=True, check=True
		).stdout.strip()
	except (OSError, subprocess.CalledProcessError):
		return None


def show(results: list[SuiteResult], missing: list[str], left_out: list[str]) -> None:
	"""Print the table, a banner of what did not run or was lacking, and the totals last.

	``left_out``: suites that only a thorough run has.
	"""
	heading("summary")
	say(f"   {'suite':<18}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
	for result in results:
		counts = f"{result.passed:>8}{result.failed:>8}{result.skipped:>9}{result.seconds:>9.1f}"
		is_run = result.skipped_suite is None
		say(f"   {result.name:<18}{counts if is_run else f'NOT RUN: {result.skipped_suite}'}")
	if left_out:
		say(f"   only with --thorough: {', '.join(left_out)}")
	_show_slowest(results)
	not_run: dict[str, list[str]] = {}
	for result in results:
		if result.skipped_suite is not None:
			not_run.setdefault(result.skipped_suite, []).append(result.name)
	lines = [f"NOT RUN: {', '.join(names)} ({reason})" for reason, names in not_run.items()] + missing
	if lines:
		banner(lines)
	passed, failed, skipped = (
		sum(getattr(each, key) for each in results) for key in ("passed", "failed", "skipped")
	)
	say(f"{passed} passed, {failed} failed, {skipped} skipped")


def _show_slowest(results: list[SuiteResult]) -> None:
	timed = [(row["seconds"], result.name, row["test"]) for result in results for row in result.slowest]
	if not timed:
		return
	heading("the slowest tests, in seconds")
	for seconds, suite, test in sorted(timed, reverse=True)[:SLOWEST]:
		say(f"   {seconds:>9.1f}  {suite:<18}{test}")
