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
def hold(path: Path, what: str) -> Iterator[None]:
	"""Hold the lock of a lane or of the bench; a second run waits for the first and says so.

	Raises: CommandFailed after an hour.
	"""
	path.parent.mkdir(parents=True, exist_ok=True)
	with path.open("a+") as handle:
		deadline = time.monotonic() + WAIT_AT_MOST_S
		is_told = False
		while not _take(handle.fileno()):
			if not is_told:
				handle.seek(0)
				say(
					f"   another run ({handle.read().strip() or 'unknown'}) has {what}: waiting for it to end"
				)
				is_told = True
			if time.monotonic() > deadline:
				raise CommandFailed(f"{what} was taken by another run for {WAIT_AT_MOST_S} s (lock: {path})")
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
