"""What the invariants of orders and stock are judged on. Quantities are in stock UOM."""

from dataclasses import dataclass, field
from datetime import datetime

from sales_wh_flow.audit.rules.box_invariants import BoxesEvidence
from sales_wh_flow.audit.rules.door_money_invariants import DoorMoneyEvidence
from sales_wh_flow.audit.rules.handover_invariants import HandoverEvidence
from sales_wh_flow.audit.rules.label_invariants import LabelEvidence
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.rules.status_facts import StatusFacts


@dataclass(frozen=True, slots=True)
class BinEvidence:
	"""One Bin: ``on_hand_stock`` its actual_qty, ``ledger_stock`` the balance of the last movement,
	``written_stock`` what it says is locked. ``is_there`` False: locks without a Bin. ``there_stock``: what
	is on hand now, without what is dated in the future; None = the same as ``ledger_stock``.
	"""

	item_code: str
	warehouse: str
	on_hand_stock: float = 0.0
	ledger_stock: float = 0.0
	written_stock: float = 0.0
	is_there: bool = True
	there_stock: float | None = None

	@property
	def key(self) -> BinKey:
		return (self.item_code, self.warehouse)


@dataclass(frozen=True, slots=True)
class DemandEvidence:
	"""A Bin that says something else of the open demand than the order lines ask for."""

	item_code: str
	warehouse: str
	written_stock: float
	asked_stock: float


@dataclass(frozen=True, slots=True)
class LockEvidence:
	"""One submitted reservation. ``order`` and ``row`` are empty for one that is not of a Sales Order.

	``entries_stock``: the sum of its batches and serial numbers, None for a lock by quantity.
	``is_open``: its status says that it still holds stock.
	``line_item``, ``order_docstatus``: of the row and order it names, None when there is none.
	``is_of_ended_item``: nobody may sell its item any more.
	"""

	name: str
	item_code: str
	warehouse: str
	order: str
	row: str
	reserved_stock: float
	used_stock: float = 0.0
	is_open: bool = True
	status: str = "Reserved"
	entries_stock: float | None = None
	line_item: str | None = ""
	order_docstatus: int | None = 1
	order_status: str = ""
	is_of_ended_item: bool = False

	@property
	def held_stock(self) -> float:
		return rounded(self.reserved_stock - self.used_stock) if self.is_open else 0.0


@dataclass(frozen=True, slots=True)
class HeldEvidence:
	"""What one lock still holds of a batch or of a serial number; ``is_bad``: its batch must not be sent."""

	lock: str
	item_code: str
	warehouse: str
	batch_no: str | None
	serial_no: str | None
	qty_stock: float
	is_bad: bool = False


@dataclass(frozen=True, slots=True)
class LotEvidence:
	"""What is on hand of a batch, or of a serial number (1 or 0), in a warehouse."""

	item_code: str
	warehouse: str
	batch_no: str | None
	serial_no: str | None
	on_hand_stock: float


@dataclass(frozen=True, slots=True)
class LineEvidence:
	"""One order line. ``written_stock``: its stock_reserved_qty; ``counted_stock``: what its reservations say
	that should be. ``waiting_stock``: what the queue says it waits for.

	``waits``: the line asks for stock: its order is neither closed nor on hold, and nobody opted it out.
	``is_ours``: we deliver it, not a supplier, and it is not billed without a delivery.
	"""

	order: str
	row: str
	idx: int
	item_code: str
	warehouse: str
	ordered_stock: float
	delivered_stock: float = 0.0
	written_stock: float = 0.0
	counted_stock: float = 0.0
	waiting_stock: float = 0.0
	waits: bool = True
	is_ours: bool = True


@dataclass(frozen=True, slots=True)
class EventEvidence:
	"""What the ledger of lock events adds up to for one line, item and warehouse."""

	order: str
	row: str
	item_code: str
	warehouse: str
	qty_stock: float


