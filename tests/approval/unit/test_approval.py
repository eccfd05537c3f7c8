"""Which approvals an order owes, and who may give them."""

from dataclasses import replace
from datetime import date

import pytest

from sales_wh_flow.approval.rules.facts import (
	ApprovalFacts,
	ApprovalNeed,
	ApprovalRuleFacts,
	CreditFacts,
	OrderFacts,
)
from sales_wh_flow.approval.rules.needs import (
	APPROVED,
	CREDIT_EXPOSURE,
	DISCOUNT,
	OPEN,
	REJECTED,
	SUPERSEDED,
	check_may_decide,
	evaluate,
	fingerprint,
	in_scope,
	missing,
	outdated,
)
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.order.rules.facts import LineFacts

CREDIT = ApprovalRuleFacts("Credit 100 %", CREDIT_EXPOSURE, 100, "Credit Controller")
DISCOUNT_10 = ApprovalRuleFacts("Discount 10 %", DISCOUNT, 10, "Sales Manager")


def line(idx=1, qty=10, rate=9.0, list_rate=10.0, item="PUMP", **facts):
	return LineFacts(
		f"row-{idx}",
		idx,
		item,
		qty,
		rate_base=rate,
		amount_base=rate * qty,
		list_amount_base=list_rate * qty,
		**facts,
	)


def order(*lines, **facts):
	given = {
		"name": "SO-1",
		"company": "Nord",
		"customer": "Meyer",
		"author": "sue@nord.example",
		"customer_groups": ("Retail", "All Customer Groups"),
		"currency": "EUR",
		"lines": lines or (line(),),
		"total_base": sum(line.amount_base for line in lines),
	}
	return OrderFacts(**{**given, **facts})


def credit_order(total, limit, outstanding=0.0):
	return order(total_base=total, credit=CreditFacts(limit, outstanding))


@pytest.mark.parametrize(
	("total", "limit", "outstanding", "threshold", "measured", "allowed"),
	[
		(1001, 1000, 0, 100, 1001, 1000),
		(1, 1000, 1000, 100, 1001, 1000),
		(0.01, 1000, 1000, 100, 1000.01, 1000),
		(500, 1000, 301, 80, 801, 800),
		(500, 1000, 801, 130, 1301, 1300),
		(0, 1000, 1500, 100, 1500, 1000),  # a free order of a customer over the limit
	],
)
def test_credit_asks_when_outstanding_and_order_exceed_the_allowed_share_of_the_limit(
	total, limit, outstanding, threshold, measured, allowed
):
	(need,) = evaluate(credit_order(total, limit, outstanding), [replace(CREDIT, threshold=threshold)])
	assert (need.rule, need.criterion, need.approver_role) == (
		"Credit 100 %",
		CREDIT_EXPOSURE,
		"Credit Controller",
	)
	assert (need.measured, need.allowed, need.unit) == (measured, allowed, "amount")
	assert need.detail == (("limit", limit), ("outstanding", outstanding), ("order", total))
	assert need.amount_base == total


@pytest.mark.parametrize(
	("total", "limit", "outstanding", "threshold"),
	[
		(1000, 1000, 0, 100),  # exactly the limit
		(400, 1000, 600, 100),
		(0.1, 0.3, 0.2, 100),  # 0.1 + 0.2 is more than 0.3 only to a computer
		(1100, 1000, 0, 110),  # and 1000 * 1.1 is more than 1100
		(900, 1000, -500, 100),  # the customer has money with us
	],
)
def test_credit_asks_nothing_up_to_the_limit(total, limit, outstanding, threshold):
	assert evaluate(credit_order(total, limit, outstanding), [replace(CREDIT, threshold=threshold)]) == ()


@pytest.mark.parametrize("limit", [0, 0.0, -1])
def test_a_customer_without_a_limit_is_never_over_it(limit):
	assert evaluate(credit_order(1_000_000, limit, 500_000), [CREDIT]) == ()


def test_an_order_in_a_foreign_currency_is_measured_in_base_amounts():
	"""1,000 USD at 0.90 are 900 EUR: within a limit of 950 EUR, and a discount of 5 % in either currency."""
	usd = order(
		line(qty=10, rate=90.0, list_rate=94.74),
		currency="USD",
		total_base=900,
		credit=CreditFacts(950, 0),
	)
	assert evaluate(usd, [CREDIT, DISCOUNT_10]) == ()
	(need,) = evaluate(replace(usd, credit=CreditFacts(899, 0)), [CREDIT])
	assert (need.measured, need.allowed) == (900, 899)


@pytest.mark.parametrize(
	("lines", "measured", "line_idx", "order_pct"),
	[
		([line(rate=8.9)], 11, 1, 11),
		([line(1), line(2, rate=8.5)], 15, 2, 12.5),
		([line(1, rate=5), line(2, rate=5)], 50, 1, 50),  # the first of equals is named
		([line(2, rate=5), line(1, rate=5)], 50, 1, 50),
		([line(1, 1000, rate=10), line(2, 1, rate=0)], 100, 2, 0.0999),  # one free sample
		([line(rate=8.99)], 10.1, 1, 10.1),
		([line(rate=8.9999)], 10.001, 1, 10.001),
	],
)
def test_discount_asks_when_one_line_is_sold_too_far_below_its_list_price(
	lines, measured, line_idx, order_pct
):
	(need,) = evaluate(order(*lines), [DISCOUNT_10])
	assert (need.measured, need.allowed, need.unit) == (measured, 10, "%")
	detail = dict(need.detail)
	assert detail == {"order_pct": order_pct, "line_pct": measured, "line": line_idx, "item": "PUMP"}


