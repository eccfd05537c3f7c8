"""What `couriers.api` answers."""

from datetime import date, datetime
from typing import TypedDict


class Received(TypedDict):
	"""``outcome``: Moved, Noted, Older, Box Is Ours, Unknown Number, Unknown Word, Unreadable, Known Already
	or Refused.
	"""

	outcome: str


class ToldOfBox(TypedDict):
	"""What somebody's word of a box made of it. ``outcome``: as on a Courier Event; ``state``: of the box."""

	box: str
	outcome: str
	state: str


class WrittenNumber(TypedDict):
	"""``also_on``: boxes on which the number stands, too, which is right for parcels that travel together and
	else a slip; ``tracking_url``: "" without one.
	"""

	tracking_no: str
	courier: str
	tracking_url: str
	also_on: list[str]
	state: str


class LabelOfBox(TypedDict):
	"""``label``: address of the private file, PDF or ZPL; ``freight`` in the company's currency."""

	box: str
	tracking_no: str
	courier: str
	label: str
	label_ref: str
	freight: float


class MadeLabel(LabelOfBox):
	"""``may_be_there``: nothing was asked, because the courier may have made one and not answered."""

	may_be_there: bool


class VoidedLabel(TypedDict):
	"""``is_taken_back``: whether the courier said that it charges nothing."""

	box: str
	is_taken_back: bool


class StoryBox(TypedDict):
	"""A box's own fields. Unit: kg; ``freight`` in the company's currency."""

	name: str
	state: str
	customer: str | None
	customer_name: str | None
	ship_to_text: str | None
	warehouse: str | None
	courier: str | None
	courier_service: str | None
	tracking_no: str | None
	delivery_note: str | None
	expected_on: date | None
	delivered_on: datetime | None
	expected_kg: float
	weighed_kg: float
	freight: float


class StoryContent(TypedDict):
	"""What lies in a box. Unit: ``qty`` in ``uom``, the stock UOM. ``sales_order``: "" for who may not read
	it.
	"""

	item_code: str
	item_name: str | None
	qty: float
	uom: str | None
	batch_no: str
	serial_nos: list[str]
	sales_order: str


class StoryEvent(TypedDict):
	"""What happened to a box. ``what``: in words, "" where the note says it; ``by``: people or courier.

	``on``: when it happened; ``came_on``: when it was known here.
	"""

	on: datetime
	came_on: datetime
	what: str
	state: str
	who: str
	where: str
	reason: str
	delay_of: str
	note: str
	by: str


class BoxStory(TypedDict):
	"""``link``: where the parcel can be followed, "" without one; ``events``: as they happened."""

	box: StoryBox
	link: str
	contents: list[StoryContent]
	events: list[StoryEvent]


class FoundParcel(TypedDict):
	name: str
	tracking_no: str | None
	courier: str | None
	customer_name: str | None
	state: str


class RatedParcel(TypedDict):
	"""``key``: a box, or the warehouse that a parcel is to leave."""

	key: str
	warehouse: str
	kg: float


class OfferedRate(TypedDict):
	"""What a courier's service asks for all the parcels, and when the last is there.

	``freight``: null where the price is not known; ``why``: no rate, too heavy, no day, late, or "".
	"""

	courier: str
	service: str
	freight: float | None
	ships: date | None
	arrives: date | None
	why: str
	keeps_promise: bool
	is_proposed: bool


class OfferedRates(TypedDict):
	"""The offers, the proposed one first. Freight is in ``currency``."""

	currency: str
	promised_on: date | None
	parcels: list[RatedParcel]
	offers: list[OfferedRate]
