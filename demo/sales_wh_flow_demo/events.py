"""What happened to the orders, as plain facts: the world in memory and the site tell their story with them.

Quantities are in stock UOM and amounts in the company's currency unless a name says otherwise. ``lot`` of a
row names the batch or serial number, or is empty.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
	"""A quantity of one order line in one warehouse."""

	row: str
	line: int
	item: str
	warehouse: str
	qty: float
	uom: str = ""
	lot: str = ""


@dataclass(frozen=True, slots=True)
class Event:
	day: date
	order: str


@dataclass(frozen=True, slots=True)
class OrderWritten(Event):
	customer: str
	author: str
	place: str = ""
	group: str = ""
	total: float = 0.0
	currency: str = ""
	total_order: float = 0.0
	order_currency: str = ""
	lines: int = 0
	courier: str = ""
	service: str = ""
	instructions: str = ""
	due: date | None = None
	is_taxed: bool = False


@dataclass(frozen=True, slots=True)
class LineRouted(Event):
	"""``why``: the site's own words for it; they take the place of the rest."""

	part: Row
	reason: str = ""
	distance_km: float | None = None
	runner_up: str = ""
	why: str = ""


@dataclass(frozen=True, slots=True)
class ParcelsPlanned(Event):
	"""From how many warehouses the order leaves, and the fewest that could send as much; None: not tried.

	``lines`` as they were ordered, of goods from stock; ``short`` of them were not all there.
	"""

	parcels: int
	least: int | None
	lines: int
	short: int


@dataclass(frozen=True, slots=True)
class ApprovalAsked(Event):
	approval: str
	rule: str
	criterion: str
	measured: float
	allowed: float
	unit: str
	role: str


@dataclass(frozen=True, slots=True)
class ApprovalOwed(Event):
	"""Nobody is there to decide: the order went on as it did, and this says who would be asked."""

	rule: str
	criterion: str
	measured: float
	allowed: float
	unit: str
	role: str


@dataclass(frozen=True, slots=True)
class ApprovalBarred(Event):
	"""Somebody with the role who may not decide this one: ``code`` is the rules' reason."""

	approval: str
	rule: str
	actor: str
	code: str


@dataclass(frozen=True, slots=True)
class ApprovalDecided(Event):
	approval: str
	rule: str
	criterion: str
	state: str
	actor: str
	comment: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalSetAside(Event):
	"""An open approval that nobody needs to decide any more: another was refused, or the order changed."""

	approval: str
	rule: str


@dataclass(frozen=True, slots=True)
class OrderRevised(Event):
	actor: str
	what: str
	total: float


@dataclass(frozen=True, slots=True)
class OrderSubmitted(Event):
	"""``rows``: the order's lines as routed, with the quantity that is owed to the customer."""

	rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class StockLocked(Event):
	"""``cause``: empty for the lock at submit, else what brought the stock ("purchase PO-0101")."""

	rows: tuple[Row, ...]
	cause: str = ""


@dataclass(frozen=True, slots=True)
class DemandWaits(Event):
	"""``incoming``: what is on its way there, in words. ``elsewhere``: free stock in other warehouses.

	``broken``: what lies there and is not given, for it makes no whole unit of the line.
	"""

	part: Row
	incoming: str = ""
	elsewhere: str = ""
	broken: str = ""


@dataclass(frozen=True, slots=True)
class BatchExpired(Event):
	"""``rows`` were locked and may not leave any more; ``instead`` is locked for them, the rest waits."""

	rows: tuple[Row, ...]
	instead: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class PickListMade(Event):
	pick_list: str
	warehouse: str
	rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Picked(Event):
	pick_list: str
	warehouse: str
	actor: str = ""


@dataclass(frozen=True, slots=True)
class BoxesPacked(Event):
	"""``boxes``: the kind of each box, empty for one without; ``weight_kg`` of all of them."""

	pick_list: str
	warehouse: str
	boxes: tuple[str, ...]
	weight_kg: float = 0.0
	actor: str = ""


@dataclass(frozen=True, slots=True)
class GoodsDispatched(Event):
	"""``handover``: the courier's manifest that the goods left with, where they were handed over in boxes."""

	delivery_note: str
	pick_list: str
	warehouse: str
	rows: tuple[Row, ...]
	courier: str = ""
	service: str = ""
	tracking_no: str = ""
	tracking_link: str = ""
	instructions: str = ""
	handover: str = ""


@dataclass(frozen=True, slots=True)
class ParcelTold(Event):
	"""What is known of a parcel on its way: by a courier, by a driver, or that nobody says a word."""

	box: str
	state: str
	by: str = ""
	why: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryConfirmed(Event):
	delivery_note: str


@dataclass(frozen=True, slots=True)
class GoodsRefused(Event):
	"""The receiver did not take these; they come back."""

	rows: tuple[Row, ...]
	why: str = ""


@dataclass(frozen=True, slots=True)
class GoodsReturned(Event):
	"""What came back is here: where it went (``decision``), and what the customer gets (``remedy``)."""

	rows: tuple[Row, ...]
	decision: str
	remedy: str
	case: str = ""
	why: str = ""
	documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderCancelled(Event):
	actor: str
	reason: str
	released: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class LineClosedShort(Event):
	"""Nobody waits for these any more."""

	rows: tuple[Row, ...]
	actor: str
	why: str


@dataclass(frozen=True, slots=True)
class StepTaken(Event):
	"""A step that changes no figure, in words; ``kind``: which one, in a word."""

	kind: str
	what: str


@dataclass(frozen=True, slots=True)
class StepRefused(Event):
	"""Something that the flow would not do, in its own words."""

	step: str
	actor: str
	message: str


@dataclass(frozen=True, slots=True)
class StatusReached(Event):
	status: str


@dataclass(frozen=True, slots=True)
class GoodsReceived(Event):
	"""A purchase came in; ``order`` is empty."""

	purchase: str
	rows: tuple[Row, ...]
