"""Random days on a site: whatever people do, and in whatever order, every invariant holds after each step."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import frappe

from tests.stateful.day import Day
from tests.stateful.goods import LOOSE, UNTRACKED

items = st.integers(0, 4)
untracked = st.sampled_from(UNTRACKED)
warehouses = st.integers(0, 1)
quantities = st.integers(1, 12).map(float)
order_lines = st.lists(st.tuples(st.integers(0, 5), warehouses, quantities), min_size=1, max_size=3)
some = st.integers(0, 50)


class RandomDay(RuleBasedStateMachine):
	"""Orders are addressed by a random number, so that a shorter day stays a day."""

	def __init__(self):
		super().__init__()
		self.day = Day()

	def teardown(self):
		self.day.end()

	@initialize(stock=st.lists(st.tuples(items, warehouses, quantities), min_size=2, max_size=5))
	def opening_stock(self, stock):
		for item, warehouse, qty in stock:
			assert self.day.step(self.receive_, item, warehouse, qty)

	@invariant()
	def all_is_well(self):
		self.day.check()

	# stock

	def receive_(self, item, warehouse, qty):
		self.day.receive(item, warehouse, qty)
		return True

	@rule(item=items, warehouse=warehouses, qty=quantities)
	def receive(self, item, warehouse, qty):
		assert self.day.step(self.receive_, item, warehouse, qty), "stock that comes in is never refused"

	@rule(
		act=st.sampled_from(["issue", "transfer", "ship_free"]),
		item=untracked,
		warehouse=warehouses,
		qty=quantities,
	)
	def take(self, act, item, warehouse, qty):
		"""What is free may be taken, and nothing else."""
		free, _on_hand = self.day.free_and_on_hand(item, warehouse)
		done = self.day.step(lambda: (getattr(self.day, act)(item, warehouse, qty), True))
		assert bool(done) == (qty <= free), f"{act} of {qty} with {free} free"

	@rule(item=untracked, warehouse=warehouses, qty=st.integers(0, 15))
	def count(self, item, warehouse, qty):
		self.day.step(self.day.count, item, warehouse, qty)

	# orders

	@rule(lines=order_lines, is_reduced=st.sampled_from([False, False, False, True]))
	def order(self, lines, is_reduced):
		name = self.day.step(self.day.write, lines, is_reduced)
		assert name, "an order can be written whatever the stock says"
		done = self.day.step(lambda: (self.day.submit(name), True))
		assert bool(done) != is_reduced, "submitted unless it owes an approval"
		if is_reduced:
			assert self.day.step(self.day.ask, name)

	@precondition(lambda self: self.day.orders)
	@rule(at=some, is_granted=st.booleans())
	def decide(self, at, is_granted):
		order = self.pick_of(self.day.orders, at)
		for approval in frappe.get_all(
			"Order Approval", {"sales_order": order, "state": "Open"}, pluck="name"
		):
			refused = self.day.step(lambda: (self.day.decide_as_author(approval, order), True))  # noqa: B023
			assert not refused, "nobody decides about their own order"
			self.day.step(self.day.decide, approval, order, is_granted)

	@precondition(lambda self: self.day.orders)
	@rule(
		act=st.sampled_from(
			["cancel", "press_reserve", "press_unreserve", "release", "expire", "make_picks", "submit"]
		),
		at=some,
	)
	def act_on_order(self, act, at):
		self.day.step(getattr(self.day, act), self.pick_of(self.day.orders, at))

	@precondition(lambda self: len(self.day.orders) > 1)
	@rule(at=some, to=some)
	def give(self, at, to):
		giver, receiver = self.pick_of(self.day.orders, at), self.pick_of(self.day.orders, to)
		if giver != receiver:
			self.day.step(self.day.give, giver, receiver)

	@precondition(lambda self: self.day.orders)
	@rule(at=some, status=st.sampled_from(["Closed", "On Hold", "Draft"]))
	def change_status(self, at, status):
		order = self.pick_of(self.day.orders, at)
		if frappe.db.get_value("Sales Order", order, "docstatus") == 1:
			self.day.step(self.day.set_status, order, status)

	@precondition(lambda self: self.day.orders)
	@rule(at=some, row=some, qty=quantities, how=st.sampled_from(["change_qty", "drop_line", "add_line"]))
	def edit(self, at, row, qty, how):
		order = self.pick_of(self.day.orders, at)
		if frappe.db.get_value("Sales Order", order, "docstatus") == 1:
			args = {"change_qty": (row, qty), "drop_line": (row,), "add_line": (row % LOOSE, qty)}[how]
			self.day.step(getattr(self.day, how), order, *args)

	@rule()
	def serve(self):
		self.day.step(self.day.serve)

	# goods leave and come back

	@precondition(lambda self: self.day.picks)
	@rule(at=some, missing=st.sampled_from([0, 0, 1, 3]))
	def submit_pick(self, at, missing):
		self.day.step(self.day.submit_pick, self.pick_of(self.day.picks, at), missing)

	@precondition(lambda self: self.day.picks)
	@rule(act=st.sampled_from(["deliver_pick", "deliver_pick", "cancel_pick"]), at=some)
	def act_on_pick(self, act, at):
		self.day.step(getattr(self.day, act), self.pick_of(self.day.picks, at))

	@precondition(lambda self: self.day.orders)
	@rule(at=some, share=st.sampled_from([1.0, 0.5, 0.1]))
	def deliver(self, at, share):
		self.day.step(self.day.deliver, self.pick_of(self.day.orders, at), share)

	@precondition(lambda self: self.day.notes)
	@rule(act=st.sampled_from(["take_back", "cancel_note"]), at=some)
	def act_on_note(self, act, at):
		self.day.step(getattr(self.day, act), self.pick_of(self.day.notes, at))

	def pick_of(self, names, at):
		return names[at % len(names)]


TestRandomDays = RandomDay.TestCase
TestRandomDays.settings = settings.get_profile("days")
