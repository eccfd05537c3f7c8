"""What an approval was given for: the fingerprint of an order, and who may decide."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.approval.rules.facts import (
	ApprovalFacts,
	CreditFacts,
)
from sales_wh_flow.approval.rules.needs import (
	APPROVED,
	OPEN,
	REJECTED,
	SUPERSEDED,
	evaluate,
	fingerprint,
	missing,
	outdated,
)
from tests.approval.approval_facts import DISCOUNT_10, line, need, order

BASE = order(line(1), line(2, 4, item="HOSE"), terms=(("payment_terms", "30 days"), ("address", "Kiel")))


@pytest.mark.parametrize(
	"changed",
	[
		replace(BASE, customer="Schulz"),
		replace(BASE, company="Sued"),
		replace(BASE, currency="USD"),
		replace(BASE, total_base=BASE.total_base + 0.01),
		replace(BASE, terms=(("payment_terms", "90 days"), ("address", "Kiel"))),
		replace(BASE, terms=()),
		replace(BASE, lines=(line(1, 11), line(2, 4, item="HOSE"))),
		replace(BASE, lines=(line(1, rate=8.99), line(2, 4, item="HOSE"))),
		replace(BASE, lines=(line(1, list_rate=10.01), line(2, 4, item="HOSE"))),
		replace(BASE, lines=(line(1, item="VALVE"), line(2, 4, item="HOSE"))),
		replace(BASE, lines=(line(1),)),
		replace(BASE, lines=()),
		replace(BASE, due=date(2026, 3, 1)),
		replace(BASE, notes=(("instructions", "call first"),)),
		replace(BASE, lines=(*BASE.lines, line(3, 1, rate=0, list_rate=0, item="GIFT"))),
	],
	ids=[
		"customer",
		"company",
		"currency",
		"total",
		"payment terms",
		"no terms",
		"quantity",
		"price",
		"list price",
		"item",
		"line gone",
		"all lines gone",
		"delivery date",
		"instructions",
		"free line added",
	],
)
def test_a_material_change_gives_another_fingerprint(changed):
	assert fingerprint(changed) != fingerprint(BASE)


@pytest.mark.parametrize(
	"same",
	[
		replace(BASE, name="SO-1-1"),
		replace(BASE, author="someone@nord.example"),
		replace(BASE, credit=CreditFacts(1, 1)),
		replace(BASE, customer_groups=()),
		replace(BASE, terms=BASE.terms[::-1]),
		replace(BASE, lines=BASE.lines[::-1]),
		replace(BASE, lines=tuple(replace(row, warehouse="Kiel", locked_stock=1) for row in BASE.lines)),
		replace(BASE, lines=(line(1, 7), line(2, 3), line(3, 4, item="HOSE"))),
		replace(BASE, lines=(line(1, 10.0), line(2, 4.0, item="HOSE"))),
	],
	ids=[
		"name",
		"author",
		"credit",
		"group",
		"terms order",
		"line order",
		"warehouse",
		"split",
		"int or float",
	],
)
def test_what_an_approver_does_not_judge_leaves_the_fingerprint_alone(same):
	assert fingerprint(same) == fingerprint(BASE)


def test_the_list_price_of_a_very_cheap_piece_is_seen():
	"""0.004 and 0.003 a piece are both nothing when rounded to cents, but not in a thousand."""
	screws = line(1, 1000, rate=0.003, list_rate=0.004)
	assert fingerprint(order(screws)) != fingerprint(order(replace(screws, list_amount_base=3.0)))


def test_the_price_of_a_very_cheap_piece_is_seen_though_the_total_stays():
	before = order(line(1, 1000, rate=0.004), line(2, 1000, rate=0.003, item="NUT"), total_base=7)
	after = order(line(1, 1000, rate=0.003), line(2, 1000, rate=0.004, item="NUT"), total_base=7)
	assert fingerprint(before) != fingerprint(after)


def test_a_split_does_not_change_a_list_amount_that_ends_in_half_a_cent():
	"""2.675 * 5 and 2.675 * 2 + 2.675 * 3 differ in the last bit, on either side of half a cent."""
	assert round(2.675 * 5, 2) != round(2.675 * 2 + 2.675 * 3, 2)
	whole = order(line(1, 5, list_rate=2.675), total_base=45)
	parts = order(line(1, 2, list_rate=2.675), line(2, 3, list_rate=2.675), total_base=45)
	assert fingerprint(whole) == fingerprint(parts)


def test_a_fingerprint_is_short_text_that_stays_the_same_between_runs():
	assert fingerprint(BASE) == fingerprint(BASE)
	assert len(fingerprint(BASE)) == 32
	assert set(fingerprint(BASE)) <= set("0123456789abcdef")


NOW, BEFORE = "digest-now", "digest-before"


def approval(rule="Discount 10 %", state=OPEN, digest=NOW, **facts):
	return ApprovalFacts("APR-1", rule, state, digest, **facts)


@pytest.mark.parametrize(
	("approvals", "is_missing"),
	[
		([], True),
		([approval(state=OPEN)], True),
		([approval(state=REJECTED)], True),
		([approval(state=SUPERSEDED)], True),
		([approval(state=APPROVED, digest=BEFORE)], True),  # the order changed after it
		([approval("Another rule", APPROVED)], True),
		([approval(state=APPROVED)], False),
		([approval(state=REJECTED, digest=BEFORE), approval(state=APPROVED)], False),
	],
	ids=[
		"none",
		"open",
		"rejected",
		"superseded",
		"changed since",
		"another rule",
		"approved",
		"asked again",
	],
)
def test_only_an_approval_of_this_very_order_answers_a_need(approvals, is_missing):
	needs = [need("Discount 10 %")]
	assert missing(needs, approvals, NOW) == (tuple(needs) if is_missing else ())


def test_one_approval_does_not_answer_two_rules():
	needs = [need("Discount 10 %"), need("Discount 20 %")]
	assert missing(needs, [approval(state=APPROVED)], NOW) == (needs[1],)


def test_an_order_changed_after_approval_owes_it_again():
	rules = [DISCOUNT_10]
	seen = order(line(rate=8))
	given = [approval(state=APPROVED, digest=fingerprint(seen))]
	assert missing(evaluate(seen, rules), given, fingerprint(seen)) == ()

	changed = order(line(rate=7))
	assert len(missing(evaluate(changed, rules), given, fingerprint(changed))) == 1
	assert outdated(evaluate(changed, rules), given, fingerprint(changed)) == tuple(given)


@pytest.mark.parametrize(
	("given", "is_outdated"),
	[
		(approval(), False),
		(approval(digest=BEFORE), True),
		(approval(state=APPROVED), False),
		(approval(state=APPROVED, digest=BEFORE), True),
		(approval(state=REJECTED), False),
		(approval(state=REJECTED, digest=BEFORE), True),  # a changed order may ask again
		(approval(state=SUPERSEDED, digest=BEFORE), False),
		(approval("A rule no longer hit"), True),
		(approval("A rule no longer hit", APPROVED), False),  # what was decided stays on record
		(approval("A rule no longer hit", REJECTED), False),
	],
)
def test_an_approval_is_outdated_when_the_order_changed_or_no_longer_owes_it(given, is_outdated):
	assert outdated([need("Discount 10 %")], [given], NOW) == ((given,) if is_outdated else ())
