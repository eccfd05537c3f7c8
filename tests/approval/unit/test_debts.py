"""What is overdue: instalments, and money on account that pays the oldest debt first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.approval.rules.debts import OpenVoucher, Overdue, overdue_debts

TODAY = date(2026, 3, 10)


def ago(days):
	return TODAY - timedelta(days=days)


def test_a_customer_without_debts_owes_nothing():
	assert overdue_debts([], TODAY) == Overdue()


def test_a_part_payment_pays_the_earliest_instalment_first():
	bill = OpenVoucher("A", 700, ago(-30), ((ago(60), 500), (ago(-30), 500)))
	assert overdue_debts([bill], TODAY) == Overdue(200, 1, 60)
	assert overdue_debts([OpenVoucher("A", 500, ago(-30), bill.instalments)], TODAY) == Overdue()


def test_what_is_due_today_is_not_overdue():
	assert overdue_debts([OpenVoucher("A", 100, TODAY)], TODAY) == Overdue()
	assert overdue_debts([OpenVoucher("A", 100, ago(1))], TODAY) == Overdue(100, 1, 1)


def test_more_open_than_the_schedule_says_is_due_with_its_first_instalment():
	"""A charge that a later journal entry put on the invoice."""
	assert overdue_debts([OpenVoucher("A", 120, ago(5), ((ago(5), 100),))], TODAY) == Overdue(120, 1, 5)


def test_money_on_account_pays_the_oldest_debts_first():
	bills = [OpenVoucher("A", 100, ago(40)), OpenVoucher("B", 100, ago(10)), OpenVoucher("C", -130, ago(2))]
	assert overdue_debts(bills, TODAY) == Overdue(70, 1, 10, 130)


amounts = st.floats(-1000, 1000).map(lambda amount: round(amount, 2)).filter(lambda amount: amount != 0)
vouchers = st.lists(
	st.builds(OpenVoucher, st.uuids().map(str), amounts, st.dates(ago(400), ago(-400))), max_size=8
)


@given(vouchers)
def test_what_is_overdue_is_never_more_than_what_is_owed_late_nor_negative(found):
	late = sum(it.open_base for it in found if it.open_base > 0 and it.due < TODAY)
	credit = -sum(it.open_base for it in found if it.open_base < 0)
	result = overdue_debts(found, TODAY)
	assert abs(result.amount_base - max(late - credit, 0)) < 0.01
	assert (result.count > 0) == (result.amount_base > 0) == (result.oldest_days > 0)
