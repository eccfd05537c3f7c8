"""Approval rules under random orders: more never needs less, and order changes nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.approval.rules import needs as approval
from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, CreditFacts, OrderFacts
from sales_wh_flow.order.rules.facts import LineFacts
from tests.order.random_lines import WAREHOUSES, WHOLE_NUMBER

# Approval


@st.composite
def priced_orders(draw):
	"""Orders whose lines carry prices of half cents, some without a list price."""
	lines = []
	for idx in range(1, draw(st.integers(1, 6)) + 1):
		qty = draw(st.integers(1, 50))
		list_rate = draw(st.just(0) | st.integers(1, 1800)) * 5 / 1000
		rate = round(list_rate * draw(st.integers(50, 105)) / 100, 3)
		lines.append(
			LineFacts(
				f"row-{idx}",
				idx,
				draw(st.sampled_from(list(WHOLE_NUMBER))),
				float(qty),
				warehouse=draw(st.sampled_from(WAREHOUSES)),
				rate_base=rate,
				amount_base=rate * qty,
				list_amount_base=list_rate * qty,
			)
		)
	return OrderFacts(
		"SO-1",
		"Nord",
		"Meyer",
		"sue@nord.example",
		customer_groups=("Retail", "All Customer Groups"),
		currency="EUR",
		total_base=sum(line.amount_base for line in lines),
		credit=CreditFacts(draw(st.integers(0, 500)), draw(st.integers(-100, 600))),
		terms=(("payment_terms", draw(st.sampled_from(["30 days", "60 days"]))), ("address", "Kiel")),
		lines=tuple(lines),
	)


@st.composite
def approval_rules(draw):
	return [
		ApprovalRuleFacts(
			name=f"Rule {no}",
			criterion=draw(st.sampled_from(approval.CRITERIA)),
			threshold=draw(st.integers(0, 120)),
			approver_role="Boss",
			company=draw(st.sampled_from(["", "Nord", "Sued"])),
			customer_group=draw(st.sampled_from(["", "Retail", "All Customer Groups", "Wholesale"])),
		)
		for no in range(draw(st.integers(0, 6)))
	]


def owed(order, rules):
	return {need.rule for need in approval.evaluate(order, rules)}


def with_line(order, at, line):
	return replace(order, lines=(*order.lines[:at], line, *order.lines[at + 1 :]))


@given(st.data(), priced_orders(), approval_rules(), st.integers(0, 100))
def test_a_deeper_discount_never_needs_fewer_discount_approvals(data, order, rules, kept_pct):
	"""Credit rules are left out: a cheaper order is rightly a smaller credit risk."""
	rules = [replace(rule, criterion=approval.DISCOUNT) for rule in rules]
	at = data.draw(st.integers(0, len(order.lines) - 1))
	line = order.lines[at]
	cheaper = replace(line, amount_base=line.amount_base * kept_pct / 100)
	assert owed(with_line(order, at, cheaper), rules) >= owed(order, rules)


@given(priced_orders(), approval_rules(), st.integers(0, 1000))
def test_a_larger_exposure_never_needs_fewer_approvals(order, rules, more):
	indebted = replace(
		order, credit=replace(order.credit, outstanding_base=order.credit.outstanding_base + more)
	)
	assert owed(indebted, rules) >= owed(order, rules)


@given(priced_orders(), approval_rules(), st.integers(0, 50))
def test_a_milder_rule_never_asks_where_a_stricter_one_does_not(order, rules, more):
	milder = [replace(rule, threshold=rule.threshold + more) for rule in rules]
	assert owed(order, milder) <= owed(order, rules)


@given(st.data(), priced_orders(), approval_rules())
def test_the_order_of_rules_and_lines_changes_no_approval(data, order, rules):
	needs = approval.evaluate(order, rules)
	assert approval.evaluate(order, data.draw(st.permutations(rules))) == needs
	shuffled = replace(order, lines=tuple(data.draw(st.permutations(order.lines))))
	assert owed(shuffled, rules) == {need.rule for need in needs}


@given(priced_orders(), approval_rules())
def test_a_need_says_truly_that_more_was_measured_than_allowed(order, rules):
	names = {rule.name: rule for rule in rules}
	for need in approval.evaluate(order, rules):
		assert need.error or need.measured > need.allowed
		assert need.approver_role == names[need.rule].approver_role


@given(st.data(), priced_orders())
def test_splitting_lines_over_warehouses_keeps_the_fingerprint(data, order):
	parts = []
	for line in order.lines:
		cut = data.draw(st.integers(0, int(line.qty_stock) - 1))
		for qty in filter(None, (cut, int(line.qty_stock) - cut)):
			share = qty / line.qty_stock
			list_rate = round(line.list_amount_base / line.qty_stock, 3)
			parts.append(
				replace(
					line,
					row=f"row-{len(parts)}",
					idx=len(parts) + 1,
					qty_stock=float(qty),
					warehouse=data.draw(st.sampled_from(WAREHOUSES)),
					amount_base=line.amount_base * share,
					list_amount_base=list_rate * qty,
				)
			)
	split = replace(order, lines=tuple(data.draw(st.permutations(parts))))
	assert approval.fingerprint(split) == approval.fingerprint(order)


@given(st.data(), priced_orders())
def test_a_changed_quantity_price_or_term_changes_the_fingerprint(data, order):
	at = data.draw(st.integers(0, len(order.lines) - 1))
	line = order.lines[at]
	changed = data.draw(
		st.sampled_from(
			[
				with_line(order, at, replace(line, qty_stock=line.qty_stock + 1)),
				with_line(order, at, replace(line, rate_base=line.rate_base + 0.001)),
				with_line(order, at, replace(line, list_amount_base=line.list_amount_base + 0.02)),
				replace(order, total_base=order.total_base + 0.02),
				replace(order, terms=(("payment_terms", "90 days"), ("address", "Kiel"))),
				replace(order, customer="Schulz"),
				replace(order, lines=order.lines[:at] + order.lines[at + 1 :]),
			]
		)
	)
	assert approval.fingerprint(changed) != approval.fingerprint(order)


@given(priced_orders(), approval_rules())
def test_approvals_given_for_an_order_are_enough_for_it_until_it_changes(order, rules):
	needs = approval.evaluate(order, rules)
	digest = approval.fingerprint(order)
	given = [
		approval.ApprovalFacts(f"APR-{no}", need.rule, approval.APPROVED, digest)
		for no, need in enumerate(needs)
	]
	assert approval.missing(needs, given, digest) == ()
	assert approval.outdated(needs, given, digest) == ()

	later = approval.fingerprint(replace(order, total_base=order.total_base + 1))
	assert approval.missing(needs, given, later) == needs  # records without facts cover that very order only
	assert approval.outdated(needs, given, later) == tuple(given)
