"""What a courier needs to be told before goods may leave."""

from collections.abc import Iterable
from urllib.parse import quote

from sales_wh_flow.base.problems import RuleViolation

BETWEEN_NUMBERS = ", "
"""A note of several boxes names the tracking numbers of all."""


def check_service(courier: str | None, service: str | None, services: Iterable[str]) -> None:
	"""A service belongs to its courier. ``services``: what the courier offers; empty = any name goes.

	Raises: RuleViolation service_without_courier or unknown_service.
	"""
	if not service:
		return
	if not courier:
		raise RuleViolation("service_without_courier", service=service)
	offered = tuple(services)
	if offered and service not in offered:
		raise RuleViolation("unknown_service", courier=courier, service=service, offered=offered)


def tracking_link(pattern: str | None, tracking_no: str | None) -> str | None:
	"""The address where the parcel can be followed, or None, also for several parcels, which no courier shows
	together. ``pattern`` holds {0} where the number goes.

	The number is quoted: a blank or an & inside it must not break the address.
	"""
	number = (tracking_no or "").strip()
	is_one = number and BETWEEN_NUMBERS not in number
	return pattern.replace("{0}", quote(number, safe="")) if pattern and is_one else None


def each_parcel(pattern: str | None, numbers: str | None) -> list[tuple[str, str | None]]:
	"""(number, link) of each parcel that the tracking number of a note names."""
	found = [it for it in (numbers or "").split(BETWEEN_NUMBERS) if it.strip()]
	return [(number, tracking_link(pattern, number)) for number in found]
