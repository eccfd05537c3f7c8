"""When an order may be invoiced, in plain Python."""

from datetime import date

import pytest

from sales_wh_flow.billing.rules.may_invoice import LineToBill, OrderToBill, may_invoice, too_early
from sales_wh_flow.billing.rules.money import (
	MoneyFigures,
	PromiseFacts,
	money_state,
	promise_state,
)
from sales_wh_flow.billing.rules.policies import BillingPolicyFacts, billing_policy_of, first_day

TODAY = date(2026, 11, 25)


def policy(moment="On Dispatch", **values):
	given = {"name": "P", "company": "", "customer_group": "", "invoice_per": "Order", "period": "Month"}
	return BillingPolicyFacts(**{**given, "moment": moment, "draft_by_itself": True, **values})


def line(row="a", ordered=10.0, left=0.0, proved=0.0, billed=0.0, **values):
	return LineToBill(row, 1, ordered, left, proved, billed, **values)


def order(*lines, **values):
	return OrderToBill("SO-1", "Acme", "Kim", "Retail", lines or (line(),), **values)


@pytest.mark.parametrize(
	("moment", "of", "expected"),
	[
		("On Order", line(), 10),
		("On Order", line(billed=4), 6),
		("On Dispatch", line(left=7), 7),
		("On Dispatch", line(left=7, billed=7), None),
		("On Dispatch", line(left=7, billed=3, drafted=4), None),
		("On Proof", line(left=7), None),
		("On Proof", line(left=7, proved=5), 5),
		("On Dispatch", line(left=7, is_billed_in_full=True), None),
		("On Dispatch", line(by_supplier=True), None),
		("On Proof", line(left=7, by_supplier=True), 7),
	],
)
def test_what_has_reached_its_moment_and_is_on_no_invoice_may_be_invoiced(moment, of, expected):
	answer = may_invoice(order(of), policy(moment), with_drafts=True)
	assert answer.qty == ({"a": expected} if expected else {})


def test_services_wait_for_the_goods_of_their_order():
	service = line("s", 1, is_goods=False)
	waiting = may_invoice(order(line(left=9), service), policy(), with_drafts=True)
	assert waiting.qty == {"a": 9}
	complete = may_invoice(order(line(left=10), service), policy(), with_drafts=True)
	assert complete.qty == {"a": 10, "s": 1}


def test_an_order_of_which_a_supplier_sends_all_waits_for_no_proof():
	answer = may_invoice(order(line(by_supplier=True)), policy("On Proof"), with_drafts=True)
	assert answer.code == "has_not_left"


def test_an_order_of_services_alone_may_be_invoiced_at_once():
	answer = may_invoice(order(line("s", 1, is_goods=False)), policy("On Proof"), with_drafts=True)
	assert answer.qty == {"s": 1}


@pytest.mark.parametrize(
	("of", "by", "code"),
	[
		(order(docstatus=0), policy(), "not_submitted"),
		(order(held="On Hold"), policy("On Order"), "order_is_held"),
		(order(is_waiting_for_approval=True), policy("On Order"), "waits_for_approval"),
		(order(), None, "no_policy"),
		(order(), policy(), "has_not_left"),
		(order(line(left=10)), policy("On Proof"), "is_not_proved"),
		(order(line(billed=10)), policy("On Order"), "all_is_invoiced"),
		(order(line(ordered=0)), policy(), "all_is_invoiced"),
		(order(line(billed=10, short=20.0)), policy(), "invoiced_for_less"),
		(order(line(left=10, billed=5, is_billed_in_full=True)), policy(), "amount_is_reached"),
		(order(line(drafted=10)), policy("On Order"), "is_drafted"),
		(order(line(left=8, drafted=10)), policy(), "draft_is_too_high"),
		(order(line(drafted=10)), policy(), "has_not_left"),
		(order(line(ordered=8, billed=8, to_credit=2)), policy(), "credit_is_due"),
		(order(line(left=8, billed=4, drafted=2, to_credit=2)), policy(), "may_be_invoiced"),
		(order(line(left=1)), policy(), "may_be_invoiced"),
	],
)
def test_an_order_says_why_it_may_not_be_invoiced(of, by, code):
	assert may_invoice(of, by, with_drafts=True).code == code


@pytest.mark.parametrize(("drafted", "too_high"), [(4, {}), (10, {"a": (1, 10, 8)}), (12, {"a": (1, 12, 8)})])
def test_an_order_says_by_how_much_its_drafts_are_too_high(drafted, too_high):
	assert may_invoice(order(line(left=8, drafted=drafted)), policy(), True).too_high == too_high


