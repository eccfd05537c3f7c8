"""What holds however orders wait, whatever comes in, and whoever may take from whom."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.quantities import rounded
from sales_wh_flow.stock_lock.rules import confirmation, serving
from sales_wh_flow.stock_lock.rules.allocation import FULL_LINES, FULL_ORDER, PARTIAL_POLICIES, WHAT_IS_THERE
from sales_wh_flow.stock_lock.rules.facts import HeldLine, WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import (
	CLASSES,
	MUST,
	ORDERS_BY,
	ServingClassFacts,
	ServingPolicyFacts,
)

NOW = datetime(2026, 3, 10)
BINS = (("BOLT", "Berlin"), ("BOLT", "Hamburg"), ("OIL", "Berlin"))
GROUPS = ("Key", "Shops", "Web")

quantities = st.integers(1, 400).map(lambda tenths: tenths * 0.1)
stocks = st.fixed_dictionaries({key: st.integers(-20, 600).map(lambda tenths: tenths * 0.1) for key in BINS})
classes = st.builds(
	ServingClassFacts,
	customer_group=st.sampled_from(("", *GROUPS)),
	serving_class=st.sampled_from(CLASSES),
	priority=st.integers(0, 3),
	take=st.sampled_from(("", *PARTIAL_POLICIES)),
)
policies = st.builds(
	ServingPolicyFacts,
	order_by=st.sampled_from(ORDERS_BY),
	ageing_days=st.integers(0, 9),
	classes=st.lists(classes, max_size=4).map(tuple),
)


@st.composite
def waiting(draw):
	"""Up to twelve lines of up to five orders; an item is counted whole or not wherever it lies."""
	lines = []
	for at in range(draw(st.integers(1, 12))):
		order = draw(st.integers(1, 5))
		item, warehouse = draw(st.sampled_from(BINS))
		is_whole = item == "BOLT"
		qty = draw(quantities)
		lines.append(
			WaitingLine(
				order=f"SO-{order}",
				row=f"row-{at}",
				item_code=item,
				warehouse=warehouse,
				qty_stock=float(max(int(qty), 1)) if is_whole else qty,
				is_whole_number=is_whole,
				step_stock=draw(st.sampled_from((0.0, 0.0, 3.0))) if is_whole else 0.0,
				company="Acme",
				customer_group=GROUPS[order % 3],
				since=NOW - timedelta(days=order * 4),
				due=NOW + timedelta(days=draw(st.integers(-5, 20))),
			)
		)
	return lines


@st.composite
def waiting_with_bundles(draw):
	"""The same and up to three bundles of two components each, some of which are locked already."""
	lines = draw(waiting())
	for at in range(draw(st.integers(0, 3))):
		ordered, order = draw(st.integers(1, 9)), draw(st.integers(1, 5))
		for part, (item, warehouse) in enumerate(
			draw(st.lists(st.sampled_from(BINS), min_size=2, max_size=2))
		):
			per_bundle = float(draw(st.integers(1, 3)))
			locked = draw(st.integers(0, ordered - 1)) * per_bundle
			lines.append(
				WaitingLine(
					order=f"SO-{order}",
					row=f"part-{at}-{part}",
					item_code=item,
					warehouse=warehouse,
					qty_stock=ordered * per_bundle - locked,
					is_whole_number=item == "BOLT",
					step_stock=draw(st.sampled_from((0.0, 1.0))),
					company="Acme",
					customer_group=GROUPS[order % 3],
					since=NOW - timedelta(days=order * 4),
					due=NOW + timedelta(days=order),
					locked_stock=locked,
					bundle=f"line-{at}",
					per_bundle=per_bundle,
				)
			)
	return lines


@st.composite
def holders(draw):
	found = []
	for at in range(draw(st.integers(0, 5))):
		item, warehouse = draw(st.sampled_from(BINS))
		found.append(
			HeldLine(
				f"L-{at}",
				f"SO-{90 + at}",
				f"held-{at}",
				item,
				warehouse,
				float(draw(st.integers(1, 20))),
				company="Acme",
				since=NOW - timedelta(days=at),
				level=draw(st.integers(0, 1)),
				step_stock=draw(st.sampled_from((0.0, 3.0))),
				is_one_piece=draw(st.booleans()),
			)
		)
	return found


def ready(lines, policy, now=NOW):
	return serving.classified(lines, [policy], {group: (group,) for group in GROUPS}, now)


@given(waiting_with_bundles(), stocks, policies, holders())
def test_never_more_than_there_is_than_is_asked_and_than_is_held(lines, free, policy, donors):
	plan = serving.share_free(ready(lines, policy), free, donors)

	given_out, cut, lost = defaultdict(float), defaultdict(float), defaultdict(float)
	for grant in plan.grants:
		given_out[grant.bin_key] += grant.qty_stock
		assert grant.qty_stock > 0
	for it in plan.cuts:
		cut[it.held.bin_key] += it.qty_stock
		lost[it.held.lock] += it.qty_stock
		assert it.qty_stock > 0
	for key in BINS:
		assert rounded(given_out[key] - cut[key] - max(free[key], 0.0)) <= 0
	asked = {line.row: line.qty_stock for line in lines}
	assert len({grant.row for grant in plan.grants}) == len(plan.grants)
	assert all(rounded(grant.qty_stock - asked[grant.row]) <= 0 for grant in plan.grants)
	assert all(rounded(lost[held.lock] - held.qty_stock) <= 0 for held in donors)


@given(st.data(), waiting_with_bundles(), stocks, policies, holders())
def test_the_plan_does_not_depend_on_the_order_in_which_things_are_told(data, lines, free, policy, donors):
	plan = serving.share_free(ready(lines, policy), free, donors)
	shuffled = serving.share_free(
		ready(data.draw(st.permutations(lines)), policy), free, data.draw(st.permutations(donors))
	)

	assert shuffled == plan


@given(waiting_with_bundles(), stocks, policies)
def test_whole_lines_and_whole_orders_are_never_given_in_part(lines, free, policy):
	known = ready(lines, policy)
	granted = {grant.row: grant.qty_stock for grant in serving.share_free(known, free).grants}

	for line in known:
		got = granted.get(line.row, 0.0)
		if line.take != WHAT_IS_THERE:
			assert got in (0.0, rounded(line.qty_stock))
	for order in {line.order for line in known if line.take == FULL_ORDER}:
		of_order = [line.row in granted for line in known if line.order == order]
		assert all(of_order) or not any(of_order)


@given(waiting_with_bundles(), stocks, policies, holders())
def test_no_component_is_given_that_completes_no_bundle(lines, free, policy, donors):
	got = {
		grant.row: grant.qty_stock for grant in serving.share_free(ready(lines, policy), free, donors).grants
	}
	for bundle in {line.bundle for line in lines if line.bundle}:
		parts = [line for line in lines if line.bundle == bundle]
		held = {line.row: line.locked_stock + got.get(line.row, 0.0) for line in parts}
		made = min(held[line.row] / line.per_bundle for line in parts)
		for line in (line for line in parts if line.row in got):
			rounding = 1.0 if line.is_whole_number else 1e-6
			assert held[line.row] <= max(made * line.per_bundle, line.locked_stock) + rounding


@given(waiting(), stocks, policies)
def test_whole_units_stay_whole(lines, free, policy):
	known = {line.row: line for line in ready(lines, policy)}
	for grant in serving.share_free(known.values(), free).grants:
		line = known[grant.row]
		if line.is_whole_number and rounded(grant.qty_stock - line.qty_stock):
			step = line.step_stock or 1.0
			assert rounded(grant.qty_stock / step) == round(grant.qty_stock / step)


@given(waiting(), stocks, policies)
def test_only_stock_nobody_can_use_is_left_while_somebody_waits(lines, free, policy):
	known = ready(lines, policy)
	grants = serving.share_free(known, free).grants
	got, left = defaultdict(float), {key: max(qty, 0.0) for key, qty in free.items()}
	for grant in grants:
		got[grant.row] += grant.qty_stock
		left[grant.bin_key] -= grant.qty_stock
	for line in known:
		missing = rounded(line.qty_stock - got[line.row])
		if missing > 0 and line.take == WHAT_IS_THERE:
			assert rounded(left[line.bin_key]) < (line.step_stock or (1.0 if line.is_whole_number else 1e-9))
		if missing > 0 and line.take == FULL_LINES:
			assert rounded(left[line.bin_key] - missing) < 0


@given(waiting(), stocks, policies)
def test_under_unchanged_stock_a_plan_is_confirmed_as_it_is(lines, free, policy):
	known = ready(lines, policy)
	plan = serving.share_free(known, free)

	assert confirmation.confirmed(plan.grants, known, free) == plan.grants


@given(waiting_with_bundles(), stocks, stocks, policies)
def test_what_is_confirmed_never_exceeds_what_is_left(lines, free, later, policy):
	known = ready(lines, policy)
	kept = confirmation.confirmed(serving.share_free(known, free).grants, known, later)

	total = defaultdict(float)
	for grant in kept:
		total[grant.bin_key] += grant.qty_stock
	assert all(rounded(total[key] - max(later[key], 0.0)) <= 0 for key in BINS)


@given(
	st.sampled_from(CLASSES), st.integers(1, 9), st.sampled_from(PARTIAL_POLICIES), st.sampled_from(ORDERS_BY)
)
def test_nobody_waits_for_ever_while_bigger_customers_order_every_day(own_class, ageing, take, order_by):
	"""Each day five pieces come in and two Must orders over ten arrive; a small order of twelve ends."""
	policy = ServingPolicyFacts(
		ageing_days=ageing,
		order_by=order_by,
		classes=(ServingClassFacts("Key", MUST, 9), ServingClassFacts("Web", own_class, 0, take)),
	)
	lines = [_line("SO-small", "Web", 12.0, NOW)]
	for day in range(1, 120):
		now = NOW + timedelta(days=day)
		lines += [_line(f"SO-{day}-{at}", "Key", 10.0, now) for at in (1, 2)]
		got = {
			grant.row: grant.qty_stock
			for grant in serving.share_free(ready(lines, policy, now), {BINS[2]: 5.0}).grants
		}
		lines = [
			replace(line, qty_stock=rounded(line.qty_stock - got.get(line.row, 0.0)))
			for line in lines
			if rounded(line.qty_stock - got.get(line.row, 0.0)) > 0
		]
		if all(line.order != "SO-small" for line in lines):
			return
	raise AssertionError("the small order still waits after 120 days")


def _line(order, group, qty, since):
	return WaitingLine(
		order=order,
		row=order,
		item_code="OIL",
		warehouse="Berlin",
		qty_stock=qty,
		company="Acme",
		customer_group=group,
		since=since,
		due=since + timedelta(days=1),
	)
