"""A lane: everything one command runs on, laid beside the bench so that the bench itself is never written to.

A lane has its own MariaDB, Redis, ports, site and copy of the app, and the look of a bench: `bench/apps`
and `bench/env` are links, `bench/sites` is its own. Frappe is told by FRAPPE_BENCH_ROOT where that is, and
finds the app by PYTHONPATH. Tests, demo and benchmarks each have one, so they can run at the same time.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path

import processes
from benches import Bench
from database import Database
from machine import find_program
from settings import APP
from terminal import run_logged
from toolbox import Toolbox

APP_PATH = Path("apps", APP)


class Lane:
	"""One lane of the owner's cache; `site` is the name of its site."""

	def __init__(self, cache: Path, name: str, bench: Bench | None, toolbox: Toolbox):
		self.name = name
		self.bench = bench
		self.toolbox = toolbox
		self.folder = cache / "lanes" / name
		self.root = self.folder / "bench"
		self.sites = self.root / "sites"
		self.site = f"{name}.localhost"
		self.logs = self.root / "logs"
		self.home = self.folder / "home"
		self.ports: dict[str, int] = {}
		self.python = self.root / "env" / "bin" / "python"
		self.python_path: list[Path] = []
		self.host = "127.0.0.1"

	def lay_out(self, apps: tuple[str, ...]) -> None:
		"""Stop what still runs here, remove what lies here, and lay out an empty lane."""
		self.stop()
		shutil.rmtree(self.folder, ignore_errors=True)
		for folder in ("apps", "config/pids", "logs", "sites/assets"):
			(self.root / folder).mkdir(parents=True)
		self.home.mkdir()
		(self.root / "env").symlink_to(self.bench.root / "env")
		for app in ("frappe", "erpnext"):
			(self.root / "apps" / app).symlink_to(self.bench.root / "apps" / app)
		(self.sites / "apps.txt").write_text("\n".join(apps) + "\n")
		self._lay_out_assets()
		for name in ("database", "cache", "queue", "socketio"):
			self.ports[name] = processes.free_port()

	def _lay_out_assets(self) -> None:
		for entry in (self.bench.root / "sites" / "assets").iterdir():
			copy = self.sites / "assets" / entry.name
			if entry.is_symlink():
				copy.symlink_to(entry.resolve())
			elif entry.is_dir():
				shutil.copytree(entry, copy)
			else:
				shutil.copyfile(entry, copy)

	def take_app(self, tree: Path) -> None:
		"""Make this tree the app of the lane (it is moved here)."""
		app = self.root / APP_PATH
		tree.rename(app)
		self.python_path.insert(0, app)
		if (app / APP / "public").is_dir():
			(self.sites / "assets" / APP).symlink_to(app / APP / "public")

	def take_template(self, template: Path) -> None:
		"""Put the template's database and site here, under this lane's name."""
		self._copy(template / "data", self.database().data)
		self._copy(template / "site", self.sites / self.site)

	def keep(self, folder: Path | None = None) -> None:
		"""Stop the lane and remember its site as it is now, for `begin_again`; in this folder, or its own."""
		self.stop()
		self._copy(self.database().data, (folder or self._kept) / "data")
		self._copy(self.sites / self.site, (folder or self._kept) / "site")

	def take_after(self, other: Lane) -> None:
		"""Lay this lane out with the other's app and kept site; `begin_again` starts it."""
		self.lay_out(tuple((other.sites / "apps.txt").read_text().split()))
		self._copy(other.root / APP_PATH, self.folder / "taken" / "tree")
		self.take_app(self.folder / "taken" / "tree")  # the other goes on using its own
		self.python_path += other.python_path[1:]
		for part in ("data", "site"):
			self._copy(other._kept / part, self._kept / part)
		words = Path("assets", "locale")  # compiled when the other installed the app
		if (other.sites / words).is_dir():
			shutil.copytree(other.sites / words, self.sites / words, dirs_exist_ok=True)

	def begin_again(self, kept: Path | None = None) -> None:
		"""Start the lane with the site as it was kept, there or here; what happened on it since is gone."""
		self.stop()
		for folder in (self.database().data, self.sites / self.site):
			if folder.exists():
				shutil.rmtree(folder)
		self.take_template(kept or self._kept)
		self.start(self.ports.get("web"))

	@property
	def _kept(self) -> Path:
		return self.folder / "kept"

	@staticmethod
	def _copy(source: Path, target: Path) -> None:
		target.parent.mkdir(parents=True, exist_ok=True)
		run_logged(["cp", "-a", "--reflink=auto", str(source), str(target)], target.parents[1] / "copy.log")

	def database(self) -> Database:
		return Database(self.folder / "database", self.ports["database"], self.secret("database"))

	def secret(self, name: str) -> str:
		"""A password of this bench, thought up once; readable by the owner alone."""
		path = self.bench.folder / "secrets.json"
		known = json.loads(path.read_text()) if path.is_file() else {}
		if name not in known:
			known[name] = secrets.token_hex(8)
			path.parent.mkdir(parents=True, exist_ok=True)
			with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as handle:
				json.dump(known, handle)
		return known[name]

	def start(self, web_port: int | None = None) -> None:
		"""Start MariaDB and Redis; afterwards frappe commands work."""
		self.ports["web"] = processes.free_port(web_port)
		self._configure()
		log = self.logs / "mariadb.log"
		running = {"database": (self.database().start(log, self.environment()), log)}
		for name in ("cache", "queue"):
			running[name] = self._start_redis(name)
		self._note_services(running)

	def _configure(self) -> None:
		cache, queue = (f"redis://127.0.0.1:{self.ports[name]}" for name in ("cache", "queue"))
		configuration = {
			"background_workers": 1,
			"db_host": "127.0.0.1",
			"db_port": self.ports["database"],
			"default_site": self.site,
			"developer_mode": 0,
			"live_reload": False,
			"redis_cache": cache,
			"redis_queue": queue,
			"redis_socketio": queue,
			"serve_default_site": True,
			"socketio_port": self.ports["socketio"],
			# Tests make more users in an hour than a site may.
			"throttle_user_limit": 100_000,
			"webserver_port": self.ports["web"],
		}
		(self.sites / "common_site_config.json").write_text(
			json.dumps(configuration, indent=1, sort_keys=True)
		)

	def _note_services(self, running: dict[str, tuple[subprocess.Popen, Path]]) -> None:
		"""Write down how MariaDB and Redis were started, for tests that stop them and start them again."""
		services = {
			name: {
				"pid": process.pid,
				"command": process.args,
				"cwd": os.readlink(f"/proc/{process.pid}/cwd"),
				"port": self.ports[name],
				"log": str(log),
			}
			for name, (process, log) in running.items()
		}
		text = json.dumps({"folder": str(self.folder), "services": services}, indent="\t")
		self._services.write_text(text)

	@property
	def _services(self) -> Path:
		return self.folder / "services.json"

	def _start_redis(self, name: str) -> tuple[subprocess.Popen, Path]:
		folder = self.folder / f"redis-{name}"
		folder.mkdir(exist_ok=True)
		program = find_program("redis-server") or str(self.toolbox.bin / "redis-server")
		command = [program, "--port", str(self.ports[name]), "--bind", "127.0.0.1", "--dir", str(folder)]
		command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
		log = self.logs / f"redis-{name}.log"
		process = processes.start(command, self.folder, log, env=self.environment(), cwd=folder)
		processes.wait_until(lambda: processes.answers(self.ports[name]), process, log, 20)
		return process, log

	def start_web(self, log_name: str = "web", *, with_socketio: bool = False) -> str:
		"""Start the desk's web server and return its address on this machine."""
		env = {**self.environment(), "SWHF_SITE": self.site}
		if with_socketio:
			# The desk looks for socket.io on a port of its own only when told that no proxy joins the two.
			env["DEV_SERVER"] = "1"
		env["PYTHONPATH"] += f"{os.pathsep}{self.root / APP_PATH / 'script' / 'lib'}"
		port = self.ports["web"]
		host = self.host
		command = [
			str(self.python),
			"-m",
			"gunicorn",
			"--bind",
			f"{host}:{port}",
			"--workers",
			"2",
			"--threads",
			"4",
		]
		command += ["--timeout", "120", "--preload", "--chdir", str(self.sites), "desk:application"]
		log = self.logs / f"{log_name}.log"
		process = processes.start(command, self.folder, log, env=env, cwd=self.sites)
		processes.wait_until(lambda: processes.answers(port), process, log, 60)
		return f"http://127.0.0.1:{port}"

	def start_background(self, *, with_scheduler: bool, with_socketio: bool) -> None:
		"""Start the worker for queued jobs and, if asked, the scheduler and socket.io."""
		wanted = {"worker": self.frappe("worker", site=False)}
		if with_scheduler:
			wanted["schedule"] = self.frappe("schedule", site=False)
		if with_socketio:
			node = find_program("node") or str(self.toolbox.bin / "node")
			wanted["socketio"] = [node, str(self.bench.root / "apps" / "frappe" / "socketio.js")]
		for name, command in wanted.items():
			processes.start(
				command, self.folder, self.logs / f"{name}.log", env=self.environment(), cwd=self.sites
			)

	def frappe(self, *arguments: str, site: bool = True) -> list[str]:
		"""A command of Frappe's own command line, to be run in `sites`."""
		prefix = [str(self.python), "-m", "frappe.utils.bench_helper", "frappe"]
		return [*prefix, *(["--site", self.site] if site else []), *arguments]

	def run_frappe(self, *arguments: str, timeout_s: float = 1800, site: bool = True) -> None:
		"""Run such a command with its output in the lane's log.

		Raises: CommandFailed with the tail of the log.
		"""
		run_logged(
			self.frappe(*arguments, site=site),
			self.logs / "commands.log",
			env=self.environment(),
			cwd=self.sites,
			timeout_s=timeout_s,
		)

	def build_app_assets(self) -> None:
		"""Bundle the app's scripts and styles; the other apps' are the bench's.

		Frappe's bundler puts styles at their path relative to Frappe, below its folder for temporary files.
		The lane's app lies elsewhere than Frappe: a folder that is not deep enough would be left upwards.
		"""
		deep = self.folder / "temporary" / Path(*(["deep"] * 20))
		deep.mkdir(parents=True, exist_ok=True)
		run_logged(
			self.frappe("build", "--app", APP, "--production", site=False),
			self.logs / "commands.log",
			env={**self.environment(), "TMPDIR": str(deep)},
			cwd=self.sites,
			timeout_s=1800,
		)

	def environment(self) -> dict[str, str]:
		env = self.toolbox.environment()
		# A browser and others leave files at home; the account's own home is not theirs to litter.
		env["HOME"] = str(self.home)
		env["FRAPPE_BENCH_ROOT"] = str(self.root)
		env["PYTHONPATH"] = os.pathsep.join(str(path) for path in self.python_path)
		env[processes.MARK] = str(self.folder)
		# Keeps setproctitle, which the workers use, from writing over the mark.
		env["SPT_NOENV"] = "1"
		return env

	def test_environment(self) -> dict[str, str]:
		"""How tests and benchmarks find the site."""
		return {
			"SWHF_SITE": self.site,
			"SWHF_SITES_PATH": str(self.sites),
			"SWHF_ADMIN_PASSWORD": self.secret("administrator"),
			"SWHF_SERVICES": str(self._services),
		}

	def stop(self) -> int:
		return processes.stop(self.folder)

	def discard(self) -> None:
		"""Stop the lane and remove its data; its logs stay to be read."""
		self.stop()
		for part in ("database", "redis-cache", "redis-queue", "home", self._kept.name):
			shutil.rmtree(self.folder / part, ignore_errors=True)
