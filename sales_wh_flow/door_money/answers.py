"""What `door_money.api` answers."""

from datetime import datetime
from typing import TypedDict


class TakenAtDoor(TypedDict):
	"""What a proof says of money. ``to_collect`` and ``taken`` in ``currency``, the company's;
	``who``: the full name of who took it; ``payment_entry``: "" until it was handed in,
	``payment_docstatus``: 1 once it is posted.
	"""

	proof: str
	box: str
	customer_name: str
	to_collect: float
	taken: float
	mode_of_payment: str
	reference: str
	reason: str
	who: str
	happened_on: datetime
	currency: str
	payment_entry: str
	payment_docstatus: int


class MoneyOfHandover(TypedDict):
	"""``to_collect``: for boxes of which nothing is said yet, in ``currency``; ``may_hand_in``: whether the
	user may make Payment Entries.
	"""

	rows: list[TakenAtDoor]
	to_collect: float
	currency: str
	may_hand_in: bool


class HandedIn(TypedDict):
	"""The Payment Entries that were made, and which of them are posted."""

	payments: list[str]
	posted: list[str]
