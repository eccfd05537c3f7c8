"""What money that was handed in pays."""

import pytest

from sales_wh_flow.door_money.rules.allocate import MoneyOfProof, OpenDebt, allocate, by_payment

INVOICE, ORDER = OpenDebt("Sales Invoice", "INV-1", 100), OpenDebt("Sales Order", "SO-2", 50)


@pytest.mark.parametrize(
	("amount", "parts"),
	[(80, [80]), (100, [100]), (120.5, [100, 20.5]), (170, [100, 50]), (0, [])],
)
def test_invoices_are_paid_first_and_never_more_than_is_owed(amount, parts):
	assert [it.amount for it in allocate(amount, [INVOICE, ORDER])] == parts


def test_a_debt_that_is_none_is_left_out():
	assert allocate(10, [OpenDebt("Sales Order", "SO-1", -5), ORDER]) == [OpenDebt("Sales Order", "SO-2", 10)]


def test_cash_of_a_customer_is_one_payment_and_each_card_slip_its_own():
	def taken(proof, customer="Ada", mode="Cash", slip=""):
		return MoneyOfProof(proof, "Co", customer, mode, slip, 10, ("SO-1",))

	rows = [taken("a"), taken("b"), taken("c", mode="Card", slip="7"), taken("d", customer="Bea")]
	rows.append(taken("e", mode="Card", slip="8"))
	groups = [[row.proof for row in group] for group in by_payment(rows)]
	assert groups == [["a", "b"], ["c"], ["d"], ["e"]]
