"""MariaDB and Redis of the tests' own lane: stopped, killed and started again; nobody else's are touched."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

WITHIN_S = 60.0
DATABASE, CACHE, QUEUE = "database", "cache", "queue"


class NotOurs(AssertionError):
	"""The process does not work in the folder of the tests' lane."""


class Services:
	"""What the file says that SWHF_SERVICES names: {"folder", "services": {name: {"pid", "command", "cwd",
	"port", "log"}}}; it is kept true.
	"""

	def __init__(self, path: Path):
		self._path = path
		self._written = json.loads(path.read_text())
		self._children: dict[int, subprocess.Popen] = {}

	def kill(self, name: str) -> None:
		"""As a power failure ends it."""
		self._end(name, signal.SIGKILL)

	def stop(self, name: str) -> None:
		self._end(name, signal.SIGTERM)

	def start(self, name: str) -> None:
		"""Start it again as it was started; back when it answers."""
		service = self._written["services"][name]
		with Path(service["log"]).open("a") as output:
			process = subprocess.Popen(
				service["command"],
				cwd=service["cwd"],
				stdin=subprocess.DEVNULL,
				stdout=output,
				stderr=subprocess.STDOUT,
				start_new_session=True,
			)
		self._children[process.pid] = process
		service["pid"] = process.pid
		self._path.write_text(json.dumps(self._written, indent="\t"))
		self._wait(name, is_up=True)

	def is_up(self, name: str) -> bool:
		with socket.socket() as probe:
			probe.settimeout(1)
			return probe.connect_ex(("127.0.0.1", self._written["services"][name]["port"])) == 0

	def forget_all(self, name: str) -> None:
		"""A Redis loses everything it kept."""
		port = self._written["services"][name]["port"]
		with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
			connection.sendall(b"FLUSHALL\r\n")
			assert connection.recv(5) == b"+OK\r\n"

	def _end(self, name: str, number: int) -> None:
		pid = self._written["services"][name]["pid"]
		folder = Path(self._written["folder"])
		if folder not in Path(os.readlink(f"/proc/{pid}/cwd")).parents:
			raise NotOurs(f"{name}: process {pid} does not work below {folder}")
		os.kill(pid, number)
		if child := self._children.pop(pid, None):
			child.wait(WITHIN_S)
		self._wait(name, is_up=False)

	def _wait(self, name: str, is_up: bool) -> None:
		deadline = time.monotonic() + WITHIN_S
		while self.is_up(name) != is_up:
			assert time.monotonic() < deadline, f"{name} is {'not up' if is_up else 'still up'}"
			time.sleep(0.05)
