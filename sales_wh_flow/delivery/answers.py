"""What `delivery.api` answers. Days are text unless they are said to be days."""

from datetime import date
from typing import TypedDict


class ListedHandover(TypedDict):
	"""A hand-over on the page's list. ``boxes``: how many; ``left``: how many of them have not left yet."""

	name: str
	courier: str
	warehouse: str
	day: date
	state: str
	driver: str
	delivery_trip: str
	boxes: int
	left: int


class Driver(TypedDict):
	name: str
	title: str | None


class WaitingForCourier(TypedDict):
	"""How many closed boxes wait in a warehouse for a courier, and are in no hand-over."""

	warehouse: str
	courier: str
	boxes: int


class HandoversHere(TypedDict):
	"""The hand-overs of a user's warehouses, the open ones first, and what a new one can name. ``waiting``:
	what there is to hand over, most first; ``driven``: couriers that drivers of our own drove lately.
	"""

	handovers: list[ListedHandover]
	waiting: list[WaitingForCourier]
	driven: list[str]
	warehouses: list[str]
	couriers: list[str]
	drivers: list[Driver]
	vehicles: list[str]


class ShownHandoverBox(TypedDict):
	"""A box in a hand-over. ``orders``: their names, with commas between; ``refusal``: why its note could not
	be made, in words, else ""; ``collect``: what the courier collects, 0 for nothing, in ``currency``.
	"""

	box: str
	state: str
	orders: str
	customer_name: str
	ship_to_text: str
	weight_kg: float
	tracking_no: str
	delivery_note: str
	refusal: str
	collect: float
	currency: str


class OrderNotWhole(TypedDict):
	"""An order of which only ``here`` of ``of`` boxes are in the hand-over, or whose goods lie in no box.
	``boxes``: [name, state] of the others; ``loose``: {item: how much was picked here and is in no box}.
	"""

	order: str
	here: int
	of: int
	boxes: list[list[str]]
	loose: dict[str, float]


class HandoverHead(TypedDict):
	"""A hand-over by itself; "" for what it does not have."""

	name: str
	courier: str
	warehouse: str
	day: str
	state: str
	driver: str
	vehicle: str
	delivery_trip: str
	signed_by: str


class ShownHandover(HandoverHead):
	"""A hand-over with its boxes, last scanned first. ``left``: how many have not left yet; ``missing``: the
	orders that are not whole; ``waiting``: closed boxes of the courier here that are in no hand-over, null
	where nobody looked for them: after a scan, and once this one is closed.
	"""

	boxes: list[ShownHandoverBox]
	left: int
	weight_kg: float
	missing: list[OrderNotWhole]
	waiting: list[str] | None


class ScannedIntoHandover(ShownHandover):
	"""``scanned``: the box that went in."""

	scanned: str


class TakenOutOfHandover(ShownHandover):
	"""``taken_out``: the box that stays here."""

	taken_out: str


class ClosedHandover(ShownHandover):
	"""``asked_for``: the state of the hand-over when its notes were asked for."""

	asked_for: str


class BoxToProveRow(TypedDict):
	"""What lies in a box, and what its proof says was not taken of it. Unit: ``qty`` and ``refused_qty`` in
	``uom``, the stock UOM. ``serials``, ``refused_serials``: one a line; ``worth``: what it bears of
	what is to be collected, or of its box's worth where nothing is; 0 where it is not paid at the door.
	"""

	row: str
	sales_order: str | None
	item_code: str
	item_name: str | None
	qty: float
	uom: str | None
	batch_no: str
	serials: str
	worth: float
	refused_qty: float
	refused_reason: str
	refused_serials: str


class BoxToProve(TypedDict):
	"""A box that is under way. ``proof``, ``outcome``, ``receiver``, ``reason``, ``note``: null until it is
	proved; ``stop``: which one of the trip, 0 without a trip; ``sscc``: the 18 digits of its label;
	``collect``: what the receiver still has to pay, in ``currency``; ``to_collect``, ``money_taken``,
	``mode_of_payment``, ``money_reference``, ``money_reason``: what its proof says was due and was paid at
	the door, null until then.
	"""

	box: str
	state: str
	warehouse: str | None
	customer_name: str | None
	ship_to_text: str
	ship_to: str
	delivery_note: str
	handover: str
	sscc: str
	tracking_no: str
	weighed_kg: float
	collect: float
	currency: str
	proof: str | None
	outcome: str | None
	receiver: str | None
	reason: str | None
	note: str | None
	to_collect: float | None
	money_taken: float | None
	mode_of_payment: str | None
	money_reference: str | None
	money_reason: str | None
	trip: str
	stop: int
	rows: list[BoxToProveRow]


class ReasonsToChoose(TypedDict):
	refused: list[str]
	failed: list[str]


class MoneyInHand(TypedDict):
	"""What was taken at doors and is not handed in yet. ``amount``: in ``currency``, the company's."""

	mode_of_payment: str | None
	currency: str
	amount: float


class MyDeliveries(TypedDict):
	"""The boxes that a user may prove, those proved last. ``asks_place``: whether positions are kept at all;
	``gate``: Off, Shadow, Warn or Block; ``modes``: how may be paid at the door, those of cash first;
	``in_hand``: what the user took and has not handed in.
	"""

	boxes: list[BoxToProve]
	reasons: ReasonsToChoose
	asks_place: bool
	gate: str
	modes: list[str]
	in_hand: list[MoneyInHand]


class ProvedBox(TypedDict):
	"""What a phone is told of a proof. ``state``: of the box."""

	proof: str
	box: str
	outcome: str
	state: str


class StoppedByGate(TypedDict):
	"""``times``: how often this user would have been stopped at this kind of document."""

	who: str
	what: str
	times: int