@pytest.mark.parametrize(
	"lines",
	[
		[line(rate=9)],  # exactly ten percent
		[line(rate=8.9999999)],  # ten percent and noise
		[line(rate=10)],
		[line(rate=12)],  # dearer than listed
		[line(list_rate=0)],  # no list price, no discount
		[line(rate=0, list_rate=0)],
		[line(qty=0)],
	],
	ids=[
		"limit",
		"noise",
		"list price",
		"surcharge",
		"no list price",
		"free without list price",
		"no quantity",
	],
)
def test_discount_asks_nothing_up_to_its_threshold_or_without_a_list_price(lines):
	assert evaluate(order(*lines), [DISCOUNT_10]) == ()


def test_a_line_without_a_list_price_neither_hides_nor_causes_a_discount():
	unlisted = line(1, rate=5, list_rate=0)
	(need,) = evaluate(order(unlisted, line(2, rate=8)), [DISCOUNT_10])
	assert dict(need.detail) == {"order_pct": 20, "line_pct": 20, "line": 2, "item": "PUMP"}


def test_any_discount_is_asked_for_when_the_threshold_is_zero():
	rule = replace(DISCOUNT_10, threshold=0)
	assert evaluate(order(line(rate=10)), [rule]) == ()
	assert evaluate(order(line(rate=9.99)), [rule])[0].measured == 0.1


def test_two_rules_that_one_order_hits_both_ask_in_the_order_of_their_names():
	both = order(line(rate=5), total_base=50, credit=CreditFacts(40, 0))
	stricter = replace(DISCOUNT_10, name="Discount 20 %", threshold=20, approver_role="Director")
	needs = evaluate(both, [stricter, DISCOUNT_10, CREDIT])
	assert [(need.rule, need.approver_role) for need in needs] == [
		("Credit 100 %", "Credit Controller"),
		("Discount 10 %", "Sales Manager"),
		("Discount 20 %", "Director"),
	]


def test_an_order_owes_nothing_without_rules():
	assert evaluate(credit_order(1_000_000, 1), []) == ()


@pytest.mark.parametrize(
	("scope", "expected"),
	[
		({}, True),
		({"company": "Nord"}, True),
		({"company": "Sued"}, False),
		({"customer_group": "Retail"}, True),
		({"customer_group": "All Customer Groups"}, True),  # a parent group counts
		({"customer_group": "Wholesale"}, False),
		({"company": "Nord", "customer_group": "Wholesale"}, False),
		({"company": "Sued", "customer_group": "Retail"}, False),
		({"company": "Nord", "customer_group": "Retail"}, True),
	],
	ids=str,
)
def test_a_rule_speaks_only_of_its_company_and_customer_group(scope, expected):
	rule = replace(DISCOUNT_10, **scope)
	assert in_scope(order(), rule) is expected
	assert bool(evaluate(order(line(rate=1)), [rule])) is expected


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


def need(rule):
	return ApprovalNeed(rule, DISCOUNT, "Sales Manager", 15, 10, "%")


def approval(rule="Discount 10 %", state=OPEN, digest=NOW, **facts):
	given = {"author": "sue@nord.example", "approver_role": "Sales Manager"}
	return ApprovalFacts("APR-1", rule, state, digest, **{**given, **facts})


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


def test_an_approver_who_is_not_the_author_may_decide():
	assert check_may_decide(approval(), "max@nord.example", {"Sales Manager", "Employee"}) is None


@pytest.mark.parametrize("state", [APPROVED, REJECTED, SUPERSEDED])
def test_an_approval_is_decided_once(state):
	with pytest.raises(RuleViolation) as refused:
		check_may_decide(approval(state=state), "max@nord.example", {"Sales Manager"})
	assert refused.value.code == "already_decided"
	assert refused.value.data == {"approval": "APR-1", "state": state}


@pytest.mark.parametrize("roles", [(), {"Sales User"}, ["sales manager"]])
def test_only_the_role_that_was_asked_may_decide(roles):
	with pytest.raises(RuleViolation) as refused:
		check_may_decide(approval(), "max@nord.example", roles)
	assert refused.value.code == "not_an_approver"
	assert refused.value.data == {"approval": "APR-1", "role": "Sales Manager"}


def test_the_author_may_not_decide_on_the_own_order():
	with pytest.raises(RuleViolation) as refused:
		check_may_decide(approval(), "sue@nord.example", {"Sales Manager"})
	assert refused.value.code == "own_order"


def test_the_author_may_decide_where_the_rule_allows_it():
	own = approval(allows_own_order=True)
	assert check_may_decide(own, "sue@nord.example", {"Sales Manager"}) is None


def test_allowing_the_own_order_gives_no_role():
	with pytest.raises(RuleViolation, match="not_an_approver"):
		check_may_decide(approval(allows_own_order=True), "sue@nord.example", {"Sales User"})
