"""The private bench: Frappe and ERPNext of one version, made once and then only read.

It lies in `benches/<key>` of the owner's cache: `bench/` as the bench command made it, `templates/` with
ready databases, and `made.json`, written last, so that a bench half-made by an interrupted run is seen and
made anew.
No run ever writes into it: a lane (see lanes.py) lays its own sites, database and app beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import processes
from sources import Source, as_json, from_json
from terminal import Unavailable, run_logged, say, step
from toolbox import Toolbox

# Raise when the steps below change in a way that a bench made before lacks.
RECIPE = 1


@dataclass(frozen=True)
class Bench:
	"""`root` is the bench's folder (apps, env, sites); `folder` holds what we keep about it (templates)."""

	root: Path
	folder: Path
	log: Path

	@property
	def python(self) -> Path:
		return self.root / "env" / "bin" / "python"

	def describe(self) -> str:
		versions = []
		for app in ("frappe", "erpnext"):
			text = (self.root / "apps" / app / app / "__init__.py").read_text()
			found = re.search(r"__version__\s*=\s*[\"'](.+?)[\"']", text)
			versions.append(f"{app} {found[1] if found else '?'}")
		return ", ".join(versions)


def find_made(cache: Path, sources: tuple[Source, ...]) -> tuple[Source, ...] | None:
	"""The sources of the newest whole bench of the same repositories and refs, whatever their commits."""
	asked = [(source.repo, source.ref) for source in sources]
	marks = sorted(cache.glob("benches/*/made.json"), key=lambda mark: mark.stat().st_mtime, reverse=True)
	for mark in marks:
		made = from_json(json.loads(mark.read_text())["sources"])
		if [(source.repo, source.ref) for source in made] == asked and mark.parent.name == key_of(made):
			return made
	return None


def key_of(sources: tuple[Source, ...]) -> str:
	"""A folder name that differs whenever a version, a place, the Python or the recipe does."""
	names = [f"{source.app}-{source.ref}-{source.commit[:8]}" for source in sources]
	rest = [*(source.repo for source in sources), str(sys.version_info[:2]), str(RECIPE)]
	text = "_".join([*names, hashlib.sha256("\n".join(rest).encode()).hexdigest()[:8]])
	return re.sub(r"[^\w.-]", "-", text)


def existing(cache: Path, root: Path) -> Bench:
	"""A bench of the user's own, of which only the programs are used: not its sites, services or settings.

	Raises: Unavailable when it lacks something.
	"""
	python = root / "env" / "bin" / "python"
	for part in (python, root / "apps" / "frappe", root / "apps" / "erpnext"):
		if not part.exists():
			raise Unavailable(f"BENCH_DIR={root} has no {part.relative_to(root)} this account can read")
	versions = hashlib.sha256(str(root.resolve()).encode())
	for app in ("frappe", "erpnext"):
		versions.update((root / "apps" / app / app / "__init__.py").read_bytes())
	folder = cache / "benches" / f"existing-{versions.hexdigest()[:12]}"
	return Bench(root.resolve(), folder, folder / "make.log")


def provide(cache: Path, sources: tuple[Source, ...], toolbox: Toolbox) -> Bench:
	"""The bench of these sources; made, some minutes long, when it is not there or not whole.

	Raises: CommandFailed when making it fails.
	"""
	folder = cache / "benches" / key_of(sources)
	bench = Bench(folder / "bench", folder, folder / "make.log")
	mark = folder / "made.json"
	if mark.is_file() and bench.python.exists():
		return bench
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir(parents=True)
	say(f"   making a private bench in {folder} (some minutes, once; log: {bench.log})")
	_make(bench, sources, toolbox)
	mark.write_text(json.dumps({"sources": as_json(sources), "made_at": time.strftime("%F %T")}, indent="\t"))
	_remove_older(cache, sources, folder)
	return bench


def _make(bench: Bench, sources: tuple[Source, ...], toolbox: Toolbox) -> None:
	frappe, erpnext = sources
	env = toolbox.environment()
	env.pop("CI", None)
	command = str(toolbox.bin / "bench")
	with step("bench init (Frappe, its Python and Node packages)"):
		run_logged(
			[
				*(command, "init", "--no-backups", "--skip-redis-config-generation", "--skip-assets"),
				*("--verbose", "--python", sys.executable),
				*("--frappe-path", frappe.repo, "--frappe-branch", frappe.ref, str(bench.root)),
			],
			bench.log,
			env=env,
			cwd=bench.folder,
		)
	# Frappe 15 reads entry points through pkg_resources, which newer setuptools no longer have.
	pip_install(bench, toolbox, ["setuptools<81"])
	with step("bench get-app erpnext"):
		run_logged(
			[command, "get-app", "--skip-assets", "--branch", erpnext.ref, erpnext.repo],
			bench.log,
			env=env,
			cwd=bench.root,
		)
	pip_install(bench, toolbox, ["setuptools<81"])
	with step("building the desk's assets"):
		run_logged(
			[
				*(str(bench.python), "-m", "frappe.utils.bench_helper", "frappe"),
				*("build", "--force", "--production"),
			],
			bench.log,
			env=env,
			cwd=bench.root / "sites",
		)


def pip_install(bench: Bench, toolbox: Toolbox, packages: list[str], target: Path | None = None) -> None:
	"""Install Python packages into the bench's environment, or into a folder of their own made for it."""
	command = [str(toolbox.bin / "uv"), "pip", "install", "--python", str(bench.python)]
	if target:
		command += ["--target", str(target)]
	run_logged([*command, *packages], bench.log, env=toolbox.environment(), cwd=bench.folder)


def _remove_older(cache: Path, sources: tuple[Source, ...], newest: Path) -> None:
	"""Remove benches of earlier commits of the same refs, except where a lane still runs on one."""
	asked = [(source.repo, source.ref) for source in sources]
	running = (lane for lane in cache.glob("lanes/*") if processes.find(lane))
	in_use = {(lane / "bench" / "env").resolve().parents[1] for lane in running}
	for mark in cache.glob("benches/*/made.json"):
		made = from_json(json.loads(mark.read_text())["sources"])
		is_older = [(source.repo, source.ref) for source in made] == asked and mark.parent != newest
		if is_older and mark.parent not in in_use:
			shutil.rmtree(mark.parent, ignore_errors=True)
