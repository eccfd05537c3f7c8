"""script/test [SUITE ...] [-- PYTEST ARGUMENT ...]: sets up what the suites need and runs all it can."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import bench_access
import machine
import owner
import settings
import site_suites
import suites
import summary
import toolbox
from bench_access import Access
from settings import Settings
from suites import SuiteResult
from terminal import CommandFailed, Unavailable, heading, run_command, say

LOCAL_SUITES = ("unit", "simulation")
ALL_SUITES = LOCAL_SUITES + site_suites.NAMES
LOCAL_PACKAGES = site_suites.PACKAGES["tests"][:2]


def main(arguments: list[str]) -> int:
	parser = argparse.ArgumentParser(prog="script/test", description=__doc__)
	parser.add_argument(
		"suites", nargs="*", metavar="SUITE", help=f"one of {', '.join(ALL_SUITES)}; default: all"
	)
	mine, for_pytest = _split(arguments)
	wanted = parser.parse_args(mine).suites or list(ALL_SUITES)
	if unknown := [name for name in wanted if name not in ALL_SUITES]:
		parser.error(f"no suite {', '.join(unknown)}; there are {', '.join(ALL_SUITES)}")
	configured = settings.load()
	for_site = [name for name in site_suites.NAMES if name in wanted]
	reason = access = None
	if for_site:
		access, reason = _try_access(configured)
	results = [_local(configured, name, for_pytest) for name in LOCAL_SUITES if name in wanted]
	is_broken = False
	if for_site:
		on_site, is_broken = _on_site(configured, access, reason, for_site, for_pytest)
		results += on_site
	summary.write(configured.clone, results)
	summary.show(results, _missing(configured, wanted))
	return _status(configured, results, is_broken)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
	"""The arguments before and after the first `--`."""
	at = arguments.index("--") if "--" in arguments else len(arguments)
	return arguments[:at], arguments[at + 1 :]


def _status(configured: Settings, results: list[SuiteResult], is_broken: bool) -> int:
	"""1 after a failed test, a bench that could not be made, or a missing suite that may not be missing."""
	not_run = [result for result in results if result.skipped_suite is not None]
	if is_broken or any(result.failed for result in results):
		return 1
	if any(result.name in LOCAL_SUITES for result in not_run):
		return 1
	return 1 if configured.is_on("REQUIRE_SITE") and not_run else 0


def _try_access(configured: Settings) -> tuple[Access | None, str | None]:
	heading("where Frappe and ERPNext come from")
	try:
		access = bench_access.find(configured)
	except Unavailable as reason:
		say(f"   no bench can be had: {reason}")
		return None, str(reason)
	say(f"   {access.describe()}")
	return access, None


def _local(configured: Settings, name: str, for_pytest: list[str]) -> SuiteResult:
	"""A suite that needs Python alone, run by the calling account in the clone itself."""
	cache = owner.caller_cache(configured)
	log = cache / "logs" / "tools.log"
	if not any((configured.clone / "tests" / name).rglob("test_*.py")):
		return SuiteResult(name, skipped_suite="it has no tests")
	try:
		machine.provide((machine.VENV,), log)
		python = toolbox.make_venv(cache / "tests", LOCAL_PACKAGES, log)
	except (CommandFailed, Unavailable) as problem:
		return SuiteResult(name, skipped_suite=f"pytest cannot be had: {problem}".splitlines()[0])
	junit = cache / f"{name}-{os.getpid()}.xml"
	command = [str(python), *suites.pytest_arguments(configured.clone, f"tests/{name}", junit), *for_pytest]
	env = {**os.environ, "PYTHONPATH": str(configured.clone), **test_variables(configured)}
	try:
		return suites.run(name, command, junit, env=env, cwd=configured.clone)
	finally:
		junit.unlink(missing_ok=True)


def _on_site(
	configured: Settings, access: Access | None, reason: str | None, names: list[str], for_pytest: list[str]
) -> tuple[list[SuiteResult], bool]:
	"""The site suites' results, and whether a bench that should be there could not be made."""
	is_broken = False
	if access is not None:
		try:
			answer = bench_access.call(
				configured,
				access,
				"test",
				suites=names,
				for_pytest=for_pytest,
				test_variables=test_variables(configured),
			)
			rows = answer["suites"]
			return [SuiteResult(name, **rows[name]) for name in rows], False
		except Unavailable as problem:
			reason = str(problem)
		except CommandFailed as problem:
			say(f"   {problem}")
			reason, is_broken = f"the bench could not be made ready: {str(problem).splitlines()[0]}", True
	return [SuiteResult(name, skipped_suite=reason) for name in names], is_broken


def _missing(configured: Settings, wanted: list[str]) -> list[str]:
	"""What the suites had to go without, one line each."""
	if test_variables(configured) or not {"simulation", "realdata"}.intersection(wanted):
		return []
	return [
		f"NOT RUN: tests on public data sets (no folder {_data_folder(configured)}; name one in SWHF_DATA)"
	]


def _data_folder(configured: Settings) -> Path:
	return Path(os.environ.get("SWHF_DATA") or configured.clone.parent / "shared" / "data")


def test_variables(configured: Settings) -> dict[str, str]:
	"""Where the tests find the sample data sets that lie beside the checkout, if they do."""
	folder = _data_folder(configured)
	return {"SWHF_DATA": str(folder)} if folder.is_dir() else {}


if __name__ == "__main__":
	run_command(main)