@dataclass(frozen=True, slots=True)
class OrderEvidence:
	"""An order's written flow status and stage (with who acts in it), and the facts they are derived from."""

	order: str
	flow_status: str | None
	facts: StatusFacts
	stage: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StageEvidence:
	"""Where the log of an order's stages has a gap or an overlap: one stage ``left``, the next ``entered``.
	``left`` empty: a stage lasts although another one follows, or lasts beside the order's own.
	"""

	order: str
	left: str
	entered: str


@dataclass(frozen=True, slots=True)
class DecisionEvidence:
	"""A decided approval: by whom, whether that user has the approver's role, and whether a vote of the
	order's author counted, which need not be the last one. ``stranger``: whose vote counted, and who was
	asked by no name and no role.
	"""

	approval: str
	order: str
	author: str
	decided_by: str | None
	allows_own_order: bool = False
	has_role: bool = True
	counts_author: bool = False
	stranger: str = ""


@dataclass(frozen=True, slots=True)
class OwedEvidence:
	"""An approval a submitted order owed at its submit and that was not given by then."""

	order: str
	rule: str


@dataclass(frozen=True, slots=True)
class AgeEvidence:
	"""Since when an amended order waits, and since when it may: the first submission of its chain."""

	order: str
	since: datetime
	first: datetime


@dataclass(frozen=True, slots=True)
class UnderWayEvidence:
	"""What of a line lies on Pick Lists and has not left, and what of it is still to be delivered."""

	order: str
	row: str
	item_code: str
	under_way_stock: float
	to_come_stock: float


@dataclass(frozen=True, slots=True)
class ReturnEvidence:
	"""What an order line says of its returns and credit notes, and what the documents add up to.
	``net_delivered``: ERPNext's own figure, without what came back. In the line's own UOM.
	"""

	order: str
	row: str
	item_code: str
	returned: float
	returned_by_documents: float
	refunded: float
	refunded_by_documents: float
	net_delivered: float


@dataclass(frozen=True, slots=True)
class CreditEvidence:
	"""A row of an invoice of which more is credited than it invoiced."""

	invoice: str
	row: str
	item_code: str
	invoiced: float
	credited: float


@dataclass(frozen=True, slots=True)
class NamedEvidence:
	"""A row of a Delivery Note or an invoice that names one order, and the row of another."""

	document: str
	order: str
	named: str
	row: str
	item_code: str


@dataclass(frozen=True, slots=True)
class UnitEvidence:
	"""A row of an open Pick List in a unit that comes in whole numbers only."""

	pick_list: str
	order: str
	row: str
	item_code: str
	warehouse: str
	qty: float
	uom: str


@dataclass(frozen=True, slots=True)
class Evidence:
	"""All that is judged, read in one transaction, so that it is one committed state.

	``events`` None: the ledger of events is not judged, because the lock is switched off.
	"""

	bins: tuple[BinEvidence, ...] = ()
	locks: tuple[LockEvidence, ...] = ()
	held: tuple[HeldEvidence, ...] = ()
	lots: tuple[LotEvidence, ...] = ()
	lines: tuple[LineEvidence, ...] = ()
	events: tuple[EventEvidence, ...] | None = None
	orders: tuple[OrderEvidence, ...] = ()
	decisions: tuple[DecisionEvidence, ...] = ()
	owed: tuple[OwedEvidence, ...] = ()
	stages: tuple[StageEvidence, ...] = ()
	ages: tuple[AgeEvidence, ...] = ()
	under_way: tuple[UnderWayEvidence, ...] = ()
	units: tuple[UnitEvidence, ...] = ()
	returns: tuple[ReturnEvidence, ...] = ()
	credits: tuple[CreditEvidence, ...] = ()
	named: tuple[NamedEvidence, ...] = ()
	boxes: BoxesEvidence = field(default_factory=BoxesEvidence)
	handovers: HandoverEvidence = field(default_factory=HandoverEvidence)
	labels: LabelEvidence = field(default_factory=LabelEvidence)
	door_money: DoorMoneyEvidence = field(default_factory=DoorMoneyEvidence)
	demands: tuple[DemandEvidence, ...] = ()
