"""What the machine must have, and getting it from the distribution without touching its services."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from settings import ROOT_VARIABLE, SYSTEM_PATH
from terminal import CommandFailed, Unavailable, run_logged, step

MOST_LANES, GB_A_LANE = 2, 4
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Need:
	"""Something the machine must have; of `packages` the first the distribution knows is taken."""

	what: str
	packages: tuple[str, ...]
	is_met: Callable[[], bool]


def find_program(*names: str) -> str | None:
	"""The first of these programs, looked for in the folders of the superuser too."""
	path = os.pathsep.join([os.environ.get("PATH", ""), SYSTEM_PATH])
	return next(filter(None, (shutil.which(name, path=path) for name in names)), None)


def _program(what: str, *packages: str, names: tuple[str, ...] = ()) -> Need:
	return Need(what, packages, lambda: find_program(*(names or (what,))) is not None)


def _node_is_there() -> bool:
	return node_version() is not None


def _has_headers() -> bool:
	return Path(sysconfig.get_path("include"), "Python.h").is_file()


def has_venv() -> bool:
	"""Whether this Python can make a virtual environment (Debian ships that part on its own)."""
	probe = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
	return probe.returncode == 0


VENV = Need("venv", ("python3-venv",), has_venv)
GIT = (_program("git", "git"),)
# MariaDB and Redis come as bare programs (the -core and -tools packages), so that no new service is set up.
BENCH_NEEDS = (
	*GIT,
	_program("mariadbd", "mariadb-server-core", "mariadb-server-core-10.6", "mariadb-server"),
	_program("mariadb", "mariadb-client-core", "mariadb-client-core-10.6", "mariadb-client"),
	_program("redis-server", "redis-tools", "redis-server", names=("redis-server", "redis-check-rdb")),
	Need("node", ("nodejs",), _node_is_there),
	VENV,
	Need("Python.h", ("python3-dev",), _has_headers),
	_program("cc", "gcc"),
	_program("make", "make"),
	_program("pkg-config", "pkg-config"),
	_program("mariadb_config", "libmariadb-dev"),
	Need("certificates", ("ca-certificates",), lambda: Path("/etc/ssl/certs/ca-certificates.crt").is_file()),
)
BROWSER_NEED = _program("chromium", "chromium", names=BROWSERS)


def provide(needs: tuple[Need, ...], log: Path) -> None:
	"""Install what is missing; nothing happens, and no rights are asked for, when nothing is.

	Raises: Unavailable when something is missing and cannot be installed.
	"""
	missing = [need for need in needs if not need.is_met()]
	if not missing:
		return
	names = ", ".join(need.what for need in missing)
	if root := os.environ.get(ROOT_VARIABLE):
		raise Unavailable(f"missing in {root}: {names}")  # nothing of it is the machine's package manager's
	if not shutil.which("apt-get"):
		raise Unavailable(f"missing on this machine, and there is no apt-get to install them: {names}")
	command = ["sh", str(Path(__file__).with_name("install_packages.sh"))]
	command += ["|".join(need.packages) for need in missing]
	with step(f"installing from the distribution: {names}"):
		try:
			# sudo remembers a password for the terminal it was given on, so this must not leave it.
			run_logged([*_as_root(names), *command], log, own_session=False)
		except CommandFailed as problem:
			raise Unavailable(
				f"the distribution's packages could not be installed ({names}): {problem}"
			) from None
	still = [need.what for need in missing if not need.is_met()]
	if still:
		raise Unavailable(f"still missing after installing the distribution's packages: {', '.join(still)}")


def _as_root(names: str) -> list[str]:
	if os.getuid() == 0:
		return []
	if not shutil.which("sudo"):
		raise Unavailable(f"missing, and only the superuser may install them (there is no sudo): {names}")
	if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
		return ["sudo", "-n"]
	# Asking here, in the open: the installation itself runs with its output in a log.
	if sys.stdin.isatty() and subprocess.run(["sudo", "-v"]).returncode == 0:
		return ["sudo", "-n"]
	raise Unavailable(f"missing, and this account may not install them with sudo: {names}")


def lanes() -> int:
	"""On how many lanes side by side this machine runs tests: each keeps one processor and 4 GB busy."""
	processors = len(os.sched_getaffinity(0))
	gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
	return max(1, min(MOST_LANES, processors, round(gigabytes / GB_A_LANE)))


def node_version() -> int | None:
	"""The major version of the Node.js on the path, None where there is none."""
	program = find_program("node")
	if not program:
		return None
	answer = subprocess.run([program, "--version"], capture_output=True, text=True)
	number = re.match(r"v(\d+)\.", answer.stdout)
	return int(number[1]) if number else None


def find_browser(preferred: str) -> str | None:
	"""The preferred program, else a Chromium or Chrome on the path.

	Ubuntu's `chromium-browser` only points at a snap, which an account without a home in /home cannot run.
	"""
	return find_program(*([preferred] if preferred else BROWSERS))
