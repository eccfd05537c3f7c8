"""Who loses what a count did not find: the lowest class first, of a class the latest order first."""

from dataclasses import replace
from datetime import datetime

from sales_wh_flow.stock_lock.rules import losing
from sales_wh_flow.stock_lock.rules.facts import HeldLine
from sales_wh_flow.stock_lock.rules.serving import LEVELS
from sales_wh_flow.stock_lock.rules.serving_policy import (
	GIVE_UP,
	KEEP,
	MUST,
	ServingClassFacts,
	ServingPolicyFacts,
)

POLICY = ServingPolicyFacts(
	name="P", classes=(ServingClassFacts("Hospitals", MUST), ServingClassFacts("Shops", GIVE_UP))
)


def lock(name: str, qty: float = 5, day: int = 1, **values) -> HeldLine:
	facts = {"item_code": "Nail", "warehouse": "North", "qty_stock": qty, "since": datetime(2026, 1, day)}
	return HeldLine(lock=name, order=name, row=name, **{**facts, **values})


def lost(held: list[HeldLine], missing: float) -> dict[str, float]:
	in_turn = losing.first_to_lose(held, [POLICY], {})
	return losing.losses(in_turn, {("Nail", "North"): missing})


def test_the_latest_order_of_a_class_loses_first():
	assert lost([lock("A", day=1), lock("B", day=2), lock("C", day=3)], 7) == {"C": 5, "B": 2}


def test_the_lowest_class_loses_before_a_later_order_of_a_higher_one():
	held = [
		lock("shop", day=1, customer_group="Shops"),
		lock("other", day=2),
		lock("hospital", day=3, customer_group="Hospitals"),
	]

	assert lost(held, 6) == {"shop": 5, "other": 1}


def test_who_is_named_in_no_class_is_kept_before_those_who_may_give_up():
	levels = {it.lock: it.level for it in losing.first_to_lose([lock("A")], [POLICY], {})}

	assert levels == {"A": LEVELS[KEEP]}


def test_the_outcome_does_not_depend_on_the_order_in_which_locks_are_read():
	held = [lock("A", day=2), lock("B", day=2), lock("C", day=1)]

	assert lost(held, 8) == lost(held[::-1], 8)


def test_what_stays_is_whole_units():
	boxes = replace(lock("A", qty=10), step_stock=4)

	assert lost([boxes], 3) == {"A": 6}  # a box of four stays


def test_named_pieces_go_as_one():
	assert lost([replace(lock("A"), is_one_piece=True)], 1) == {"A": 5}


def test_another_shelf_loses_nothing():
	held = [lock("A", warehouse="South"), lock("B")]

	assert lost(held, 3) == {"B": 3}


def test_nobody_loses_more_than_is_held():
	assert lost([lock("A"), lock("B")], 50) == {"A": 5, "B": 5}
