"""What endpoints of other capabilities answer about an order as such."""

from typing import TypedDict


class Backorder(TypedDict):
	"""An order that was split off another one."""

	name: str
	docstatus: int
	swf_flow_status: str | None


class NewPromise(TypedDict):
	"""``promised_on``: the day as text; ``lateness``: On Time, At Risk, Late or ""."""

	promised_on: str
	lateness: str
