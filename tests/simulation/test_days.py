"""Whole days of a company in memory: nothing is promised twice, nothing gets lost."""

from dataclasses import replace
from random import Random

import pytest

from sales_wh_flow.approval.rules import needs
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow_demo import days, events, outgoing, sample, story
from sales_wh_flow_demo.checker import BrokenInvariant, Checker
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_state import SUBMITTED

SEEDS = (1, 7, 42, 2026)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_month_keeps_every_invariant_after_each_event(seed):
	checker = Checker()
	world = days.run(sample.generate(seed), checker)
	checker.check_all(world)
	assert checker.checks > len(world.events)


@pytest.mark.parametrize("seed", SEEDS)
def test_events_add_up_to_the_state_of_the_orders(seed):
	world = days.run(sample.generate(seed, orders=120))
	figures = fold(world.events)
	for name, state in world.orders.items():
		assert figures.status[name] == state.status
		for line in state.lines if state.docstatus == SUBMITTED else ():
			told = figures.lines[name, line.row]
			assert (told.locked, told.delivered, told.waiting) == (line.locked, line.delivered, line.waiting)


def test_the_same_seed_tells_the_same_story():
	first, second = (story.tell(days.run(sample.generate(7, orders=60)).events) for _run in range(2))
	assert list(story.printed(first)) == list(story.printed(second))


def test_another_seed_tells_another_story():
	first, second = (story.tell(days.run(sample.generate(seed, orders=20)).events) for seed in (7, 8))
	assert list(story.printed(first)) != list(story.printed(second))


@pytest.mark.parametrize("seed", SEEDS)
def test_more_stock_never_lowers_the_fill_rate(seed):
	"""Of every Bin of the same company; routing may choose otherwise, but not worse."""
	data = sample.generate(seed, orders=110)
	fills = []
	for factor in (1, 2, 4):
		stock = tuple(row if row.serial_no else replace(row, qty=row.qty * factor) for row in data.stock)
		fills.append(fold(days.run(replace(data, stock=stock)).events).fill_at_submit())
	assert fills == sorted(fills)


@pytest.mark.parametrize("seed", SEEDS)
def test_steps_in_any_order_keep_every_invariant(seed):
	"""Orders, deliveries, decisions, picks, dispatches and cancellations as chance has them."""
	rng = Random(seed)
	data = sample.generate(seed, orders=80)
	checker = Checker()
	world = World(data, checker)
	world.today = data.orders[0].date
	orders, purchases = list(data.orders), list(data.purchases[:400])
	for _step in range(600):
		states = list(world.orders.values())
		step = rng.choice(("order", "order", "receive", "decide", "pick", "confirm", "dispatch", "cancel"))
		if step == "order" and orders:
			world.write(orders.pop(0))
		elif step == "receive" and purchases:
			world.receive([purchases.pop(rng.randrange(len(purchases)))])
		elif states:
			_random_step(world, step, rng.choice(states), rng)
	checker.check_all(world)
	assert {"Cancelled", "Delivered", "Dispatched"} & {state.status for state in world.orders.values()}


def _random_step(world, step, state, rng):
	if step == "decide":
		for asked in (it for it in state.approvals_in(needs.OPEN) if it.state == needs.OPEN):
			answer = rng.choice((needs.APPROVED, needs.APPROVED, needs.REJECTED))
			world.decide(state, asked, "Somebody Else", (asked.need.approver_role,), answer)
	elif step == "pick" and state.docstatus == SUBMITTED:
		outgoing.make_pick_lists(world, state)
	elif step in ("confirm", "dispatch"):
		for pick_list in state.pick_lists:
			if pick_list.state == {"confirm": "Draft", "dispatch": "Picked"}[step]:
				{"confirm": outgoing.confirm_pick, "dispatch": outgoing.dispatch}[step](world, pick_list)
	elif step == "cancel":
		try:
			world.cancel(state, "Somebody", "changed their mind")
		except RuleViolation as refused:
			assert refused.code == "cannot_cancel"


def test_no_order_is_submitted_while_it_owes_an_approval():
	world, state = _world_with_open_approval()
	with pytest.raises(RuleViolation, match="approval_missing"):
		world.submit(state)
	assert state.docstatus == 0


def test_the_author_may_not_decide_on_their_own_order():
	world, state = _world_with_open_approval()
	asked = state.approvals_in(needs.OPEN)[0]
	with pytest.raises(RuleViolation, match="own_order"):
		world.decide(state, asked, state.order.author, (asked.need.approver_role,), needs.APPROVED)
	assert asked.state == needs.OPEN


def test_the_last_approval_submits_the_order():
	world, state = _world_with_open_approval()
	for asked in state.approvals_in(needs.OPEN):
		world.decide(state, asked, "Somebody Else", (asked.need.approver_role,), needs.APPROVED)
	assert state.docstatus == SUBMITTED


def _world_with_open_approval():
	data = sample.generate(7)
	world = World(data, Checker())
	world.today = data.orders[0].date
	for order in data.orders:
		state = world.write(order)
		if state.approvals_in(needs.OPEN):
			return world, state
	raise AssertionError("the sample has no order that owes an approval")


def test_a_cancelled_order_serves_who_waits_for_its_goods():
	data = sample.generate(7, orders=1)
	order = data.orders[0]
	rival = replace(order, name="RIVAL", customer=data.customers[-1].name)
	world = World(replace(data, approval_rules=(), purchases=()), Checker())
	world.today = order.date
	states = [world.write(replace(candidate, lines=order.lines)) for candidate in (order, rival)]
	for _more in range(40):
		states.append(world.write(replace(rival, name=f"RIVAL-{len(states)}")))
	first = next(state for state in states if any(line.locked for line in state.lines))
	had = sum(line.waiting for state in states for line in state.lines)
	world.cancel(first, "Somebody", "changed their mind")
	served = [event for event in world.events if isinstance(event, events.StockLocked) and event.cause]
	assert served and sum(line.waiting for state in states for line in state.lines) < had


def test_the_checker_sees_stock_that_is_promised_twice():
	checker = Checker()
	world = days.run(sample.generate(7, orders=5), checker)
	lots = next(iter(world.stock.lots.values()))
	lot = next(iter(lots.values()))
	lot.locked = lot.on_hand + 1
	with pytest.raises(BrokenInvariant, match="locked"):
		checker.check_all(world)


def test_the_checker_sees_demand_that_got_lost():
	checker = Checker()
	world = days.run(sample.generate(7, orders=30), checker)
	state = next(state for state in world.orders.values() if state.docstatus == SUBMITTED)
	state.lines[0].waiting += 1
	with pytest.raises(BrokenInvariant, match="waiting"):
		checker.check_all(world)


def test_what_comes_in_goes_to_who_waits_longest_with_the_same_due_date():
	data = sample.generate(7, orders=1)
	item = next(item for item in data.items if item.is_whole_number and not item.tracking)
	place = data.warehouses[0].name
	line = replace(data.orders[0].lines[0], item=item.code, qty=10.0, uom=item.uom)
	order = replace(data.orders[0], lines=(line,))
	world = World(
		replace(data, stock=(), approval_rules=(), routing_rules=(), warehouses=data.warehouses[:1]),
		Checker(),
	)
	world.today = order.date
	first = world.write(replace(order, name="B-FIRST"))
	world.today = order.date.replace(day=order.date.day + 1)
	second = world.write(replace(order, name="A-SECOND"))
	world.receive([replace(data.purchases[0], item=item.code, warehouse=place, qty=15.0)])
	assert (first.lines[0].locked, second.lines[0].locked) == (10, 5)
