"""A program whose output goes to a file and is watched: it may take as long as it gets on.

A machine with much else to do makes a healthy program slow, so no clock ends one. What says nothing and has
not worked either for a long time is stuck, and so is what worked as long without a word. It is first asked
where.
"""

from __future__ import annotations

import codecs
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import processes
from terminal import end_group

QUIET_LIMIT_S = 900
"""A test program says something after every test; the longest tests need three minutes of a processor."""
IDLE = 0.02
"""Whoever used less of a processor's time than this share is not working."""
LAST_WORDS_S = 30
"""What a stuck program gets to say where it is and to write down what it has done."""
LOOK_EVERY_S = 0.2
TAIL = 4096


class Stalled(Exception):
	"""A program said nothing for too long and was ended."""


def run(
	command: list[str],
	log: Path,
	*,
	env: dict[str, str],
	cwd: Path,
	hear: Callable[[str], None] = lambda text: None,
	stop: threading.Event | None = None,
	quiet_limit_s: float = QUIET_LIMIT_S,
) -> int:
	"""Run a program with its output at the end of the log and return its status; ``hear`` gets each piece.

	Raises: Stalled when it says nothing for too long; KeyboardInterrupt when ``stop`` is set. Either way it
	and all it started is ended.
	"""
	log.parent.mkdir(parents=True, exist_ok=True)
	decode = codecs.getincrementaldecoder("utf-8")("replace").decode
	with log.open("ab") as output, log.open("rb") as written:
		written.seek(0, os.SEEK_END)
		process = subprocess.Popen(
			command,
			stdin=subprocess.DEVNULL,
			stdout=output,
			stderr=subprocess.STDOUT,
			cwd=cwd,
			env=env,
			start_new_session=True,
		)
		try:
			_wait(process, lambda: _listen(written, decode, hear), stop, quiet_limit_s)
		except BaseException:
			end_group(process)
			raise
		finally:
			_listen(written, decode, hear)
	return process.returncode


def _listen(written, decode: Callable[[bytes], str], hear: Callable[[str], None]) -> bool:
	"""Whether there was something new."""
	piece = written.read()
	if piece:
		hear(decode(piece))
	return bool(piece)


def _wait(
	process: subprocess.Popen,
	listen: Callable[[], bool],
	stop: threading.Event | None,
	quiet_limit_s: float,
) -> None:
	pulse = _Pulse(process.pid, quiet_limit_s)
	while True:
		try:
			process.wait(LOOK_EVERY_S)
			return
		except subprocess.TimeoutExpired:
			pass
		if stop is not None and stop.is_set():
			raise KeyboardInterrupt
		if listen():
			pulse.feel()
		elif problem := pulse.missing():
			_ask_where(process)
			raise Stalled(problem)


class _Pulse:
	"""When a program was last heard, and how much it has worked since."""

	def __init__(self, session: int, limit_s: float):
		self._session, self._limit_s = session, limit_s
		self.feel()

	def feel(self) -> None:
		self._silent_since_s = self._looked_at_s = time.monotonic()
		self._worked_when_heard_s = self._worked_when_looked_s = processes.worked_s(self._session)

	def missing(self) -> str:
		"""What is wrong, empty while nothing is."""
		now_s = time.monotonic()
		if now_s - self._looked_at_s < self._limit_s:
			return ""
		worked_s = processes.worked_s(self._session)
		lately_s = worked_s - self._worked_when_looked_s
		self._looked_at_s, self._worked_when_looked_s = now_s, worked_s
		silent_s = now_s - self._silent_since_s
		if lately_s < IDLE * self._limit_s:
			return f"no sign of life: silent for {silent_s:.0f} s and not working"
		if worked_s - self._worked_when_heard_s > self._limit_s:
			return f"no progress: silent for {silent_s:.0f} s of hard work"
		return ""


def _ask_where(process: subprocess.Popen) -> None:
	"""As Ctrl-C does: pytest then shows the line it was at and writes down the tests that are done."""
	process.send_signal(signal.SIGINT)
	try:
		process.wait(LAST_WORDS_S)
	except subprocess.TimeoutExpired:
		pass


def percent(log: Path) -> str:
	"""How far pytest says it is at the end of its log, `34 %`; empty where it says nothing."""
	try:
		with log.open("rb") as written:
			written.seek(max(0, log.stat().st_size - TAIL))
			found = re.findall(rb"\[ *(\d+)%\]", written.read())
	except OSError:
		return ""
	return f"{int(found[-1])} %" if found else ""
