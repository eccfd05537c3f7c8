"""What `reroute.api` answers. Quantities are in stock UOM."""

from typing import TypedDict

from sales_wh_flow.stock_lock.answers import Receiver


class FreeElsewhere(TypedDict):
	warehouse: str
	free: float


class LockActions(TypedDict):
	"""What a user can do with the lock of a line; an action that they can't do has no choices.

	``held``: what is locked and neither picked nor about to be delivered; of a product bundle, how many.
	"""

	idx: int
	item_code: str
	uom: str
	warehouse: str
	held: float
	may_release: bool
	receivers: list[Receiver]
	choices: list[FreeElsewhere]


class MovedLine(TypedDict):
	"""Where something that moved is now, and how much of it is locked there."""

	row: str
	item_code: str
	warehouse: str
	qty: float
	locked: float


class ProposedMove(TypedDict):
	"""``locked``: what would be locked at once."""

	warehouse: str
	qty: float
	locked: float


class MovableLine(TypedDict):
	"""``proposal``: where the line would be after the rules' choice, as it is when they change nothing;
	``listed``: what of it is on Pick Lists.
	"""

	row: str
	idx: int
	item_code: str
	item_name: str | None
	uom: str
	warehouse: str
	open: float
	locked: float
	waiting: float
	listed: float
	choices: list[FreeElsewhere]
	proposal: list[ProposedMove]


class RerouteChoices(TypedDict):
	lines: list[MovableLine]


class BroughtLine(TypedDict):
	"""A line to be brought together with the others. ``request``: the Material Request, "", with docstatus
	null, as long as nobody asked.
	"""

	row: str
	idx: int
	item_code: str
	source: str
	target: str
	qty: float
	uom: str
	request: str
	docstatus: int | None
