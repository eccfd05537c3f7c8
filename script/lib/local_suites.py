"""The suites that run in the clone, by the calling account: those of Python alone and script/demo's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import locks
import machine
import owner
import processes
import site_suites
import suites
import toolbox
from settings import ROOT_VARIABLE, Settings, of_root
from suites import Conditions, SuiteResult
from terminal import CommandFailed, Unavailable, say

PYTHON_ALONE = ("unit", "contracts", "properties", "script", "simulation")
DEMO = "demo"
NAMES = (*PYTHON_ALONE, DEMO)
MEASURED = "unit"
"""The suite that says how much of the rules it runs."""
PACKAGES = (*site_suites.PACKAGES["tests"][:2], "coverage>=7.6,<8")
DEMO_LANE = "demo-test"
"""Not the one of a desk that somebody has running."""


def run(
	configured: Settings, name: str, conditions: Conditions, for_pytest: list[str], data: dict[str, str]
) -> SuiteResult:
	"""``data``: the variables that name folders of data sets."""
	if name != DEMO:
		return _pytest(configured, name, conditions, for_pytest, data)
	here = {"DEMO_LANE": DEMO_LANE, "PORT": str(processes.free_port())}
	# script/demo itself lets its lane go when the desk runs; another test run must not take it then.
	with locks.hold(owner.caller_cache(configured) / "locks" / DEMO_LANE, "the demo's tests"):
		try:
			return _pytest(configured, name, conditions, for_pytest, {**data, **here})
		finally:
			if not configured.is_on("KEEP"):
				_discard_demo(configured)


def _pytest(
	configured: Settings, name: str, conditions: Conditions, for_pytest: list[str], more: dict[str, str]
) -> SuiteResult:
	cache = owner.caller_cache(configured)
	log = cache / "logs" / "tools.log"
	try:
		machine.provide((machine.VENV,), log)
		python = toolbox.make_venv(cache / of_root("tests", configured[ROOT_VARIABLE]), PACKAGES, log)
	except (CommandFailed, Unavailable) as problem:
		return SuiteResult(name, skipped_suite=f"pytest cannot be had: {problem}".splitlines()[0])
	files = {kind: cache / "logs" / f"suite-{name}-{os.getpid()}.{kind}" for kind in ("xml", "log")}
	arguments = suites.pytest_arguments(configured.clone, name, files["xml"], for_pytest)
	measured = cache / "logs" / f"coverage-{os.getpid()}"
	if name == MEASURED:
		arguments = ["-m", "coverage", "run", f"--data-file={measured}", *arguments]
	command = [str(python), *arguments]
	env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(configured.clone), **more}
	try:
		result = suites.run(
			name, command, files["xml"], files["log"], conditions=conditions, env=env, cwd=configured.clone
		)
		if name == MEASURED and measured.exists():
			_say_covered(configured.clone, python, measured)
		return result
	finally:
		measured.unlink(missing_ok=True)
		for path in files.values():
			path.unlink(missing_ok=True)


def _say_covered(clone: Path, python: Path, measured: Path) -> None:
	"""How much of the rules was run, in lines and branches."""
	command = [str(python), "-m", "coverage", "report", f"--data-file={measured}"]
	command += ["--include=*/rules/*", "--format=total"]
	done = subprocess.run(command, cwd=clone, capture_output=True, text=True)
	if done.returncode == 0:
		say(f"   {done.stdout.strip()} % of the lines and branches of rules/ were run by suite {MEASURED}")


def _discard_demo(configured: Settings) -> None:
	"""The desk that script/demo left running for the tests, and its site."""
	account = owner.find(configured)
	if account and account.cache.is_dir():
		try:
			owner.call(account, "discard", configured, lane=DEMO_LANE)
		except CommandFailed as problem:
			say(f"   the demo's desk of the tests could not be stopped: {problem}")


def data_folder(configured: Settings) -> Path:
	return Path(os.environ.get("SWHF_DATA") or configured.clone.parent / "shared" / "data")


def data_variables(configured: Settings) -> dict[str, str]:
	"""Where the tests find the sample data sets that lie beside the checkout, if they do."""
	folder = data_folder(configured)
	return {"SWHF_DATA": str(folder)} if folder.is_dir() else {}
