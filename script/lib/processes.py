"""Long-running programs of a lane: started in sessions of their own, found again by a mark.

The mark is a variable of their environment with the lane's folder. Everything a program starts inherits it,
so nothing has to be written down and a run killed at any moment leaves nothing that `stop` cannot find. Redis
writes its title over its environment; it is known by working in the lane's folder without a terminal.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from terminal import CommandFailed

MARK = "SALES_WH_FLOW_LANE"
TERM_WAIT_S = 20
OWN_PORTS = range(20_000, 32_000)

_given: set[int] = set()
"""Ports that this process has given away: nobody may listen there yet."""


@dataclass(frozen=True)
class Running:
	pid: int
	command: str


def start(command: list[str], lane: Path, log: Path, *, env: dict[str, str], cwd: Path) -> subprocess.Popen:
	"""Start a program that outlives this process unless it is stopped."""
	log.parent.mkdir(parents=True, exist_ok=True)
	with log.open("a") as output:
		return subprocess.Popen(
			command,
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			cwd=cwd,
			env={**env, MARK: str(lane)},
			start_new_session=True,
		)


def find(folder: Path) -> list[Running]:
	"""This account's processes that belong to this lane, or to a lane below this folder."""
	found = []
	for entry in Path("/proc").iterdir():
		if not entry.name.isdigit() or int(entry.name) == os.getpid():
			continue
		try:
			if entry.stat().st_uid != os.getuid():
				continue
			if not (_is_marked(entry, folder) or _works_there_unseen(entry, folder)):
				continue
			command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
		except OSError:
			continue
		if command:
			found.append(Running(int(entry.name), command))
	return found


def _is_marked(entry: Path, folder: Path) -> bool:
	for line in (entry / "environ").read_bytes().split(b"\0"):
		name, _, value = line.partition(b"=")
		if name == MARK.encode():
			lane = Path(os.fsdecode(value))
			return lane == folder or folder in lane.parents
	return False


def _works_there_unseen(entry: Path, folder: Path) -> bool:
	"""Whether it works below the folder without a terminal, which nobody's shell or editor does."""
	terminal = (entry / "stat").read_text().rpartition(")")[2].split()[4]
	return terminal == "0" and folder in Path(os.readlink(entry / "cwd")).parents


def stop(folder: Path) -> int:
	"""End every marked process, politely first; the answer is how many there were."""
	stopped = set()
	for number, wait_s in ((signal.SIGTERM, TERM_WAIT_S), (signal.SIGKILL, 5)):
		deadline = time.monotonic() + wait_s
		signalled = set()
		while running := find(folder):
			for process in running:
				if process.pid not in signalled:
					signalled.add(process.pid)
					stopped.add(process.pid)
					_send(process.pid, number)
			if time.monotonic() > deadline:
				break
			time.sleep(0.1)
	return len(stopped)


def _send(pid: int, number: int) -> None:
	try:
		os.kill(pid, number)
	except ProcessLookupError:
		pass


def worked_s(session: int) -> float:
	"""Seconds of a processor used by the programs of this session, by what they started in others, and by
	those of them that have ended.
	"""
	known: dict[int, tuple[int, int, int]] = {}
	for entry in Path("/proc").iterdir():
		if not entry.name.isdigit():
			continue
		try:
			fields = (entry / "stat").read_text().rpartition(")")[2].split()
		except OSError:
			continue
		known[int(entry.name)] = (int(fields[1]), int(fields[3]), sum(int(each) for each in fields[11:15]))
	family = {pid for pid, (_parent, of_session, _ticks) in known.items() if of_session == session}
	while children := {pid for pid, (parent, *_rest) in known.items() if parent in family} - family:
		family |= children
	return sum(known[pid][2] for pid in family) / os.sysconf("SC_CLK_TCK")


def free_port(preferred: int | None = None) -> int:
	"""A port nobody listens on: the preferred one or the next free above it, else any.

	Any is one below those that the system gives to connections going out: a lane that starts its services
	again would else find a port taken by what another lane connects from.
	"""
	candidates = range(preferred, preferred + 100) if preferred else random.sample(OWN_PORTS, 100)
	for port in candidates:
		if port in _given and not preferred:
			continue
		with socket.socket() as probe:
			probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
			try:
				probe.bind(("127.0.0.1", port))
			except OSError:
				continue
			_given.add(port)
			return port
	raise CommandFailed(f"no free port among {min(candidates)} to {max(candidates)}")


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen, log: Path, within_s: float) -> None:
	"""Wait for a program just started.

	Raises: CommandFailed when it ends, or is not ready in time.
	"""
	deadline = time.monotonic() + within_s
	name = Path(process.args[0]).name
	while not is_ready():
		if process.poll() is not None:
			raise CommandFailed(f"{name} ended with status {process.returncode} while starting (log: {log})")
		if time.monotonic() > deadline:
			raise CommandFailed(f"{name} was not ready within {within_s:.0f} s (log: {log})")
		time.sleep(0.1)


def answers(port: int) -> bool:
	"""Whether somebody listens on this port of the machine itself."""
	with socket.socket() as probe:
		probe.settimeout(1)
		return probe.connect_ex(("127.0.0.1", port)) == 0
