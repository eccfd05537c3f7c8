"""What `stage_clock.api` answers."""

from datetime import datetime
from typing import TypedDict


class StageStay(TypedDict):
	"""A stay of an order in a stage. ``delay_of``: Us, Customer, Supplier, Courier or Nobody; ``cause``:
	why the order was late or at risk there, in words, null where it was not; ``left_on``: null while it is
	there; ``rebuilt``: 1 where it was found from old documents.
	"""

	stage: str
	stage_owner: str | None
	delay_of: str
	cause: str | None
	company: str
	warehouse: str | None
	entered_on: datetime
	left_on: datetime | None
	rebuilt: int


class TimedStay(StageStay):
	"""``hours``: working hours, up to now while the order is still there."""

	hours: float
