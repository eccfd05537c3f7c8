"""What is due at the door, and which amounts are written down."""

import pytest

from sales_wh_flow.delivery.rules import money
from sales_wh_flow.delivery.rules.money import MoneyTaken
from sales_wh_flow.delivery.rules.receipt import Receipt, RowReceipt
from sales_wh_flow.packing.rules.collect import RowWorth

WORTHS = {"a": 300.0, "b": 200.0}
ALL = (RowReceipt("a", 3, 0), RowReceipt("b", 2, 0), RowReceipt("paid before", 1, 0))


@pytest.mark.parametrize(
	("rows", "due"),
	[
		(ALL, 250),
		((RowReceipt("a", 1, 2, "Damaged"), ALL[1]), 150),
		((RowReceipt("a", 0, 3, "Damaged"), ALL[1]), 100),
		((RowReceipt("a", 0, 0), RowReceipt("b", 0, 0)), 0),
	],
	ids=["all", "a part", "one row", "nobody there"],
)
def test_what_is_due_is_what_the_accepted_goods_bear_of_it(rows, due):
	assert money.due_for(250, WORTHS, rows) == due


@pytest.mark.parametrize(("refused", "due"), [("paid", 50), ("open", 0)])
def test_goods_of_an_order_that_was_paid_meanwhile_are_not_paid_for(refused, due):
	"""Two orders of 50 in a box, one was paid since."""
	worths = {"paid": RowWorth("A", 50.0), "open": RowWorth("B", 50.0)}
	rows = [RowReceipt(row, row != refused, row == refused) for row in worths]
	assert money.due_for(50, money.borne_by_rows(worths, {"A": 0.0, "B": 50.0}), rows) == due
	assert money.borne_by_rows(worths, {}) == {"paid": 50.0, "open": 50.0}


def test_nothing_is_due_where_nothing_is_to_be_collected():
	assert money.due_for(0, WORTHS, ALL) == 0 and money.due_for(250, {}, ALL) == 0


@pytest.mark.parametrize(
	("outcome", "taken", "refused"),
	[
		("Accepted", MoneyTaken(250, "Cash"), []),
		("Accepted", MoneyTaken(200, "Cash"), ["money_differs"]),
		("Accepted", MoneyTaken(300, "Cash"), ["money_differs"]),
		("Accepted", MoneyTaken(200, "Cash", "", "No change"), []),
		("Accepted", MoneyTaken(0), ["money_differs"]),
		("Accepted", MoneyTaken(0, "", "", "Pays tomorrow"), []),
		("Accepted", MoneyTaken(250), ["mode_of_payment_missing"]),
		("Accepted", MoneyTaken(-1, "Cash", "", "typing"), ["money_below_nothing"]),
		("Refused", MoneyTaken(250, "Cash"), ["money_for_nothing"]),
		("Refused", MoneyTaken(0), []),
	],
)
def test_an_amount_other_than_what_is_due_needs_its_reason(outcome, taken, refused):
	assert [it.code for it in money.problems_of("BOX-1", Receipt(outcome, ALL), 250, taken)] == refused


def test_a_reason_is_asked_against_what_the_phone_showed_and_of_nobody_who_left_the_door():
	found = Receipt("Accepted", ALL)
	assert not [*money.problems_of("BOX-1", found, 0, MoneyTaken(100, "Cash", due=100))]
	(other,) = money.problems_of("BOX-1", found, 100, MoneyTaken(100, "Cash", due=80))
	assert other.data == {"box": "BOX-1", "taken": 100, "due": 80}
	assert not [*money.problems_of("BOX-1", found, 80, MoneyTaken(100, "Cash"), is_late=True)]


def test_no_money_is_taken_where_nothing_is_to_be_collected_nor_was_said_to_be():
	found, tip = Receipt("Accepted", ALL), MoneyTaken(500, "Cash", reason="x")
	(why,) = money.problems_of("BOX-1", found, 0, tip, is_late=True)
	assert (why.code, why.data) == ("nothing_to_collect", {"box": "BOX-1", "taken": 500})
	assert not [*money.problems_of("BOX-1", found, 0, tip, is_kept=True)]


@pytest.mark.parametrize(("shown", "due"), [(0.50, 0.50), (0.52, 0.52), (0.49, 0.51), (None, 0.51)])
def test_a_phone_that_rounds_a_part_to_the_other_cent_is_right(shown, due):
	assert money.agreed(0.51, MoneyTaken(0.5, "Cash", due=shown)) == due
	assert money.agreed(0.51, None) == 0.51


def test_a_box_that_was_left_for_less_is_told_of():
	assert money.too_little("BOX-1", 250, None).data == {"box": "BOX-1", "taken": 0, "due": 250}
	assert money.too_little("BOX-1", 250, MoneyTaken(249.99, "Cash")) is not None
	assert money.too_little("BOX-1", 250, MoneyTaken(250, "Cash")) is None


@pytest.mark.parametrize(
	("amount", "parts"),
	[
		(500, {"one": 200, "two": 300}),
		(250, {"one": 200, "two": 50}),
		(0, {"one": 0, "two": 0}),
		(510.01, {"one": 200, "two": 310.01}),
	],
)
def test_one_amount_for_several_boxes_is_lost_nowhere(amount, parts):
	assert money.split(amount, {"one": 200, "two": 300, "paid before": 0}) == {**parts, "paid before": 0}
