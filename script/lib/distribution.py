"""A Python that a version of Frappe asks for: the machine's, or that of another suite of the distribution.

The commands run on the distribution's Python, and so does a bench they make. Where that one does not suit,
the command begins again: with another Python of the machine, else, as root, with the programs of a newer or
older suite of Debian, which is laid into the cache once. That suite brings Node.js, MariaDB and Chromium as
well.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import locks
import machine
import owner
from settings import ROOT_VARIABLE, SYSTEM_PATH, Settings
from terminal import CommandFailed, Unavailable, run_logged, say, step
from wants import Wants

SUITES = {"bookworm": (3, 11), "trixie": (3, 13), "unstable": (3, 14)}
"""Debian's suites with their Python; the first that suits is taken."""
PACKAGES = (
	*("git", "mariadb-server-core", "mariadb-client-core", "redis-server", "nodejs", "chromium"),
	*("python3", "python3-venv", "python3-dev", "gcc", "g++", "make", "pkg-config", "libmariadb-dev"),
	*("ca-certificates", "procps", "tzdata", "fonts-liberation"),
)
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
TOOLS = (
	machine.Need("debootstrap", ("debootstrap",), lambda: machine.find_program("debootstrap") is not None),
	machine.Need("Debian's keys", ("debian-archive-keyring",), KEYRING.is_file),
)
HERE = Path(__file__).resolve().parent


def begin_again_where_it_suits(configured: Settings, wants: Wants) -> None:
	"""Nothing where this Python suits; else this command, from its first line, on one that does.

	Raises: Unavailable with one line that says what is missing and where it was looked for.
	"""
	if wants.suits(sys.version_info[:2]):
		return
	if configured[ROOT_VARIABLE]:
		raise Unavailable(f"Python {wants.python} is wanted, and {configured[ROOT_VARIABLE]} has {_own()}")
	for program in _others_of_the_machine(wants):
		say(f"   Python {wants.python} is wanted: {program}")
		_begin_again([program])
	suite = next((name for name, python in SUITES.items() if wants.suits(python)), None)
	looked = f"this machine has {_own()} and no other that suits on the path"
	if suite is None:
		raise Unavailable(
			f"Python {wants.python} is wanted; {looked}, and none of Debian's {', '.join(SUITES)}"
		)
	if os.getuid() != 0 or not machine.find_program("apt-get") or not Path("/bin").is_symlink():
		raise Unavailable(
			f"Python {wants.python} is wanted; {looked}. Debian's {suite} has it: as root on a Debian "
			"or Ubuntu it is fetched; else install that Python, or name a bench in BENCH_DIR"
		)
	root = _provide(configured, suite)
	say(f"   Python {wants.python} is wanted: the programs of Debian's {suite} in {root}")
	os.environ[ROOT_VARIABLE] = str(root)
	enter = ["unshare", "--mount", "--propagation", "private", "sh", str(HERE / "enter_root.sh"), str(root)]
	_begin_again([*enter, "/usr/bin/python3"])


def runs_here(bench: Path) -> bool:
	"""Whether the Python of this bench is one of this machine, or of the root that a command runs with."""
	return (bench / "env" / "bin" / "python").exists()


def _own() -> str:
	return f"Python {sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"


def _others_of_the_machine(wants: Wants) -> list[str]:
	"""Programs python3.N of the path that suit and that the bench's account, which is not root, can run."""
	found = []
	searched = SYSTEM_PATH if os.getuid() == 0 else os.pathsep.join([os.environ["PATH"], SYSTEM_PATH])
	for folder in searched.split(os.pathsep):
		for path in sorted(Path(folder).glob("python3.*")) if folder else []:
			number = re.fullmatch(r"python3\.(\d+)", path.name)
			if number and wants.suits((3, int(number[1]))) and _is_whole(path):
				found.append(str(path))
	return found


def _is_whole(python: Path) -> bool:
	"""Whether it starts, makes virtual environments, and has its headers."""
	probe = (
		"import ensurepip, venv, sysconfig, pathlib;"
		"assert pathlib.Path(sysconfig.get_path('include'), 'Python.h').is_file()"
	)
	return subprocess.run([str(python), "-c", probe], capture_output=True).returncode == 0


def _begin_again(prefix: list[str]) -> NoReturn:
	sys.stdout.flush()
	os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
	os.execvp(prefix[0], [*prefix, *sys.argv])


def _provide(configured: Settings, suite: str) -> Path:
	"""The root of a suite; made, some minutes long, when it is not there or not whole.

	Raises: Unavailable when it cannot be made.
	"""
	cache = owner.caller_cache(configured)
	root = cache / "roots" / suite
	with locks.hold(cache / "locks" / f"root-{suite}", f"the making of {root}"):
		_make_unless_whole(configured, suite, root, cache / "logs" / "packages.log")
	return root


def _make_unless_whole(configured: Settings, suite: str, root: Path, log: Path) -> None:
	if (root / "complete").is_file() and (root / "complete").read_text().split() == list(PACKAGES):
		return
	machine.provide(TOOLS, log)
	made = ["sh", str(HERE / "make_root.sh"), str(root), suite, configured["DEBIAN_MIRROR"], *PACKAGES]
	try:
		with step(f"laying Debian's {suite} into {root} (some minutes, once)"):
			# In a namespace of its own, so that no mount of a run that was killed stays.
			run_logged(["unshare", "--mount", "--propagation", "private", *made], log)
	except CommandFailed as problem:
		shutil.rmtree(root, ignore_errors=True)
		raise Unavailable(
			f"Debian's {suite} could not be laid into {root}: {str(problem).splitlines()[0]}"
		) from None
