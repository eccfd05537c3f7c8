"""What a company in memory remembers of each order; only `world` and `outgoing` change it."""

from dataclasses import dataclass, field
from datetime import date
from math import fsum

from sales_wh_flow.approval.rules import needs
from sales_wh_flow.approval.rules.facts import ApprovalFacts, ApprovalNeed
from sales_wh_flow.approval.rules.levels import Approver, Plan
from sales_wh_flow.approval.rules.votes import Asking
from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.rules.status_facts import StatusFacts
from sales_wh_flow_demo.dataset import Customer, Item, Order, StockRow
from sales_wh_flow_demo.events import Row

DRAFT, SUBMITTED, CANCELLED = 0, 1, 2


@dataclass(slots=True)
class Line:
	"""A line of an order in memory; ``waiting`` is what the queue of waiting demand holds for it."""

	row: str
	idx: int
	item: Item
	ordered: float
	rate_base: float
	list_rate_base: float
	step: float = 0.0
	warehouse: str = ""
	delivered: float = 0.0
	locked: float = 0.0
	waiting: float = 0.0
	is_drop_shipped: bool = False

	@property
	def is_from_stock(self) -> bool:
		return self.item.is_stock_item and not self.is_drop_shipped

	def facts(self) -> LineFacts:
		return LineFacts(
			row=self.row,
			idx=self.idx,
			item_code=self.item.code,
			qty_stock=self.ordered,
			warehouse=self.warehouse or None,
			delivered_stock=self.delivered,
			locked_stock=self.locked,
			is_stock_item=self.is_from_stock,
			is_whole_number=self.item.is_whole_number,
			rate_base=self.rate_base,
			amount_base=self.ordered * self.rate_base,
			list_amount_base=self.ordered * self.list_rate_base,
			step_stock=self.step,
		)

	@property
	def bin_key(self) -> BinKey:
		return (self.item.code, self.warehouse)

	def as_row(self, qty: float, lot: str = "") -> Row:
		return Row(self.row, self.idx, self.item.code, self.warehouse, qty, self.item.uom, lot)


@dataclass(slots=True)
class Approval:
	name: str
	order: str
	need: ApprovalNeed
	fingerprint: str
	author: str
	allows_own_order: bool
	state: str = needs.OPEN
	decided_by: str = ""

	def facts(self) -> ApprovalFacts:
		return ApprovalFacts(self.name, self.need.rule, self.state, self.fingerprint)

	def asking(self) -> Asking:
		"""One level, on which everybody with the rule's role is asked."""
		asked = Plan((Approver(1, role=self.need.approver_role),))
		return Asking(
			self.name, asked, 1, excluded=frozenset(() if self.allows_own_order else (self.author,))
		)


@dataclass(slots=True)
class Lock:
	"""Locked goods of one line; ``pick_list`` once it is on one."""

	line: Line
	lot: str
	qty: float
	pick_list: str = ""


@dataclass(slots=True)
class PickList:
	name: str
	order: str
	warehouse: str
	locks: list[Lock]
	state: str = "Draft"
	"""Draft, Picked or Dispatched; Dropped when all its goods expired."""


@dataclass(slots=True)
class Delivery:
	"""``goods``: what left, as it lay in its warehouse; ``rows``: the same by order line."""

	name: str
	arrives: date
	is_confirmed: bool = False
	is_refused: bool = False
	goods: tuple[StockRow, ...] = ()
	rows: tuple[Row, ...] = ()


@dataclass(slots=True)
class OrderState:
	order: Order
	customer: Customer
	lines: list[Line]
	other_lines: list[Line] = field(default_factory=list)
	"""Services and what a supplier sends: part of the price, of no warehouse."""
	docstatus: int = DRAFT
	submitted_on: date | None = None
	approvals: list[Approval] = field(default_factory=list)
	locks: list[Lock] = field(default_factory=list)
	pick_lists: list[PickList] = field(default_factory=list)
	deliveries: list[Delivery] = field(default_factory=list)
	status: str = ""
	tax_pct: float = 0.0

	@property
	def total_base(self) -> float:
		"""With tax, as the customer owes it."""
		net = fsum(line.ordered * line.rate_base for line in (*self.lines, *self.other_lines))
		return round(net * (1 + self.tax_pct / 100), 2)

	def approvals_in(self, state: str) -> list[Approval]:
		return [asked for asked in self.approvals if asked.state == state]

	def status_facts(self) -> StatusFacts:
		picked = {pick.name for pick in self.pick_lists if pick.state == "Picked"}
		return StatusFacts(
			docstatus=self.docstatus,
			open_approvals=len(self.approvals_in(needs.OPEN)),
			rejected_approvals=len(self.approvals_in(needs.REJECTED)),
			granted_approvals=len(self.approvals_in(needs.APPROVED)),
			ordered_stock=fsum(line.ordered for line in self.lines),
			delivered_stock=fsum(line.delivered for line in self.lines),
			locked_stock=fsum(line.locked for line in self.lines),
			draft_pick_lists=sum(pick.state == "Draft" for pick in self.pick_lists),
			picked_open_stock=fsum(lock.qty for lock in self.locks if lock.pick_list in picked),
			unconfirmed_deliveries=sum(not delivery.is_confirmed for delivery in self.deliveries),
		)
