"""The account that runs the bench, and handing it work.

`bench` refuses the superuser, so root hands everything that touches a bench to an account without rights;
an ordinary user is their own owner. The owner may not be able to read the clone, so the tree travels to it as
a tar stream on its standard input, with the request in front; the result comes back on a pipe.
"""

from __future__ import annotations

import io
import json
import os
import pwd
import signal
import subprocess
import sys
import tarfile
import threading
from dataclasses import dataclass
from pathlib import Path

import settings as settings_module
from settings import APP, SYSTEM_PATH, Settings, home_of, network_environment
from terminal import CommandFailed, Unavailable, run_logged

MADE_BY_US = "runs the private bench of sales_wh_flow"
SKIPPED_FOLDERS = {".git", "__pycache__", "node_modules", ".pytest_cache", ".ruff_cache", ".hypothesis"}
# Time for the owner to stop its services after an interrupt before the caller gives up waiting.
GRACE_S = 90


@dataclass(frozen=True)
class Owner:
	"""The account that owns the private bench; `cache` is where all of it lies."""

	uid: int
	gid: int
	name: str
	home: str
	cache: Path


def caller_cache(settings: Settings) -> Path:
	"""The folder for what the calling account itself needs (test programs, logs)."""
	return _cache_of(settings, os.getuid(), "caller")


def find(settings: Settings) -> Owner | None:
	"""The owner, or None when root has not made that account yet."""
	if os.getuid() != 0:
		return _owner(settings, os.getuid())
	if settings["BENCH_DIR"] and Path(settings["BENCH_DIR"]).is_dir():
		uid = Path(settings["BENCH_DIR"]).stat().st_uid
		if uid:
			return _owner(settings, uid)
	try:
		return _owner(settings, pwd.getpwnam(settings["SALES_WH_FLOW_ACCOUNT"]).pw_uid)
	except KeyError:
		return None


def find_or_make(settings: Settings) -> Owner:
	"""The owner, made first when root has none: a system account without login or rights."""
	owner = find(settings)
	if owner is None:
		name = settings["SALES_WH_FLOW_ACCOUNT"]
		run_logged(
			[
				*("useradd", "--system", "--user-group", "--create-home", "--home-dir", f"/var/lib/{name}"),
				*("--shell", "/usr/sbin/nologin", "--comment", MADE_BY_US, name),
			],
			caller_cache(settings) / "logs" / "account.log",
		)
		owner = find(settings)
	if owner is None or owner.uid == 0:
		raise Unavailable(
			f"bench refuses root, and {settings['SALES_WH_FLOW_ACCOUNT']} is no account without rights"
		)
	if os.getuid() == 0 and settings["SALES_WH_FLOW_CACHE"] and not owner.cache.is_dir():
		owner.cache.mkdir(parents=True)
		os.chown(owner.cache, owner.uid, owner.gid)
	return owner


def was_made_by_us(owner: Owner) -> bool:
	"""Whether the account's comment says that `find_or_make` made it."""
	return pwd.getpwuid(owner.uid).pw_gecos == MADE_BY_US


def call(
	owner: Owner, action: str, settings: Settings, *, folders: dict[str, Path] | None = None, **request
) -> dict:
	"""Run an action of owner_stage as the owner and return what it hands back.

	`folders` go along under the given names, readable for the owner whatever their rights here.
	Raises: CommandFailed when the owner's process dies without an answer; KeyboardInterrupt when interrupted.
	"""
	line = json.dumps({"action": action, "cache": str(owner.cache), "variables": settings.values, **request})
	parcel = io.BytesIO()
	parcel.write(line.encode() + b"\n")
	_pack(settings.clone, folders or {}, parcel)
	read_end, write_end = os.pipe()
	process = subprocess.Popen(
		[
			*(
				# A virtual environment of the caller's may lie where the owner cannot read.
				getattr(sys, "_base_executable", sys.executable),
				"-I",
				"-B",
				"-u",
				"-c",
				Path(__file__).with_name("unpack_and_run.py").read_text(),
			),
			*(str(write_end), str(os.getpid())),
		],
		stdin=subprocess.PIPE,
		pass_fds=(write_end,),
		cwd="/",
		env=_environment(owner),
		**_as_account(owner),
	)
	os.close(write_end)
	answer = _talk(process, parcel.getvalue(), read_end)
	if process.returncode == 130:
		raise KeyboardInterrupt
	if not answer:
		raise CommandFailed(f"the account {owner.name} ended {action} with status {process.returncode}")
	return json.loads(answer)


