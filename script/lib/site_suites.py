"""The suites that need a site, run on a lane of their own by the account that owns the bench."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import machine
import side_by_side
import suites
import templates
import upgrade
import watching
from benches import pip_install
from lanes import APP_PATH, Lane
from settings import APP
from side_by_side import longest_first
from suites import Conditions, SuiteResult
from terminal import CommandFailed, heading, say, step

EXPECTED_S = {
	"integration": 1100,
	"fulfilment": 500,
	"browser": 800,
	"concurrency": 330,
	"other-isolation": 330,
	"realdata": 167,
	"stateful": 150,
	"faults": 103,
	"upgrade": 120,
	"upstream": 77,
	"lifecycle": 120,
	"bench-run-tests": 50,
}
"""About how long each takes on two quiet cores; the longest are begun first."""
NAMES = (
	"integration",
	"fulfilment",
	"realdata",
	"concurrency",
	"other-isolation",
	"stateful",
	"faults",
	"browser",
	"bench-run-tests",
	"upstream",
	"lifecycle",
	"upgrade",
)
"""In the order in which their results are shown."""
THOROUGH_ONLY = ("other-isolation", "upstream", "upgrade")
"""Run when they are named, or with --thorough."""
RACE_ROUNDS = {"ROUNDS": "1", "OTHER_ROUNDS": "1"}
OTHER_ISOLATION_ROUNDS = {"ROUNDS": "2", "OTHER_ROUNDS": "1"}
THOROUGH_ROUNDS = {"ROUNDS": "20", "OTHER_ROUNDS": "5"}
"""How often each race for stock, and each other race, is run, and with the other isolation; far more
is for script/soak.
"""
FEWER_DAYS = {"EXAMPLES": "8"}
"""Random days in a usual run."""
PACKAGES = {
	"tests": ("pytest>=8,<10", "hypothesis>=6.100,<7", "unittest-xml-reporting>=3.2,<5"),
	"browser": ("playwright>=1.48,<2", "axe-playwright-python>=0.1.7,<1"),
	"benchmark": ("scipy>=1.11,<2",),
}

FILES_FOR_BENCH = "test_install test_pick_and_dispatch"
"""What `bench run-tests` runs here to show that it works; all of it has run as suite integration before."""

ISOLATION = "innodb_snapshot_isolation"

NO_BROWSER = (
	"no Chromium or Chrome here (Ubuntu has Chromium as a snap only; install Chrome, or name one in CHROMIUM)"
)


@dataclass(frozen=True)
class Wanted:
	"""What a run of the site suites was asked for, the same on all its lanes."""

	artifacts: Path
	variables: dict[str, str]
	chromium: str
	for_pytest: list[str]
	is_thorough: bool
	not_upgraded: str | None
	"""Why there is no site of an older version to upgrade, None where there is one."""


class SiteRun:
	"""Runs suites on one lane, each on a fresh site with the tree's app installed.

	What one suite leaves would make the next one slower, and its screens longer than a user's.
	"""

	def __init__(self, lane: Lane, wanted: Wanted, conditions: Conditions):
		self.lane = lane
		self.tree = lane.root / APP_PATH
		self.wanted = wanted
		self.conditions = conditions
		rounds = THOROUGH_ROUNDS if wanted.is_thorough else RACE_ROUNDS
		self._runners: dict[str, Callable[[], SuiteResult]] = {
			"integration": lambda: self._pytest("integration"),
			"fulfilment": lambda: self._pytest("fulfilment"),
			"realdata": lambda: self._pytest("realdata"),
			"concurrency": lambda: self._pytest("concurrency", **rounds),
			"other-isolation": lambda: self._other_isolation(
				THOROUGH_ROUNDS if wanted.is_thorough else OTHER_ISOLATION_ROUNDS
			),
			"stateful": lambda: self._pytest("stateful", **({} if wanted.is_thorough else FEWER_DAYS)),
			"faults": lambda: self._pytest("faults"),
			"browser": self._browser,
			"bench-run-tests": self._bench_run_tests,
			"upstream": lambda: self._pytest("upstream"),
			"lifecycle": lambda: self._pytest("lifecycle"),
			"upgrade": self._upgrade,
		}

	def run(self, name: str) -> SuiteResult:
		"""A lane that cannot be started fails this suite, not those that others run."""
		began_s = time.monotonic()
		try:
			self.lane.begin_again()
			return self._runners[name]()
		except CommandFailed as problem:
			say(f"suite {name} broke off: {problem}")
			return SuiteResult(name, failed=1, seconds=round(time.monotonic() - began_s, 1))

	def log(self, name: str) -> Path:
		return self.lane.logs / f"suite-{name}.log"

	def _environment(self, **more: str) -> dict[str, str]:
		env = {
			**self.lane.environment(),
			**self.lane.test_environment(),
			"SWHF_ARTIFACTS": str(self.wanted.artifacts),
		}
		return {**env, **self.wanted.variables, **more}

	def _pytest(self, name: str, suite: str = "", **more: str) -> SuiteResult:
		junit = self.lane.folder / f"{name}.xml"
		arguments = suites.pytest_arguments(self.tree, suite or name, junit, self.wanted.for_pytest)
		command = [str(self.lane.python), *arguments]
		env = self._environment(**more)
		return suites.run(
			name, command, junit, self.log(name), conditions=self.conditions, env=env, cwd=self.lane.sites
		)

	def _browser(self) -> SuiteResult:
		program = machine.find_browser(self.wanted.chromium)
		if not program:
			return SuiteResult("browser", skipped_suite=NO_BROWSER)
		if not (self.lane.sites / "assets" / "assets.json").is_file():
			return SuiteResult(
				"browser", skipped_suite="the bench has no built assets (run `bench build` there)"
			)
		try:
			provide_packages(self.lane, "browser")
		except CommandFailed as problem:
			return SuiteResult(
				"browser", skipped_suite=f"Playwright cannot be had: {problem}".splitlines()[0]
			)
		self.lane.build_app_assets()
		address = self.lane.start_web()
		self.lane.start_background(with_scheduler=False, with_socketio=False)
		return self._pytest("browser", SWHF_BASE_URL=address, SWHF_CHROMIUM=program)

	def _other_isolation(self, rounds: dict[str, str]) -> SuiteResult:
		"""The races again, with the server's innodb_snapshot_isolation the other way round."""
		name, server = "other-isolation", self.lane.database()
		usual = server.run(f"show global variables like '{ISOLATION}'").split()
		if not usual:
			return SuiteResult(
				name, skipped_suite=f"this MariaDB has no {ISOLATION} (10.6.18 and later have)"
			)
		server.run(f"set global {ISOLATION} = {'OFF' if usual[-1] == 'ON' else 'ON'}")
		try:
			return self._pytest(name, "concurrency", **rounds)
		finally:
			server.run(f"set global {ISOLATION} = {usual[-1]}")

	def _upgrade(self) -> SuiteResult:
		if self.wanted.not_upgraded is not None:
			return SuiteResult("upgrade", skipped_suite=self.wanted.not_upgraded)
		if not upgrade.is_kept(self.lane):
			return SuiteResult("upgrade", skipped_suite="no site of an older version was made")
		return self._pytest("upgrade", SWHF_FACTS=str(upgrade.restore(self.lane)))

	def _bench_run_tests(self) -> SuiteResult:
		"""The suites as ERPNext people start them; a failed test ends `bench` badly only when CI is set."""
		junit = self.lane.folder / "bench-run-tests.xml"
		command = [str(self.lane.toolbox.bin / "bench"), "--site", self.lane.site, "run-tests", "--app", APP]
		command += ["--junit-xml-output", str(junit)]
		return suites.run(
			"bench-run-tests",
			command,
			junit,
			self.log("bench-run-tests"),
			conditions=self.conditions,
			env=self._environment(CI="1", SWHF_FILES=FILES_FOR_BENCH),
			cwd=self.lane.root,
		)


