"""What the owner of the bench does for the commands; unpack_and_run hands it the request and the tree."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from pathlib import Path

import benches
import demo_site
import locks
import processes
import site_suites
import soak
import sources
import suites
import templates
import upgrade
from benches import Bench
from lanes import APP_PATH, Lane
from settings import ROOT_VARIABLE
from terminal import CommandFailed, Unavailable, banner, run_shown, say
from toolbox import OLDEST_NODE, Toolbox

INTERRUPTED = 130
TEST_LANES = ("test", "test-2")


class Stage:
	"""One request: the cache, the variables, the parcel with the tree and the folders that came along."""

	def __init__(self, request: dict, parcel: Path):
		self.request = request
		self.parcel = parcel
		self.cache = Path(request["cache"])
		self.variables = request["variables"]
		root = self.variables[ROOT_VARIABLE]
		self.toolbox = Toolbox(self.cache, request.get("node", OLDEST_NODE), root)

	def bench(self) -> Bench:
		"""The bench with its templates, made if need be; one run makes, others wait."""
		with locks.hold(self.cache / "locks" / "bench", "the making of the bench"):
			self.toolbox.provide()
			if self.variables["BENCH_DIR"]:
				bench = benches.existing(self.cache, Path(self.variables["BENCH_DIR"]))
			else:
				asked = sources.from_json(self.request["sources"])
				bench = benches.provide(self.cache, asked, self.toolbox)
			templates.provide(self.cache, bench, self.toolbox)
		return bench

	@contextmanager
	def lane_lock(self, name: str):
		with locks.hold(self.cache / "locks" / f"lane-{name}", f"the {name} site"):
			yield

	def lane_as_left(self) -> Lane:
		"""A lane that an earlier command left, without its bench: good for what runs on its site."""
		return Lane(self.cache, self.request["lane"], None, self.toolbox)

	def test_variables(self) -> dict[str, str]:
		"""The folders that tests read, without those this account cannot, and what tells them how to run."""
		readable = {}
		for name, folder in self.request["test_variables"].items():
			if os.access(folder, os.R_OK | os.X_OK):
				readable[name] = folder
			else:
				banner([f"tests go without {name}: the bench's account cannot read {folder}"])
		if (self.parcel / "former").is_dir():
			readable["SWHF_FORMER"] = str(self.parcel / "former")
		if self.request.get("is_in_full"):
			readable["SWHF_IN_FULL"] = "1"
		return readable

	def keeps_services(self) -> bool:
		return self.variables["KEEP"].lower() not in ("", "0", "no", "false")


def provide(stage: Stage) -> dict:
	"""The bench and its templates, made if need be."""
	stage.bench()
	return {}


def run_tests(stage: Stage) -> dict:
	"""Results of the site suites; services are stopped and sites removed at the end unless KEEP is set."""
	request, names = stage.request, stage.request["suites"]
	with stage.lane_lock("test"):
		bench = stage.bench()
		artifacts = stage.cache / "artifacts"
		shutil.rmtree(artifacts, ignore_errors=True)
		artifacts.mkdir()
		lanes = [Lane(stage.cache, name, bench, stage.toolbox) for name in TEST_LANES]
		lanes[1].discard()  # of a run before this one, if it was to stay
		used = lanes[: min(request["lanes"], len(names))]
		try:
			site_suites.start_with_app(lanes[0], stage.parcel / "tree", "company")
			site_suites.provide_packages(lanes[0], "tests")
			lanes[0].keep()
			for lane in used[1:]:
				lane.take_after(lanes[0])
			wanted = site_suites.Wanted(
				artifacts,
				stage.test_variables(),
				stage.variables["CHROMIUM"],
				request["for_pytest"],
				request["is_thorough"],
				request["not_upgraded"],
			)
			shown = suites.Conditions(request["is_alone"] and len(used) == 1)
			results = site_suites.run([site_suites.SiteRun(lane, wanted, shown) for lane in used], names)
			site_suites.say_artifacts(artifacts)
		finally:
			if not stage.keeps_services():
				for lane in used:
					lane.discard()
		return {"suites": {result.name: result.as_json() for result in results}}


def grow(stage: Stage) -> dict:
	"""A site with a month of orders, kept for the suite `upgrade` of a later version."""
	with stage.lane_lock(upgrade.FOLDER):
		lane = Lane(stage.cache, upgrade.FOLDER, stage.bench(), stage.toolbox)
		try:
			site_suites.start_with_app(lane, stage.parcel / "tree", "company")
			upgrade.grow(lane)
		finally:
			lane.discard()
	return {}


def run_demo(stage: Stage) -> dict:
	"""What demo_site.run says about the desk it left running."""
	name = stage.variables["DEMO_LANE"]
	with stage.lane_lock(name):
		try:
			bench = stage.bench()
		except CommandFailed as problem:
			raise Unavailable(f"the bench could not be made ready: {problem}") from None
		lane = Lane(stage.cache, name, bench, stage.toolbox)
		try:
			return demo_site.run(lane, stage.parcel, stage.variables, stage.request["day"])
		except BaseException:
			lane.discard()
			raise


def run_benchmarks(stage: Stage) -> dict:
	"""The status of benchmarks/run.py and the text of the file it wrote, None without one."""
	with stage.lane_lock("benchmark"):
		bench = stage.bench()
		lane = Lane(stage.cache, "benchmark", bench, stage.toolbox)
		try:
			site_suites.start_with_app(lane, stage.parcel / "tree", "company")
			try:
				site_suites.provide_packages(lane, "benchmark")
			except CommandFailed as problem:
				say(f"   no exact solver to compare routes with: {str(problem).splitlines()[0]}")
			tree = lane.root / APP_PATH
			command = [str(lane.python), str(tree / "benchmarks" / "run.py"), *stage.request["arguments"]]
			env = {**lane.environment(), **lane.test_environment(), **stage.test_variables()}
			status = run_shown(command, env=env, cwd=lane.sites)
			latest = tree / "benchmarks" / "latest.json"
			return {"status": status, "latest": latest.read_text() if latest.is_file() else None}
		finally:
			if not stage.keeps_services():
				lane.discard()


def run_soak(stage: Stage) -> dict:
	"""The report of a soak (see soak.report); what is done is kept in the cache until it is finished."""
	request = stage.request
	with stage.lane_lock("soak"):
		path = stage.cache / "soak" / "state.json"
		if request["is_fresh"]:
			path.unlink(missing_ok=True)
		state = soak.State.load(path, request["rounds"], request["seed"], request["chosen_seed"])
		bench = stage.bench()
		lane = Lane(stage.cache, "soak", bench, stage.toolbox)
		try:
			site_suites.start_with_app(lane, stage.parcel / "tree", "company")
			site_suites.provide_packages(lane, "tests")
			tree, junit, log = lane.root / APP_PATH, lane.folder / "soak.xml", lane.logs / "soak.log"
			env = {**lane.environment(), **lane.test_environment()}

			def run_part(part: soak.Part) -> soak.Done:
				arguments = suites.pytest_arguments(tree, part.suite, junit)
				command = ["nice", str(lane.python), *arguments]
				return soak.pytest_part(part, command, junit, log, env=env, cwd=lane.sites)

			return soak.run(state, run_part)
		finally:
			if not stage.keeps_services():
				lane.discard()


def run_on_site(stage: Stage) -> dict:
	"""The status and output of a Frappe command on the site of a lane that is up."""
	lane = stage.lane_as_left()
	lane.python_path.append(lane.root / APP_PATH)
	lane.python_path += site_suites.what_app_got(lane)
	done = subprocess.run(
		lane.frappe(*stage.request["arguments"]),
		env=lane.environment(),
		cwd=lane.sites,
		stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
	)
	return {"status": done.returncode, "output": done.stdout}


def discard(stage: Stage) -> dict:
	"""Stop the services of one lane and remove its site; its logs stay to be read."""
	stage.lane_as_left().discard()
	return {}


def stop(stage: Stage) -> dict:
	"""Stop every service of every lane, then wait for nobody: a run under way ends by losing its site."""
	return {"stopped": processes.stop(stage.cache / "lanes")}


def clean(stage: Stage) -> dict:
	"""Stop everything and remove the whole cache of the owner, this tree included.

	Raises: CommandFailed, with nothing done, while a test, benchmark or the making of a bench is under way.
	"""
	with ExitStack() as held:
		for path in sorted((stage.cache / "locks").glob("*")):
			held.enter_context(locks.hold(path, f"the {path.name}", wait_s=0))
		stopped = processes.stop(stage.cache / "lanes")
		for entry in sorted(stage.cache.iterdir(), key=lambda entry: entry.name == "locks"):
			if entry.is_dir() and not entry.is_symlink():
				shutil.rmtree(entry, ignore_errors=True)
			else:
				entry.unlink()
	return {"stopped": stopped}


ACTIONS: dict[str, Callable[[Stage], dict]] = {
	"provide": provide,
	"grow": grow,
	"test": run_tests,
	"demo": run_demo,
	"benchmark": run_benchmarks,
	"soak": run_soak,
	"on_site": run_on_site,
	"discard": discard,
	"stop": stop,
	"clean": clean,
}


def main(request: dict, parcel: Path, answer_to: int) -> int:
	"""Do what the request asks and write the answer; the status is 130 after an interrupt."""
	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, _interrupt)
	stage = Stage(request, parcel)
	_remove_dead_parcels(parcel.parent)
	try:
		answer = ACTIONS[request["action"]](stage)
	except Unavailable as reason:
		answer = {"unavailable": str(reason)}
	except CommandFailed as problem:
		answer = {"error": str(problem)}
	except KeyboardInterrupt:
		say("   interrupted: services of this run are stopped")
		return INTERRUPTED
	finally:
		shutil.rmtree(parcel, ignore_errors=True)
	with os.fdopen(answer_to, "w") as pipe:
		json.dump(answer, pipe)
	return 0


def _interrupt(number: int, frame: object) -> None:
	"""Turn the first signal into KeyboardInterrupt; later ones must not disturb the cleaning up."""
	for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(each, _go_on)
	raise KeyboardInterrupt


def _go_on(number: int, frame: object) -> None:
	"""Takes a signal and does nothing."""


def _remove_dead_parcels(folder: Path) -> None:
	"""Remove trees of runs that were killed; their names begin with the process id of the run."""
	for parcel in folder.iterdir():
		pid = parcel.name.partition("-")[0]
		if not Path("/proc", pid).exists():
			shutil.rmtree(parcel, ignore_errors=True)
