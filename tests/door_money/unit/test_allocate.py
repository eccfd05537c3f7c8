"""What money that was handed in pays."""

import pytest

from sales_wh_flow.door_money.rules.allocate import MoneyOfProof, OpenDebt, TakenFor, allocate, by_payment

INVOICE, ORDER = (
	OpenDebt("Sales Invoice", "INV-1", 100, ("SO-1",)),
	OpenDebt("Sales Order", "SO-2", 50, ("SO-2",)),
)


@pytest.mark.parametrize(
	("amount", "parts"),
	[(80, [80]), (100, [100]), (120.5, [100, 20.5]), (170, [100, 50]), (0, [])],
)
def test_invoices_are_paid_first_and_never_more_than_is_owed(amount, parts):
	paid, left = allocate(amount, [TakenFor(amount, ("SO-1", "SO-2"))], [INVOICE, ORDER])
	assert [it.amount for it in paid] == parts
	assert sum(it.amount for it in left) == 150 - sum(parts)


def test_money_pays_the_order_it_was_taken_for_and_only_what_is_over_another():
	claims = [TakenFor(50, ("SO-2",)), TakenFor(30, ("SO-1",))]
	assert [it.amount for it in allocate(80, claims, [INVOICE, ORDER])[0]] == [30, 50]
	paid, left = allocate(70, [TakenFor(70, ("SO-2",)), TakenFor(70, ("SO-1", "SO-2"))], [INVOICE, ORDER])
	assert [it.amount for it in paid] == [20, 50]
	assert [it.amount for it in left] == [80, 0]


def test_a_debt_that_is_none_is_left_out():
	overpaid, claims = OpenDebt("Sales Order", "SO-1", -5, ("SO-1",)), [TakenFor(10, ("SO-1", "SO-2"))]
	assert allocate(10, claims, [overpaid, ORDER])[0] == [OpenDebt("Sales Order", "SO-2", 10, ("SO-2",))]


def test_cash_of_a_customer_is_one_payment_and_each_card_slip_its_own():
	def taken(proof, customer="Ada", mode="Cash", slip=""):
		return MoneyOfProof(proof, "Co", customer, mode, slip, 10, ("SO-1",), 10, ("SO-1",))

	rows = [taken("a"), taken("b"), taken("c", mode="Card", slip="7"), taken("d", customer="Bea")]
	rows.append(taken("e", mode="Card", slip="8"))
	groups = [[row.proof for row in group] for group in by_payment(rows)]
	assert groups == [["a", "b"], ["c"], ["d"], ["e"]]