def run(runs: list[SiteRun], names: list[str]) -> list[SuiteResult]:
	"""The suites' results; each lane takes the next suite when it is free."""
	jobs = longest_first(names, EXPECTED_S)

	def tell(seconds: float, running: list[str]) -> None:
		how_far = (_how_far(runs, name) for name in running)
		say(f"   after {seconds / 60:.0f} min: {', '.join(how_far)}")

	results = side_by_side.run(jobs, [one.run for one in runs], stop=runs[0].conditions.stop, report=tell)
	return sorted(results, key=lambda result: NAMES.index(result.name))


def _how_far(runs: list[SiteRun], name: str) -> str:
	logs = [one.log(name) for one in runs if one.log(name).is_file()]
	return f"{name} {watching.percent(logs[0])}".strip() if logs else name


def start_with_app(lane: Lane, tree: Path, template: str, web_port: int | None = None) -> None:
	"""Start a fresh site of a template on the lane, with the tree's app installed and migrated."""
	heading(f"a fresh site ({lane.bench.describe()})")
	with step("starting MariaDB and Redis on a copy of the template"):
		lane.lay_out(("frappe", "erpnext", APP))
		lane.take_app(tree)
		provide_what_app_needs(lane)
		lane.take_template(templates.path(lane.bench, template))
		lane.start(web_port)
	with step("installing the app"):
		lane.run_frappe("install-app", APP)
	with step("migrating"):
		lane.run_frappe("migrate", "--skip-search-index")


def provide_what_app_needs(lane: Lane) -> None:
	"""What the app's requirements.txt names and the bench lacks; one without a network goes on without it."""
	lines = (lane.root / APP_PATH / "requirements.txt").read_text().splitlines()
	needed = [line for line in lines if line and not line.startswith("#")]
	missing = tuple(line for line in needed if not _has(lane, re.match(r"[\w.-]+", line)[0]))
	try:
		if missing:
			_provide(lane, "app", missing)
	except CommandFailed as problem:
		say(f"   without {', '.join(missing)}: {str(problem).splitlines()[0]}")


def what_app_got(lane: Lane) -> list[Path]:
	"""Folders of packages that were fetched for the app before, for a lane whose bench is not at hand."""
	return sorted(folder.parent for folder in lane.toolbox.folder.glob("app-*/complete"))


def _has(lane: Lane, package: str) -> bool:
	ask = "import importlib.metadata, sys; importlib.metadata.version(sys.argv[1])"
	command = [str(lane.bench.python), "-c", ask, package]
	return subprocess.run(command, capture_output=True, env=lane.toolbox.environment()).returncode == 0


def provide_packages(lane: Lane, part: str) -> None:
	"""Put the test programs on the lane's Python path, behind the app; fetched once, apart from the bench."""
	_provide(lane, part, PACKAGES[part])


def _provide(lane: Lane, part: str, packages: tuple[str, ...]) -> None:
	wanted = "\n".join([*packages, os.path.realpath(lane.bench.python)])
	name = f"{part}-{hashlib.sha256(wanted.encode()).hexdigest()[:8]}"
	folder = lane.toolbox.folder / name
	if not (folder / "complete").is_file():
		shutil.rmtree(folder, ignore_errors=True)
		with step(f"fetching what {part} needs ({', '.join(packages)})"):
			pip_install(lane.bench, lane.toolbox, list(packages), target=folder)
		(folder / "complete").touch()
	lane.python_path.append(folder)


def say_artifacts(folder: Path) -> None:
	if any(folder.iterdir()):
		say(f"   pictures and other results of the tests: {folder}")
