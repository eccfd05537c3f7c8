"""The jobs of delays as workers run them, each in a process of its own."""

import os
import signal

from sales_wh_flow.delays import digest, follow, jobs
from tests.racing.harness import ready


def follow_delays() -> dict[str, int]:
	ready()
	return jobs.follow_delays()


def die_before_telling() -> None:
	"""Killed (SIGKILL) once the alerts are raised and committed."""
	follow.tell_people = lambda: os.kill(os.getpid(), signal.SIGKILL)
	ready()
	jobs.follow_delays()


def send_digests() -> int:
	digest.is_time = lambda moment: True
	ready()
	return jobs.send_digests()
