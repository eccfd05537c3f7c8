"""script/test [--thorough] [--versions all|NAME,...] [SUITE ...] [-- PYTEST ARGUMENT ...]: runs all suites
that this machine can run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bench_access
import local_suites
import machine
import settings
import site_suites
import summary
import upgrade
import versions
from bench_access import Access
from settings import Settings
from suites import Conditions, SuiteResult
from terminal import CommandFailed, Unavailable, heading, run_command, say

_IN_FULL = "(script/test {} runs it, and --thorough)"

ALL_SUITES = local_suites.NAMES + site_suites.NAMES


def main(arguments: list[str]) -> int:
	mine, for_pytest = _split(arguments)
	options = _options(mine)
	usual = [name for name in ALL_SUITES if options.thorough or name not in site_suites.THOROUGH_ONLY]
	wanted = [name for name in ALL_SUITES if name in (options.suites or usual)]
	configured = settings.load()
	if options.versions:
		again = [*options.suites, *(["--thorough"] if options.thorough else [])]
		names = versions.choose(configured, options.versions)
		return versions.run_each(configured, names, [*again, "--", *for_pytest])
	in_full = bool(options.suites or options.thorough)
	run = Run(configured, wanted, for_pytest, options.thorough, in_full)
	results = run.run()
	left_out = [] if options.suites else [name for name in ALL_SUITES if name not in wanted]
	summary.write(configured.clone, results)
	say(_borrowed(configured.clone))
	summary.show(results, [*run.not_run, *_missing(configured, wanted)], left_out)
	return _status(configured, results, run.is_broken)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
	"""The arguments before and after the first `--`."""
	at = arguments.index("--") if "--" in arguments else len(arguments)
	return arguments[:at], arguments[at + 1 :]


def _options(arguments: list[str]) -> argparse.Namespace:
	parser = argparse.ArgumentParser(prog="script/test", description=__doc__)
	parser.add_argument(
		"suites", nargs="*", metavar="SUITE", help=f"one of {', '.join(ALL_SUITES)}; default: all"
	)
	parser.add_argument(
		"--thorough",
		action="store_true",
		help=f"more rounds of each race, and {', '.join(site_suites.THOROUGH_ONLY)} too",
	)
	parser.add_argument(
		"--versions", metavar="all|NAME,...", help="on each of these versions of ERPNext in turn"
	)
	options = parser.parse_args(arguments)
	if unknown := [name for name in options.suites if name not in ALL_SUITES]:
		parser.error(f"no suite {', '.join(unknown)}; there are {', '.join(ALL_SUITES)}")
	return options


class Run:
	"""One run of these suites: those of the clone beside those of a site, where both are wanted."""

	def __init__(
		self,
		configured: Settings,
		wanted: list[str],
		for_pytest: list[str],
		is_thorough: bool,
		in_full: bool = True,
	):
		"""``in_full``: also what a run of everything leaves out for the sake of time."""
		self.configured = configured
		self.local = [name for name in wanted if name in local_suites.NAMES]
		self.on_site = [name for name in wanted if name in site_suites.NAMES]
		self.for_pytest = for_pytest
		self.is_thorough = is_thorough
		self.in_full = in_full
		self.not_upgraded = versions.grow(configured) if "upgrade" in wanted else None
		self.data = local_suites.data_variables(configured)
		self.not_run: list[str] = []
		"""What a suite had to go without, for the summary."""
		self.conditions = Conditions()
		self.reason: str | None = None
		"""Why no suite can have a site."""
		self.is_broken = False
		"""Whether a bench could not be made although its sources could be had."""

	def run(self) -> list[SuiteResult]:
		access = self._access() if self.on_site or local_suites.DEMO in self.local else None
		if access is None or not self.on_site:
			missing = [SuiteResult(name, skipped_suite=self.reason) for name in self.on_site]
			return [self._local(name) for name in self.local] + missing
		self.conditions = Conditions(is_alone=not self.local)
		with ThreadPoolExecutor(1) as pool:
			try:
				beside = pool.submit(lambda: [self._local(name) for name in self.local])
				on_site = self._on_site(access)
				return beside.result() + on_site
			except BaseException:
				self.conditions.stop.set()
				raise

	def _access(self) -> Access | None:
		"""The bench, ready; None when none can be had, with the reason."""
		heading("where Frappe and ERPNext come from")
		try:
			access = bench_access.find(self.configured)
			say(f"   {access.describe()}")
			bench_access.call(self.configured, access, "provide")
			return access
		except Unavailable as reason:
			say(f"   no bench can be had: {reason}")
			self.reason = str(reason)
		except CommandFailed as problem:
			self._break(problem)
		return None

	def _break(self, problem: CommandFailed) -> None:
		say(f"   {problem}")
		self.reason = f"the bench could not be made ready: {str(problem).splitlines()[0]}"
		self.is_broken = True

	def _local(self, name: str) -> SuiteResult:
		if name == local_suites.DEMO and self.reason:
			return SuiteResult(name, skipped_suite=self.reason)
		if name == local_suites.DEMO and not self.in_full:
			self.not_run.append(f"NOT RUN: a company's own files on a site {_IN_FULL.format(name)}")
		own_files = {"DEMO_OWN_FILES": "1"} if self.in_full else {}
		data = {**self.data, **own_files}
		return local_suites.run(self.configured, name, self.conditions, self.for_pytest, data)

	def _on_site(self, access: Access) -> list[SuiteResult]:
		with tempfile.TemporaryDirectory() as folder:
			return self._with_folders(access, self._former_app(Path(folder)))

	def _former_app(self, folder: Path) -> dict[str, Path]:
		"""What the update in place begins with, see tests/lifecycle."""
		if "lifecycle" not in self.on_site:
			return {}
		if not self.in_full:
			self.not_run.append(f"NOT RUN: the update from the former layout {_IN_FULL.format('lifecycle')}")
			return {}
		if upgrade.take_former_app(self.configured.clone, folder):
			return {"former": folder}
		self.not_run.append("NOT RUN: the update from the former layout (no history of it in this clone)")
		return {}

	def _say_what_is_left_out(self) -> None:
		if "browser" in self.on_site and not self.in_full:
			self.not_run.append(f"NOT RUN: clicks, axe and texts on each form {_IN_FULL.format('browser')}")

	def _with_folders(self, access: Access, folders: dict[str, Path]) -> list[SuiteResult]:
		self._say_what_is_left_out()
		try:
			answer = bench_access.call(
				self.configured,
				access,
				"test",
				suites=self.on_site,
				for_pytest=self.for_pytest,
				test_variables=self.data,
				is_in_full=self.in_full,
				is_thorough=self.is_thorough,
				not_upgraded=self.not_upgraded,
				is_alone=self.conditions.is_alone,
				lanes=machine.lanes(),
				folders=folders,
			)
			rows = answer["suites"]
			return [SuiteResult(name, **rows[name]) for name in rows]
		except Unavailable as problem:
			self.reason = str(problem)
		except CommandFailed as problem:
			self._break(problem)
		return [SuiteResult(name, skipped_suite=self.reason) for name in self.on_site]


def _status(configured: Settings, results: list[SuiteResult], is_broken: bool) -> int:
	"""1 after a failed test, a bench that could not be made, or a missing suite that may not be missing."""
	not_run = [result for result in results if result.skipped_suite is not None]
	if is_broken or any(result.failed for result in results):
		return 1
	if any(result.name in local_suites.PYTHON_ALONE for result in not_run):
		return 1
	return 1 if configured.is_on("REQUIRE_SITE") and not_run else 0


def _borrowed(clone: Path) -> str:
	"""The versions whose inside the app is known to fit."""
	kept = json.loads((clone / "sales_wh_flow" / "base" / "borrowed_versions.json").read_text())
	fits = (f"{app} {', '.join(versions)}" for app, versions in sorted(kept.items()))
	return f"   what the app borrows from inside is on record for {'; '.join(fits)}"


def _missing(configured: Settings, wanted: list[str]) -> list[str]:
	"""What the suites had to go without, one line each."""
	if local_suites.data_variables(configured) or not {"simulation", "realdata"}.intersection(wanted):
		return []
	folder = local_suites.data_folder(configured)
	return [f"NOT RUN: tests on public data sets (no folder {folder}; name one in SWHF_DATA)"]


if __name__ == "__main__":
	run_command(main)
