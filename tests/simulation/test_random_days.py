"""Random days of a company made of nothing but the rules: what they decide keeps every invariant.

Who gets what is decided by the rules (`allocation`, `serving`, `picking`); the company below only remembers,
and refuses what takes more than is free. The checker that judges the site judges it after every step.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sales_wh_flow.audit.rules import invariants
from sales_wh_flow.audit.rules.evidence import (
	BinEvidence,
	EventEvidence,
	Evidence,
	LineEvidence,
	LockEvidence,
	OrderEvidence,
)
from sales_wh_flow.base.quantities import is_less, open_qty, rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.order.rules.stages import stage_of
from sales_wh_flow.order.rules.status import derive
from sales_wh_flow.order.rules.status_facts import StatusFacts
from sales_wh_flow.picking.rules import picking
from sales_wh_flow.stock_lock.rules import allocation, serving
from sales_wh_flow.stock_lock.rules.facts import PickFacts, WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import (
	CLASSES,
	FROM_GIVE_UP_AND_SHARE,
	ServingClassFacts,
	ServingPolicyFacts,
)

STEP = {"BOLT": 0.0, "OIL": 0.0, "PIN": 6.0}
"""Items, and the whole boxes in which one of them is sold; oil comes in fractions."""
PLACES = ("Hamburg", "Munich")
OPEN, HELD, CLOSED, CANCELLED = "To Deliver", "On Hold", "Closed", "Cancelled"
MONDAY = datetime(2026, 1, 5)


@dataclass
class Line:
	row: str
	idx: int
	item: str
	place: str
	ordered: float
	delivered: float = 0.0
	held: float = 0.0
	picked: float = 0.0
	waits: bool = True

	@property
	def key(self):
		return (self.item, self.place)

	@property
	def missing(self):
		return open_qty(self.ordered, self.delivered, self.held) if self.waits else 0.0

	def facts(self):
		return LineFacts(
			self.row,
			self.idx,
			self.item,
			self.ordered,
			self.place,
			self.delivered,
			self.held,
			is_lockable=self.waits,
			is_whole_number=self.item != "OIL",
			step_stock=STEP[self.item],
		)


@dataclass
class Order:
	name: str
	group: str
	policy: str
	since: datetime
	lines: list[Line]
	status: str = OPEN
	shipped: list[tuple[Line, float]] = field(default_factory=list)


items = st.sampled_from(sorted(STEP))
places = st.sampled_from(PLACES)
quantities = st.one_of(st.integers(1, 12).map(float), st.integers(1, 120).map(lambda tenths: tenths * 0.1))
groups = st.sampled_from(CLASSES)
some = st.integers(0, 50)


class RandomDay(RuleBasedStateMachine):
	def __init__(self):
		super().__init__()
		self.on_hand = defaultdict(float)
		self.orders: list[Order] = []
		self.events = defaultdict(float)
		self.now = MONDAY
		classes = tuple(ServingClassFacts(group, group) for group in CLASSES)
		self.policy = ServingPolicyFacts(
			"policy", ageing_days=3, must_takes_from=FROM_GIVE_UP_AND_SHARE, classes=classes
		)

	# what is there

	def held(self, key):
		return rounded(sum(line.held for order in self.orders for line in order.lines if line.key == key))

	def free(self):
		return {
			(item, place): rounded(self.on_hand[item, place] - self.held((item, place)))
			for item in STEP
			for place in PLACES
		}

	def whole(self, item, qty):
		return qty if item == "OIL" else float(int(qty) or 1)

	def order_at(self, at):
		return self.orders[at % len(self.orders)]

	def change(self, order, line, qty):
		"""The lock of a line grows or shrinks; each change is one event."""
		line.held = rounded(line.held + qty)
		line.picked = min(line.picked, line.held)
		self.events[order.name, line.row, line.item, line.place] += qty

	def let_go(self, order):
		for line in order.lines:
			if line.held:
				self.change(order, line, -line.held)

	def lock(self, order):
		plan = allocation.plan([line.facts() for line in order.lines], self.free(), order.policy)
		for grant in plan.grants:
			(line,) = (line for line in order.lines if line.row == grant.row)
			self.change(order, line, grant.qty_stock)

	# stock

	@rule(item=items, place=places, qty=quantities)
	def receive(self, item, place, qty):
		self.on_hand[item, place] = rounded(self.on_hand[item, place] + self.whole(item, qty))

	@rule(item=items, place=places, qty=quantities, is_moved=st.booleans())
	def take(self, item, place, qty, is_moved):
		qty = self.whole(item, qty)
		if is_less(self.free()[item, place], qty):
			return
		self.on_hand[item, place] = rounded(self.on_hand[item, place] - qty)
		if is_moved:
			other = PLACES[1 - PLACES.index(place)]
			self.on_hand[item, other] = rounded(self.on_hand[item, other] + qty)

	@rule(item=items, place=places, qty=quantities)
	def count(self, item, place, qty):
		if not self.held((item, place)):
			self.on_hand[item, place] = self.whole(item, qty)

	# orders

	@rule(
		rows=st.lists(st.tuples(items, places, quantities), min_size=1, max_size=4),
		group=groups,
		policy=st.sampled_from(allocation.PARTIAL_POLICIES),
	)
	def order(self, rows, group, policy):
		name = f"SO-{len(self.orders) + 1}"
		lines = [
			Line(
				f"{name}-{idx}",
				idx,
				item,
				place,
				self.whole(item, qty) * (STEP[item] or 1),
			)
			for idx, (item, place, qty) in enumerate(rows, 1)
		]
		self.orders.append(Order(name, group, policy, self.now, lines))
		self.lock(self.orders[-1])

	@precondition(lambda self: self.orders)
	@rule(at=some, row=some, qty=quantities)
	def edit(self, at, row, qty):
		"""Update Items: a line keeps its place and what it holds, as far as it still needs it."""
		order = self.order_at(at)
		line = order.lines[row % len(order.lines)]
		wanted = self.whole(line.item, qty) * (STEP[line.item] or 1)
		if order.status != OPEN or is_less(wanted, line.delivered):
			return
		line.ordered = wanted
		too_much = rounded(line.held - open_qty(line.ordered, line.delivered))
		if too_much > 0:
			self.change(order, line, -too_much)
		self.lock(order)

	@precondition(lambda self: self.orders)
	@rule(at=some, status=st.sampled_from([CLOSED, CANCELLED, HELD, OPEN]), gives_back=st.booleans())
	def change_status(self, at, status, gives_back):
		order = self.order_at(at)
		if order.status == CANCELLED or (status == CANCELLED and order.shipped):
			return
		order.status = status
		if status in (CLOSED, CANCELLED) or (status == HELD and gives_back):
			self.let_go(order)
		if status == OPEN:
			self.lock(order)

	@precondition(lambda self: self.orders)
	@rule(at=some)
	def release(self, at):
		"""By hand: the lines wait for nothing any more."""
		order = self.order_at(at)
		self.let_go(order)
		for line in order.lines:
			line.waits = False

	@precondition(lambda self: self.orders)
	@rule(at=some)
	def expire(self, at):
		self.let_go(self.order_at(at))

	@rule(days=st.integers(1, 10))
	def time_passes(self, days):
		self.now += timedelta(days=days)

	@rule(backwards=st.booleans())
	def serve(self, backwards):
		"""All waiting demand at once, by policy; in whatever order it is read."""
		by_name = {order.name: order for order in self.orders}
		by_row = {line.row: line for order in self.orders for line in order.lines}
		waiting = [
			WaitingLine(
				order=order.name,
				row=line.row,
				item_code=line.item,
				warehouse=line.place,
				qty_stock=line.missing,
				since=order.since,
				is_whole_number=line.item != "OIL",
				locked_stock=line.held,
				step_stock=STEP[line.item],
				customer_group=order.group,
				ordered_stock=line.ordered,
			)
			for order in self.orders
			if order.status == OPEN
			for line in order.lines
			if line.missing > 0
		]
		lines = serving.classified(waiting, [self.policy], {}, self.now)
		plan = serving.share_free(lines[::-1] if backwards else lines, self.free())
		assert plan == serving.share_free(lines, self.free())
		for grant in plan.grants:
			assert not is_less(by_row[grant.row].missing, grant.qty_stock), "more than it waits for"
			self.change(by_name[grant.order], by_row[grant.row], grant.qty_stock)

	# goods leave and come back

	@precondition(lambda self: self.orders)
	@rule(at=some, missing=st.sampled_from([0.0, 0.0, 1.0]))
	def pick(self, at, missing):
		"""A Pick List of what is locked and on no list yet; some of it may not be found."""
		order = self.order_at(at)
		locked = [PickFacts(*line.key, line.row, line.held) for line in order.lines if line.held]
		listed = [PickFacts(*line.key, line.row, line.picked) for line in order.lines if line.picked]
		rows = {line.row: line for line in order.lines}
		for pick in picking.plan_picking(locked, listed):
			line = rows[pick.sales_order_item]
			line.picked = rounded(line.picked + max(pick.qty_stock - missing, 0.0))
			assert not is_less(line.held, line.picked), "more picked than locked"

	@precondition(lambda self: self.orders)
	@rule(at=some)
	def deliver(self, at):
		order = self.order_at(at)
		for line in order.lines:
			qty = line.picked
			if qty > 0 and order.status == OPEN:
				line.picked = 0.0
				line.delivered = rounded(line.delivered + qty)
				self.on_hand[line.key] = rounded(self.on_hand[line.key] - qty)
				self.change(order, line, -qty)
				order.shipped.append((line, qty))

	@precondition(lambda self: any(order.shipped for order in self.orders))
	@rule(at=some, is_restored=st.booleans())
	def take_back(self, at, is_restored):
		"""A return, or a cancelled delivery, which gives the order its lock back while it is open."""
		shipped = [order for order in self.orders if order.shipped]
		order = shipped[at % len(shipped)]
		line, qty = order.shipped.pop()
		line.delivered = rounded(line.delivered - qty)
		self.on_hand[line.key] = rounded(self.on_hand[line.key] + qty)
		if is_restored and order.status == OPEN:
			self.change(order, line, qty)

	# what is true after every step

	@invariant()
	def all_is_well(self):
		found = invariants.judge(self.evidence())
		assert not found, found

	def evidence(self):
		pairs = [(order, line) for order in self.orders for line in order.lines]
		return Evidence(
			bins=tuple(
				BinEvidence(*key, self.on_hand[key], self.on_hand[key], self.held(key)) for key in self.free()
			),
			locks=tuple(
				LockEvidence(
					*(f"SRE-{line.row}", *line.key, order.name, line.row, line.held),
					line_item=line.item,
					order_docstatus=2 if order.status == CANCELLED else 1,
					order_status=order.status,
				)
				for order, line in pairs
				if line.held
			),
			lines=tuple(
				LineEvidence(
					*(order.name, line.row, line.idx, *line.key, line.ordered, line.delivered),
					written_stock=line.held,
					counted_stock=line.held,
					waiting_stock=line.missing if order.status == OPEN else 0.0,
					waits=line.waits and order.status == OPEN,
				)
				for order, line in pairs
				if order.status not in (CLOSED, CANCELLED)
			),
			events=tuple(EventEvidence(*key, qty) for key, qty in self.events.items()),
			orders=tuple(self.status(order) for order in self.orders),
		)

	def status(self, order):
		facts = StatusFacts(
			2 if order.status == CANCELLED else 1,
			order.status,
			ordered_stock=sum(line.ordered for line in order.lines),
			delivered_stock=sum(line.delivered for line in order.lines),
			locked_stock=sum(line.held for line in order.lines),
			picked_open_stock=sum(line.picked for line in order.lines),
		)
		stage = stage_of(derive(facts), facts)
		return OrderEvidence(order.name, derive(facts), facts, stage.key)


TestRandomDays = RandomDay.TestCase
TestRandomDays.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
