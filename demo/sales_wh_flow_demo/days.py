"""The company's days: what each person does in the morning, during the day and in the evening."""

from collections.abc import Callable
from datetime import date, timedelta

from sales_wh_flow.approval.rules import needs
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow_demo import approvers, coming_back, outgoing
from sales_wh_flow_demo import events as ev
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.world import World
from sales_wh_flow_demo.world_books import ARRIVE, CONFIRM, DECIDE, DISPATCH, PICK, REVISE
from sales_wh_flow_demo.world_state import Approval, OrderState

EXPRESS_WORDS = ("Express", "Timed", "City")
"""A service with one of these words is picked on the day it is locked, every other the working day after."""


def run(
	data: DataSet,
	watch: Callable[[World], None] | None = None,
	last_day: date | None = None,
	progress: Callable[[date, int], None] | None = None,
	hear: Callable[[ev.Event], None] | None = None,
) -> World:
	"""The world after every day from the first order to the last one, or to ``last_day``."""
	world = World(data, watch, hear)
	if not data.orders:
		return world
	day = data.orders[0].date
	last_day = last_day or data.orders[-1].date
	while day <= last_day:
		run_day(world, day)
		if progress:
			progress(day, len(world.orders))
		day += timedelta(days=1)
	return world


def run_day(world: World, today: date) -> None:
	world.today = today
	confirm_deliveries(world)
	if today.weekday() < 5:
		dispatch_picked(world)
		receive_due(world)
		decide_open(world)
		revise_refused(world)
	for order in world.orders_of.get(today, ()):
		world.write(order)
	if today.weekday() < 5:
		confirm_picks(world)
		start_picks(world)


def confirm_deliveries(world: World) -> None:
	for state in world.tasks.of(ARRIVE):
		for delivery in state.deliveries:
			if delivery.arrives <= world.today and not (delivery.is_confirmed or delivery.is_refused):
				coming_back.arrive(world, state, delivery)


def dispatch_picked(world: World) -> None:
	for state in world.tasks.of(DISPATCH):
		for pick_list in state.pick_lists:
			if pick_list.state == "Picked":
				outgoing.dispatch(world, pick_list)


def receive_due(world: World) -> None:
	"""Takes in what was expected up to today, one delivery after the other."""
	for purchases in world.arrivals.due(world.today).values():
		world.receive(purchases)


def decide_open(world: World) -> None:
	"""What was asked before today is decided by the first person with the role who may."""
	for state in world.tasks.of(DECIDE):
		could = False
		for asked in state.approvals_in(needs.OPEN):
			if asked.state == needs.OPEN:  # a refusal sets the others aside
				could = decide(world, state, asked) or could
		if not could:  # the same people would be barred tomorrow, too
			world.tasks.drop(DECIDE, state)


def decide(world: World, state: OrderState, asked: Approval) -> bool:
	"""Whether somebody could decide. Who is barred is told in the story."""
	need = asked.need
	answer, comment = approvers.verdict(need.criterion, need.measured, need.allowed)
	for person in approvers.holders(world.data.people, need.approver_role):
		try:
			world.decide(state, asked, person.name, person.roles, answer, comment)
		except RuleViolation as refused:
			barred = ev.ApprovalBarred(
				world.today, state.order.name, asked.name, need.rule, person.name, refused.code
			)
			world.record(barred)
		else:
			return True
	return False


def revise_refused(world: World) -> None:
	"""Where a discount was refused before today and delivery is not yet pressing, the author offers less."""
	for state in world.tasks.of(REVISE):
		refused = state.approvals_in(needs.REJECTED)
		is_discount = any(asked.need.criterion == needs.DISCOUNT for asked in refused)
		has_time = (state.order.due - world.today).days >= 4
		if not (is_discount and has_time):
			world.tasks.drop(REVISE, state)
		elif not state.approvals_in(needs.OPEN):
			world.revise(state, approvers.REVISED_DISCOUNT)


def confirm_picks(world: World) -> None:
	"""The pick lists made before today's."""
	for state in world.tasks.of(CONFIRM):
		for pick_list in state.pick_lists:
			if pick_list.state == "Draft":
				outgoing.confirm_pick(world, pick_list)


def start_picks(world: World) -> None:
	for state in world.tasks.of(PICK):
		is_express = any(word in state.order.service for word in EXPRESS_WORDS)
		if is_express or (state.submitted_on and state.submitted_on < world.today):
			outgoing.make_pick_lists(world, state)
