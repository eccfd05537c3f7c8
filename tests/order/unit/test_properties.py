"""What holds for every order, whatever its lines, stock and rules."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.order.rules.facts import LineFacts
from sales_wh_flow.routing import rules as routing
from sales_wh_flow.routing.rules import RoutingPolicy, WarehouseFacts
from sales_wh_flow.stock_lock.rules import allocation
from sales_wh_flow.stock_lock.rules.facts import BatchFacts, WaitingLine
from tests.order.random_lines import WAREHOUSES, WHOLE_NUMBER

BINS = tuple((item, warehouse) for warehouse in WAREHOUSES for item in WHOLE_NUMBER)


noisy = st.integers(-200, 3000).map(lambda hundredths: hundredths * 0.01)
"""Quantities as Python computes them: 0.07 * 100 style noise included, some negative."""


free_stock = st.lists(noisy, max_size=len(BINS)).map(lambda stock: dict(zip(BINS, stock, strict=False)))


line_kinds = st.sampled_from(
	[
		*[{}] * 6,
		{"delivered_stock": 2.0},
		{"locked_stock": 3.0},
		{"delivered_stock": 1.0, "locked_stock": 1.0},
		{"delivered_stock": 40.0},
		{"is_stock_item": False},
		{"is_lockable": False},
		{"warehouse": None},
	]
)


@st.composite
def order_lines(draw):
	"""Up to six lines in line order; some delivered, locked, services or not to be locked."""
	lines = []
	for idx in range(1, draw(st.integers(1, 6)) + 1):
		item, warehouse = draw(st.sampled_from(BINS))
		hundredths = draw(st.integers(-200, 3000))
		facts = {
			"row": f"row-{9 - idx}",
			"idx": idx,
			"item_code": item,
			"qty_stock": float(hundredths // 100) if WHOLE_NUMBER[item] else hundredths * 0.01,
			"warehouse": warehouse,
			"is_whole_number": WHOLE_NUMBER[item],
		}
		lines.append(LineFacts(**{**facts, **draw(line_kinds)}))
	return tuple(lines)


policies = st.sampled_from(allocation.PARTIAL_POLICIES)


def needed_of(line):
	return max(rounded(line.qty_stock - line.delivered_stock - line.locked_stock), 0.0)


def wants_a_lock(line):
	return bool(line.is_stock_item and line.is_lockable and line.warehouse and needed_of(line) > 0)


# Allocation


@given(order_lines(), free_stock, policies)
def test_locks_of_a_bin_never_exceed_what_is_free_there(lines, free, policy):
	per_bin = defaultdict(float)
	for grant in allocation.plan(lines, free, policy).grants:
		assert grant.qty_stock > 0
		per_bin[grant.item_code, grant.warehouse] += grant.qty_stock
	for key, locked in per_bin.items():
		assert rounded(locked) <= rounded(free.get(key, 0.0))


@given(order_lines(), free_stock, policies)
def test_each_line_is_locked_or_waits_for_exactly_what_it_needs(lines, free, policy):
	plan = allocation.plan(lines, free, policy)
	locked = {grant.row: grant.qty_stock for grant in plan.grants}
	waiting = {shortage.row: shortage.qty_stock for shortage in plan.shortages}
	assert len(locked) == len(plan.grants) and len(waiting) == len(plan.shortages)
	for line in lines:
		expected = needed_of(line) if wants_a_lock(line) else 0.0
		assert rounded(locked.get(line.row, 0.0) + waiting.get(line.row, 0.0)) == expected
		if line.is_whole_number:
			assert locked.get(line.row, 0.0).is_integer()


@given(order_lines(), free_stock)
def test_full_lines_locks_a_line_whole_or_not_at_all(lines, free):
	plan = allocation.plan(lines, free, allocation.FULL_LINES)
	assert not {grant.row for grant in plan.grants} & {shortage.row for shortage in plan.shortages}


@given(order_lines(), free_stock)
def test_full_order_locks_all_lines_or_none(lines, free):
	plan = allocation.plan(lines, free, allocation.FULL_ORDER)
	assert not (plan.grants and plan.shortages)


@given(order_lines(), free_stock)
def test_full_order_locks_everything_that_could_be_locked_whole(lines, free):
	what_is_there = allocation.plan(lines, free)
	if not what_is_there.shortages:
		assert allocation.plan(lines, free, allocation.FULL_ORDER) == what_is_there


@given(st.data(), order_lines(), free_stock, policies)
def test_the_order_in_which_lines_are_read_changes_no_lock(data, lines, free, policy):
	shuffled = data.draw(st.permutations(lines))
	assert allocation.plan(shuffled, free, policy) == allocation.plan(lines, free, policy)


@given(st.data(), order_lines(), free_stock, st.integers(0, 2000))
def test_more_stock_never_locks_less_when_what_is_there_is_locked(data, lines, free, more):
	key = data.draw(st.sampled_from([(line.item_code, line.warehouse or "") for line in lines]))
	richer = {**free, key: free.get(key, 0.0) + more * 0.01}

	def total(stock):
		return rounded(sum(grant.qty_stock for grant in allocation.plan(lines, stock).grants))

	assert total(richer) >= total(free)


@given(order_lines(), free_stock, policies)
def test_a_second_plan_after_the_first_was_locked_finds_nothing_more(lines, free, policy):
	"""A job that runs twice changes nothing the second time."""
	first = {grant.row: grant for grant in allocation.plan(lines, free, policy).grants}
	left = dict(free)
	for grant in first.values():
		left[grant.item_code, grant.warehouse] -= grant.qty_stock
	locked_lines = [
		replace(line, locked_stock=line.locked_stock + first[line.row].qty_stock)
		if line.row in first
		else line
		for line in lines
	]
	assert allocation.plan(locked_lines, left, policy).grants == ()


@given(noisy, st.lists(noisy, max_size=6))
def test_picked_batches_add_up_to_what_was_asked_or_to_all_there_is(qty, batches):
	entries = [BatchFacts(f"B-{no}", None, free) for no, free in enumerate(batches)]
	picked = allocation.pick_entries(qty, entries)
	there = sum(max(free, 0.0) for free in batches)
	assert rounded(sum(entry.qty_stock for entry in picked)) == pytest.approx(
		max(min(qty, there), 0.0), abs=1e-8
	)
	free = {entry.batch_no: entry.qty_stock for entry in entries}
	assert all(0 < entry.qty_stock <= rounded(free[entry.batch_no]) for entry in picked)


# Waiting demand

START = datetime(2026, 1, 1)


moments = st.none() | st.integers(0, 3).map(lambda days: START + timedelta(days=days))


@st.composite
def waiting_lines(draw):
	count = draw(st.integers(0, 8))
	return [
		WaitingLine(
			order=draw(st.sampled_from(["SO-1", "SO-2", "SO-3", "SO-4"])),
			row=f"row-{row}",
			item_code="BOLT",
			warehouse="Berlin",
			qty_stock=1,
			priority=draw(st.integers(0, 2)),
			due=draw(moments),
			since=draw(moments),
		)
		for row in range(count)
	]


@given(st.data(), waiting_lines())
def test_orders_are_served_in_the_same_order_however_they_were_read(data, lines):
	served = allocation.serving_order(lines)
	assert allocation.serving_order(data.draw(st.permutations(lines))) == served
	assert sorted(served) == sorted({line.order for line in lines})


@given(waiting_lines())
def test_nobody_is_served_before_an_order_with_a_higher_priority(lines):
	highest = defaultdict(int)
	for line in lines:
		highest[line.order] = max(highest[line.order], line.priority)
	priorities = [highest[order] for order in allocation.serving_order(lines)]
	assert priorities == sorted(priorities, reverse=True)


# Routing


@st.composite
def routing_policies(draw):
	"""Candidates in any order, now and then one of them twice."""
	names = draw(st.lists(st.sampled_from(WAREHOUSES), max_size=4))
	coordinates = st.none() | st.integers(-80, 80).map(float)
	candidates = tuple(
		WarehouseFacts(name, draw(st.integers(1, 3)), draw(coordinates), draw(coordinates)) for name in names
	)
	return RoutingPolicy("Rule", candidates, draw(st.integers(-1, 4)))


destinations = st.none() | st.tuples(st.floats(-80, 80), st.floats(-180, 180))


def by_row(parts):
	rows = defaultdict(list)
	for part in parts:
		rows[part.row].append(part)
	return rows


@given(st.data(), order_lines(), free_stock, routing_policies(), destinations)
def test_parts_add_up_and_keep_within_candidates_and_splits(data, lines, free, policy, destination):
	whole_rows = frozenset(data.draw(st.sets(st.sampled_from([line.row for line in lines]))))
	rows = by_row(routing.plan_parts(lines, free, policy, destination, whole_rows))
	names = {candidate.name for candidate in policy.candidates}
	for line in lines:
		parts = rows.pop(line.row, [])
		wanted = max(rounded(line.qty_stock - line.delivered_stock), 0.0) if line.is_stock_item else 0.0
		assert rounded(sum(part.qty_stock for part in parts)) == (wanted if names else 0.0)
		assert len(parts) <= (1 if line.row in whole_rows else max(policy.max_splits, 1))
		assert {part.warehouse for part in parts} <= names
		assert len({part.warehouse for part in parts}) == len(parts)
		assert all(part.qty_stock > 0 for part in parts)
		if line.is_whole_number:
			assert all(part.qty_stock.is_integer() for part in parts)
	assert not rows


@given(order_lines(), free_stock, routing_policies(), destinations)
def test_stock_is_promised_once_and_only_the_named_rest_waits(lines, free, policy, destination):
	"""Enough and split promise stock; only the one part marked short or nothing asks for more."""
	left = {key: max(rounded(qty), 0.0) for key, qty in free.items()}
	items = {line.row: line.item_code for line in lines}
	for row, parts in by_row(routing.plan_parts(lines, free, policy, destination)).items():
		reasons = [part.reason for part in parts]
		assert reasons in (
			[routing.ENOUGH],
			[routing.NOTHING],
			[routing.SHORT, *[routing.SPLIT] * (len(parts) - 1)],
			[routing.SPLIT] * len(parts),
		)
		for part in parts:
			there = left.get((items[row], part.warehouse), 0.0)
			if part.reason in (routing.ENOUGH, routing.SPLIT):
				assert part.qty_stock <= rounded(there)
			assert rounded(part.qty_stock - part.missing_stock) <= rounded(there)
			left[items[row], part.warehouse] = rounded(max(there - part.qty_stock, 0.0))


@given(st.data(), order_lines(), free_stock, routing_policies(), destinations)
def test_routing_does_not_depend_on_the_order_of_lines_or_candidates(data, lines, free, policy, destination):
	shuffled_lines = data.draw(st.permutations(lines))
	shuffled = replace(policy, candidates=tuple(data.draw(st.permutations(policy.candidates))))
	assert routing.plan_parts(shuffled_lines, free, shuffled, destination) == routing.plan_parts(
		lines, free, policy, destination
	)


@given(free_stock, routing_policies(), st.integers(1, 40))
def test_one_more_split_never_promises_less(free, policy, needed):
	line = LineFacts("row-1", 1, "OIL", float(needed))

	def promised(max_splits):
		parts = routing.plan_parts([line], free, replace(policy, max_splits=max_splits))
		stock = (max(free.get(("OIL", part.warehouse), 0.0), 0.0) for part in parts)
		return rounded(sum(min(part.qty_stock, there) for part, there in zip(parts, stock, strict=True)))

	amounts = [promised(max_splits) for max_splits in (1, 2, 3, 4)]
	assert amounts == sorted(amounts)


@given(order_lines(), free_stock, routing_policies())
def test_what_routing_promises_is_locked_whole(lines, free, policy):
	"""The two rules agree: of a routed order, only the parts called short or nothing may wait."""
	origin = {line.row: line for line in lines}
	parts = routing.plan_parts(lines, free, policy)
	routed = [
		replace(
			origin[part.row],
			row=f"part-{idx}",
			idx=idx,
			warehouse=part.warehouse,
			qty_stock=part.qty_stock,
			delivered_stock=0.0,
			locked_stock=0.0,
			is_lockable=True,
		)
		for idx, part in enumerate(parts)
	]
	waiting = {parts[shortage.idx].reason for shortage in allocation.plan(routed, free).shortages}
	assert waiting <= {routing.SHORT, routing.NOTHING}


@given(
	st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.tuples(st.floats(-90, 90), st.floats(-180, 180))
)
def test_a_distance_is_the_same_both_ways_and_at_most_half_the_globe(here, there):
	km = routing.distance_km(here, there)
	assert km == pytest.approx(routing.distance_km(there, here), abs=1e-6)
	assert 0 <= km <= 20015.12


def test_the_quantities_tried_here_carry_float_noise():
	"""Quantities that are all exact would prove nothing about rounding."""
	assert any(hundredths * 0.01 != hundredths / 100 for hundredths in range(3000))
