"""Locks between runs on one machine; the system drops them when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from terminal import CommandFailed, say

WAIT_AT_MOST_S = 3600


@contextmanager
def hold(path: Path, what: str, wait_s: float = WAIT_AT_MOST_S) -> Iterator[None]:
	"""Hold the lock of a lane or of the bench; a second run waits for the first and says so.

	Raises: CommandFailed when it is not free in time.
	"""
	path.parent.mkdir(parents=True, exist_ok=True)
	with path.open("a+") as handle:
		deadline = time.monotonic() + wait_s
		holder = ""
		while not _take(handle.fileno()):
			if not holder:
				handle.seek(0)
				holder = handle.read().strip() or "unknown"
				if wait_s:
					say(f"   another run ({holder}) has {what}: waiting for it to end")
			if time.monotonic() > deadline:
				raise CommandFailed(f"{what} is taken by another run ({holder}; lock: {path})")
			time.sleep(0.5)
		handle.truncate(0)
		handle.write(f"process {os.getpid()}")
		handle.flush()
		yield


def _take(descriptor: int) -> bool:
	try:
		fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
	except BlockingIOError:
		return False
	return True
