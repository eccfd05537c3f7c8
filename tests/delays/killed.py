"""The jobs of delays as workers run them, each in a process of its own."""

from sales_wh_flow.delays import digest, jobs
from tests.racing.harness import ready


def follow_delays() -> dict[str, int]:
	ready()
	return jobs.follow_delays()


def send_digests() -> int:
	digest.is_time = lambda moment: True
	ready()
	return jobs.send_digests()
