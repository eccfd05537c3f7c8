"""The versions of Frappe and ERPNext that the app is run on, and running the suites on several of them.

Each is known by ERPNext's version. Where a machine has them elsewhere than upstream, the file `versions`
beside the account's `env` says so: one line `NAME FRAPPE_REPO FRAPPE_REF ERPNEXT_REPO ERPNEXT_REF` for each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from settings import DEFAULTS, Settings
from terminal import fail, heading, say

NAMES = ("FRAPPE_REPO", "FRAPPE_REF", "ERPNEXT_REPO", "ERPNEXT_REF")
UPSTREAM = {
	"15.71": ("v15.72.4", "v15.71.1"),
	"15.99": ("v15.101.1", "v15.99.1"),
	"16.9": ("v16.9.0", "v16.9.1"),
}
"""ERPNext's version -> the tags of Frappe and ERPNext; the oldest first."""
OLDEST = next(iter(UPSTREAM))
GROWN = "SALES_WH_FLOW_GROWN"
"""Set where a command that begins again has had the older site made: to why there is none, or to nothing."""


def known(configured: Settings) -> dict[str, dict[str, str]]:
	"""ERPNext's version -> the variables that choose it."""
	repos = (DEFAULTS["FRAPPE_REPO"], DEFAULTS["ERPNEXT_REPO"])
	found = {
		name: dict(zip(NAMES, (repos[0], frappe, repos[1], erpnext), strict=True))
		for name, (frappe, erpnext) in UPSTREAM.items()
	}
	path = configured.config_file.with_name("versions")
	for number, line in enumerate(path.read_text().splitlines() if path.is_file() else (), 1):
		words = line.partition("#")[0].split()
		if words and len(words) != 1 + len(NAMES):
			raise SystemExit(f"error: {path}, line {number}: expected NAME {' '.join(NAMES)}")
		if words:
			found[words[0]] = dict(zip(NAMES, words[1:], strict=True))
	return found


def choose(configured: Settings, asked: str) -> list[str]:
	"""The versions that `all` or a list such as `15.99,16.9` names.

	Raises: SystemExit naming those there are.
	"""
	there = known(configured)
	names = list(there) if asked == "all" else asked.split(",")
	if unknown := [name for name in names if name not in there]:
		raise SystemExit(f"error: no version {', '.join(unknown)}; there are all, {', '.join(there)}")
	return names


def grow(configured: Settings) -> str | None:
	"""Have a site of the oldest version with a month of orders made, for the suite `upgrade`.

	Gives why there is none, None where there is one. A command that began again has done it before that.
	"""
	oldest = known(configured)[OLDEST]
	if configured["BENCH_DIR"]:
		return "a bench of your own has one version"
	if all(configured[name] == value for name, value in oldest.items()):
		return f"ERPNext {OLDEST} is the version to upgrade from"
	if GROWN not in os.environ:
		program = str(Path(__file__).with_name("grow_command.py"))
		status = subprocess.run([sys.executable, program], env={**os.environ, **oldest}).returncode
		os.environ[GROWN] = f"no site of ERPNext {OLDEST} could be made" if status else ""
	return os.environ[GROWN] or None


def run_each(configured: Settings, names: list[str], arguments: list[str]) -> int:
	"""script/test with these arguments on each version in turn; the status is 1 when it was on one of them.

	Writes test-versions.json: {version: test-summary.json of that run, or null}.
	"""
	summary = configured.clone / "test-summary.json"
	of_before = summary.read_bytes() if summary.is_file() else None
	found: dict[str, dict | None] = {}
	worst = 0
	for name in names:
		heading(f"ERPNext {name}")
		summary.unlink(missing_ok=True)
		env = {**os.environ, **known(configured)[name], "BENCH_DIR": ""}
		program = str(Path(__file__).with_name("test_command.py"))
		worst |= subprocess.run([sys.executable, program, *arguments], env=env).returncode
		found[name] = json.loads(summary.read_text()) if summary.is_file() else None
	if of_before is not None:
		summary.write_bytes(of_before)
	(configured.clone / "test-versions.json").write_text(json.dumps(found, indent="\t") + "\n")
	_show(found)
	return 1 if worst else 0


def _show(found: dict[str, dict | None]) -> None:
	heading("passed / failed / skipped, seconds")
	width = 24
	say(f"   {'suite':<18}" + "".join(f"{name:>{width}}" for name in found))
	suites = dict.fromkeys(suite for each in found.values() if each for suite in each["suites"])
	for suite in suites:
		say(f"   {suite:<18}" + "".join(f"{_cell(each, suite):>{width}}" for each in found.values()))
	for name in (name for name, each in found.items() if each is None):
		fail(f"nothing ran on ERPNext {name}")


def _cell(summary: dict | None, suite: str) -> str:
	row = (summary or {}).get("suites", {}).get(suite)
	if row is None or row["skipped_suite"] is not None:
		return "not run"
	return f"{row['passed']} / {row['failed']} / {row['skipped']}, {row['seconds']:.0f} s"