@pytest.mark.parametrize(
	("wanted", "early"),
	[(5, ()), (6, ((1, 6, 5),)), (10, ((1, 10, 5),))],
)
def test_an_invoice_over_more_than_has_left_is_too_early(wanted, early):
	found = too_early(order(line(left=7, billed=2)), policy(), {"a": wanted})
	assert found == early


def test_the_narrowest_policy_speaks():
	for_all, for_company = policy(name="all"), policy(name="company", company="Acme")
	for_group, nearer = (
		policy(name="group", customer_group="All"),
		policy(name="near", customer_group="Retail"),
	)
	other = policy(name="other", company="Other", customer_group="Retail")
	groups = ("Retail", "All")
	everything = [for_all, for_company, for_group, nearer, other]
	assert billing_policy_of(everything, "Acme", groups) == nearer
	assert billing_policy_of([for_all, for_company, for_group], "Acme", groups) == for_group
	assert billing_policy_of([for_all, for_company], "Acme", groups) == for_company
	assert billing_policy_of([other], "Acme", groups) is None


@pytest.mark.parametrize(
	("period", "begins"),
	[("Day", date(2026, 11, 25)), ("Week", date(2026, 11, 23)), ("Month", date(2026, 11, 1))],
)
def test_what_was_before_the_period_that_runs_is_over(period, begins):
	assert first_day(period, TODAY) == begins


def figures(invoiced=0.0, paid=0.0, overdue=0.0, **values):
	return MoneyFigures(100.0, invoiced, paid, overdue, **values)


@pytest.mark.parametrize(
	("of", "is_ready", "state"),
	[
		(figures(), False, "Not Invoiced"),
		(figures(), True, "To Invoice"),
		(figures(40), False, "Partly Invoiced"),
		(figures(100, is_billed_in_full=True), False, "Invoiced"),
		(figures(100, 30, is_billed_in_full=True), False, "Partly Paid"),
		(figures(100, 100, is_billed_in_full=True), False, "Paid"),
		(figures(100, 0, 100, is_billed_in_full=True), False, "Overdue"),
		(figures(100, 0, 100, is_billed_in_full=True, promised_until=TODAY), False, "Promised"),
		(figures(100, 0, 100, promised_until=date(2026, 11, 24)), True, "Overdue"),
		(figures(0, 0, is_billed_in_full=True), False, "Nothing to Pay"),
	],
)
def test_the_state_says_what_has_to_be_done_next(of, is_ready, state):
	assert money_state(of, is_ready, TODAY) == state


def test_days_to_cash_run_from_the_order_to_the_last_payment():
	part = figures(100, 50, is_billed_in_full=True, last_paid_on=TODAY, ordered_on=date(2026, 11, 1))
	assert (part.paid_on, part.days_to_cash) == (None, None)
	whole = figures(100, 100, is_billed_in_full=True, last_paid_on=TODAY, ordered_on=date(2026, 11, 1))
	assert (whole.paid_on, whole.days_to_cash) == (TODAY, 24)


BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 26)


@pytest.mark.parametrize(
	("promised_on", "of", "was", "state"),
	[
		(TODAY, figures(100), "Open", "Open"),
		(BEFORE, figures(100), "Open", "Broken"),
		(TODAY, figures(100, 100, last_paid_on=TODAY), "Open", "Kept"),
		(BEFORE, figures(100, 100, last_paid_on=TODAY), "Open", "Broken"),
		(TODAY, figures(40, 40, last_paid_on=TODAY), "Open", "Kept"),
		(TODAY, figures(100, 40, due_on=AFTER, last_paid_on=TODAY), "Open", "Kept"),
		(BEFORE, figures(100, 40, due_on=AFTER, last_paid_on=TODAY), "Kept", "Kept"),
		(BEFORE, figures(100, 40, due_on=BEFORE, last_paid_on=TODAY), "Kept", "Broken"),
		(BEFORE, figures(), "Open", "Broken"),
	],
)
def test_a_promise_is_kept_when_all_that_was_due_by_its_day_was_paid_by_then(promised_on, of, was, state):
	assert promise_state(PromiseFacts(promised_on, date(2026, 11, 1), state=was), of, TODAY) == state


def test_a_promise_that_was_withdrawn_is_neither_kept_nor_broken():
	withdrawn = PromiseFacts(BEFORE, date(2026, 11, 1), is_withdrawn=True)
	assert promise_state(withdrawn, figures(100, 100, last_paid_on=TODAY), TODAY) == "Withdrawn"