def _talk(process: subprocess.Popen, parcel: bytes, read_end: int) -> str:
	def pass_on(number: int, frame: object) -> None:
		process.send_signal(signal.SIGTERM)

	# Signals reach the main thread only, which passes them on while it waits here.
	is_main = threading.current_thread() is threading.main_thread()
	signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if is_main else ()
	before = {number: signal.signal(number, pass_on) for number in signals}
	try:
		try:
			process.stdin.write(parcel)
			process.stdin.close()
		except BrokenPipeError:
			pass
		with os.fdopen(read_end) as pipe:
			answer = pipe.read()
		process.wait(GRACE_S)
	finally:
		for number, handler in before.items():
			signal.signal(number, handler)
	return answer


def _as_account(owner: Owner) -> dict:
	if os.getuid() == owner.uid:
		return {}
	return {"user": owner.uid, "group": owner.gid, "extra_groups": [owner.gid]}


def _environment(owner: Owner) -> dict[str, str]:
	path = SYSTEM_PATH
	if os.getuid() == owner.uid:
		path = os.pathsep.join(filter(None, (os.environ.get("PATH"), SYSTEM_PATH)))
	return {
		**network_environment(),
		"HOME": owner.home,
		"USER": owner.name,
		"LOGNAME": owner.name,
		"LANG": "C.UTF-8",
		"LC_ALL": "C.UTF-8",
		"PATH": path,
		"TERM": os.environ.get("TERM", "dumb"),
	}


def _owner(settings: Settings, uid: int) -> Owner:
	account = pwd.getpwuid(uid)
	return Owner(uid, account.pw_gid, account.pw_name, home_of(uid), _cache_of(settings, uid, "owner"))


def _cache_of(settings: Settings, uid: int, part: str) -> Path:
	if settings["SALES_WH_FLOW_CACHE"]:
		return Path(settings["SALES_WH_FLOW_CACHE"]).resolve() / part
	if uid == os.getuid() and os.environ.get("XDG_CACHE_HOME"):
		return Path(os.environ["XDG_CACHE_HOME"], APP, part)
	return Path(settings_module.home_of(uid), ".cache", APP, part)


def _pack(clone: Path, folders: dict[str, Path], parcel: io.BytesIO) -> None:
	with tarfile.open(fileobj=parcel, mode="w|") as tar:
		for name in _tree_files(clone):
			tar.add(clone / name, f"tree/{name}", recursive=False)
		for name, folder in folders.items():
			for path in sorted(folder.rglob("*")):
				if path.is_file():
					tar.add(path, f"{name}/{path.relative_to(folder)}", recursive=False)


def _tree_files(clone: Path) -> list[str]:
	"""The files of the checkout, new ones too, ignored ones not; all files where it is no git checkout."""
	command = [
		"git",
		"-c",
		f"safe.directory={clone}",
		"-C",
		str(clone),
		"ls-files",
		"-z",
		"-co",
		"--exclude-standard",
	]
	try:
		names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
	except (OSError, subprocess.CalledProcessError):
		paths = (path.relative_to(clone) for path in sorted(clone.rglob("*")))
		names = [str(path) for path in paths if not SKIPPED_FOLDERS.intersection(path.parts)]
	return [name for name in names if name and (clone / name).is_file()]
