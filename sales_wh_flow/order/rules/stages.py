"""In which stage of its life an order is, who has to act there, and whose delay it is when it takes long."""

from dataclasses import dataclass

from sales_wh_flow.base.quantities import is_less, open_qty
from sales_wh_flow.order.rules.status_facts import StatusFacts

US, CUSTOMER, SUPPLIER, COURIER, NOBODY = "Us", "Customer", "Supplier", "Courier", "Nobody"
"""Whose delay it is."""


@dataclass(frozen=True, slots=True)
class Stage:
	"""One stage. ``owner``: who acts next. ``delay_of``: whose delay its time is; what is not ours stops the
	clock of working time.
	"""

	name: str
	owner: str
	delay_of: str = US

	@property
	def key(self) -> tuple[str, str]:
		"""Two stages are the same entry of the log where stage and owner are equal."""
		return (self.name, self.owner)


ENTRY = Stage("Entry", "Seller")
APPROVAL = Stage("Approval", "Approver")
REFUSED = Stage("Approval", "Seller")
WAITING = Stage("Waiting for Stock", "Purchasing", SUPPLIER)
TO_PICK = Stage("To Pick", "Warehouse")
PICKING = Stage("Picking", "Warehouse")
PACKING = Stage("Packing", "Warehouse")
READY = Stage("Ready", "Warehouse")
IN_TRANSIT = Stage("In Transit", "Courier", COURIER)
SERVICE = Stage("Service", "Seller")
TO_INVOICE = Stage("To Invoice", "Accounts")
TO_COLLECT = Stage("To Collect", "Customer", CUSTOMER)
TO_PRESS = Stage("To Collect", "Accounts")
"""The money is overdue, and no promise for a later day stands: somebody of ours has to ask for it."""
ON_HOLD = Stage("On Hold", "Seller", CUSTOMER)

ENDED = Stage("Ended", NOBODY, NOBODY)
"""Nothing is left to do, unless the order is opened again."""

BY_STATUS: dict[str, Stage] = {
	"Draft": ENTRY,
	"Pending Approval": APPROVAL,
	"Rejected": REFUSED,
	"Approved": ENTRY,
	"Backordered": WAITING,
	"Partly Locked": WAITING,
	"Locked": TO_PICK,
	"Picking": PICKING,
	"Packing": PACKING,
	"Ready for Dispatch": READY,
	"Partly Dispatched": TO_PICK,
	"Dispatched": IN_TRANSIT,
	"Delivered": TO_INVOICE,
	"Completed": ENDED,
	"On Hold": ON_HOLD,
	"Closed": ENDED,
	"Cancelled": ENDED,
}
"""The stage of each flow status, where the status alone says it."""

_ALL = (*BY_STATUS.values(), SERVICE, TO_COLLECT, TO_PRESS)
STAGES = (*dict.fromkeys(stage.name for stage in _ALL if stage != ENDED), ENDED.name)
OWNERS = tuple(dict.fromkeys(stage.owner for stage in _ALL))
DELAYS = (US, CUSTOMER, SUPPLIER, COURIER, NOBODY)


def stage_of(status: str, facts: StatusFacts) -> Stage:
	"""The one stage of an order with this flow status.

	Three statuses are told apart: what is left of an order that has left in part waits, can be picked, or is
	sent by a supplier; an approved order that is submitted is a service to be done, until all of it is
	invoiced and no supplier owes its goods; what is delivered is to be invoiced, or paid. What is overdue is
	ours to press for, until a promise to pay hands it to the customer again.
	"""
	if status == "Partly Dispatched" and _waits_for_stock(facts):
		return WAITING
	if status == "Partly Dispatched" and _is_left_to_supplier(facts):
		return SERVICE
	is_service = status == "Approved" and facts.docstatus == 1
	is_done = status == "Delivered" or (is_service and not facts.waits_for_supplier)
	if is_done and facts.per_billed >= 100:
		return TO_PRESS if facts.is_overdue else TO_COLLECT
	return SERVICE if is_service else BY_STATUS[status]


def _is_left_to_supplier(facts: StatusFacts) -> bool:
	return facts.waits_for_supplier and not is_less(facts.delivered_stock, facts.ordered_stock)


def _waits_for_stock(facts: StatusFacts) -> bool:
	return is_less(facts.locked_stock, open_qty(facts.ordered_stock, facts.delivered_stock))
