"""Who gets the stock that came in, by class, priority, date and age."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sales_wh_flow.stock_lock.rules import confirmation, serving
from sales_wh_flow.stock_lock.rules.allocation import FULL_LINES, FULL_ORDER, turn
from sales_wh_flow.stock_lock.rules.facts import HeldLine, WaitingLine
from sales_wh_flow.stock_lock.rules.serving_policy import (
	BY_AGE,
	BY_PROMISE,
	FROM_GIVE_UP,
	FROM_GIVE_UP_AND_SHARE,
	GIVE_UP,
	KEEP,
	MUST,
	SHARE,
	ServingClassFacts,
	ServingPolicyFacts,
)

NOW = datetime(2026, 3, 10, 12)
BIN = ("PUMP", "Berlin")
GROUPS = {"Clinics": ("Clinics", "Key", "All"), "Shops": ("Shops", "All")}


def waits(order, qty=5.0, group="Shops", since_days=0, due=None, **facts):
	return WaitingLine(
		order=order,
		row=facts.pop("row", f"{order}-1"),
		item_code="PUMP",
		warehouse=facts.pop("warehouse", "Berlin"),
		qty_stock=qty,
		company="Acme",
		customer_group=group,
		since=NOW - timedelta(days=since_days),
		due=due,
		**facts,
	)


def policy(*rows, **facts):
	return ServingPolicyFacts(name="P", classes=tuple(ServingClassFacts(*row) for row in rows), **facts)


def served(lines, free, *policies, donors=(), take="What is there"):
	ready = serving.classified(lines, policies, GROUPS, NOW, take)
	plan = serving.share_free(ready, {BIN: free}, donors)
	return {grant.order: grant.qty_stock for grant in plan.grants}


def test_without_a_policy_the_earlier_promise_is_served_first():
	later, earlier = waits("SO-1", due=datetime(2026, 4, 2)), waits("SO-2", due=datetime(2026, 4, 1))

	assert served([later, earlier], 7) == {"SO-2": 5, "SO-1": 2}


def test_by_age_the_older_order_is_served_first_whatever_was_promised():
	old = waits("SO-1", since_days=9, due=datetime(2026, 5, 1))
	new = waits("SO-2", since_days=1, due=datetime(2026, 4, 1))

	assert served([new, old], 5, policy(order_by=BY_AGE)) == {"SO-1": 5}


def test_must_comes_before_keep_and_give_up_comes_last():
	lines = [waits("SO-1", group="Shops"), waits("SO-2", group="Clinics"), waits("SO-3", group="Other")]
	rules = policy(("Key", MUST), ("Shops", GIVE_UP))

	assert list(served(lines, 15, rules)) == ["SO-2", "SO-3", "SO-1"]


def test_the_narrowest_group_decides_and_an_empty_one_speaks_for_everybody_else():
	rules = policy(("", GIVE_UP), ("All", SHARE), ("Key", MUST, 7))

	assert serving.class_of(rules, GROUPS["Clinics"]) == ServingClassFacts("Key", MUST, 7)
	assert serving.class_of(rules, GROUPS["Shops"]).serving_class == SHARE
	assert serving.class_of(rules, ("Elsewhere",)).serving_class == GIVE_UP


def test_a_companys_own_policy_beats_the_one_of_any_company():
	own = ServingPolicyFacts("B", "Acme")

	assert serving.policy_of("Acme", [ServingPolicyFacts("A"), own]) == own
	assert serving.policy_of("Other", [ServingPolicyFacts("A"), own]).name == "A"


def test_within_a_class_the_higher_priority_comes_first():
	rules = policy(("Key", KEEP, 5), ("Shops", KEEP, 1))

	assert list(served([waits("SO-1"), waits("SO-2", group="Clinics")], 5, rules)) == ["SO-2"]


def test_waiting_raises_an_order_above_classes_that_came_later():
	rules = policy(("Key", MUST), ("Shops", GIVE_UP), ageing_days=7)
	small = waits("SO-1", group="Shops", since_days=28)

	assert list(served([waits("SO-2", group="Clinics"), small], 5, rules)) == ["SO-1"]
	assert list(served([waits("SO-2", group="Clinics"), replace(small, since=NOW)], 5, rules)) == ["SO-2"]


def test_those_who_share_get_the_same_part_and_what_rounding_leaves_goes_in_turn():
	rules = policy(("", SHARE))
	lines = [waits(f"SO-{at}", qty, is_whole_number=True) for at, qty in enumerate((30, 10, 5), 1)]

	assert served(lines, 15, rules) == {"SO-1": 11, "SO-2": 3, "SO-3": 1}


def test_parts_that_do_not_come_out_even_never_add_up_to_more_than_there_is():
	got = served([waits(f"SO-{at}", 0.1) for at in range(6)], 0.1, policy(("", SHARE)))

	assert round(sum(got.values()), 9) == 0.1


def test_sharing_ends_where_everybody_can_be_served():
	assert served([waits("SO-1", 3), waits("SO-2", 4)], 9, policy(("", SHARE))) == {"SO-1": 3, "SO-2": 4}


def test_an_order_that_wants_all_or_nothing_leaves_stock_that_completes_nothing_to_others():
	whole = [
		waits("SO-1", 5, row="a", due=datetime(2026, 3, 11)),
		waits("SO-1", 5, row="b", due=datetime(2026, 3, 11), warehouse="Hamburg"),
	]
	other = waits("SO-2", 5, due=datetime(2026, 4, 1))

	assert served([*whole, other], 5, policy(("", KEEP, 0, FULL_ORDER))) == {"SO-2": 5}


def test_an_order_that_wants_all_gets_all_once_it_is_there():
	lines = [waits("SO-1", 2, row="a"), waits("SO-1", 3, row="b")]
	ready = serving.classified(lines, (), GROUPS, NOW, FULL_ORDER)

	assert [grant.qty_stock for grant in serving.share_free(ready, {BIN: 5}).grants] == [2, 3]
	assert serving.share_free(ready, {BIN: 4.5}).grants == ()


def test_a_line_that_wants_all_or_nothing_is_passed_over():
	assert served([waits("SO-1", 5), waits("SO-2", 2)], 4, take=FULL_LINES) == {"SO-2": 2}


def test_an_order_that_waited_through_all_classes_takes_what_comes_piece_by_piece():
	rules = policy(("", KEEP, 0, FULL_ORDER), ageing_days=5)

	assert served([waits("SO-1", 10, since_days=9)], 4, rules) == {}
	assert served([waits("SO-1", 10, since_days=10)], 4, rules) == {"SO-1": 4}


def test_an_order_whose_locks_expired_stands_behind_its_class_until_it_aged():
	early = datetime(2026, 3, 11)
	gone = waits("SO-1", due=early, expired_on=NOW - timedelta(days=1))
	stays = waits("SO-2", due=datetime(2026, 6, 1))

	assert list(served([gone, stays], 5)) == ["SO-2"]
	assert list(served([replace(gone, expired_on=NOW - timedelta(days=31)), stays], 5)) == ["SO-1"]


def test_boxes_are_given_whole():
	boxed = waits("SO-1", 24, step_stock=12.0, locked_stock=0.0)

	assert served([boxed], 20) == {"SO-1": 12}


# taking from others


def holds(order, qty, group="Shops", since_days=0, **facts):
	return HeldLine(
		f"L-{order}",
		order,
		f"{order}-1",
		*BIN,
		qty,
		company="Acme",
		customer_group=group,
		since=NOW - timedelta(days=since_days),
		**facts,
	)


def planned(lines, free, donors, *rows):
	ready = serving.classified(lines, [policy(*rows)], GROUPS, NOW)
	return serving.share_free(ready, {BIN: free}, donors)


def test_must_takes_from_the_lowest_and_latest_what_is_missing():
	donors = [holds("SO-8", 4, since_days=9), holds("SO-9", 4, since_days=1), holds("SO-7", 4, level=1)]

	plan = planned([waits("SO-1", 7, "Clinics")], 2, donors, ("Key", MUST))

	assert [(grant.qty_stock, grant.taken_stock) for grant in plan.grants] == [(7, 5)]
	assert [(cut.held.order, cut.qty_stock, cut.for_order) for cut in plan.cuts] == [
		("SO-9", 4, "SO-1"),
		("SO-8", 1, "SO-1"),
	]


def test_nobody_but_must_takes_and_never_from_another_company():
	assert planned([waits("SO-1", 7)], 2, [holds("SO-9", 4)]).cuts == ()
	elsewhere = [replace(holds("SO-9", 4), company="Other")]
	assert planned([waits("SO-1", 7, "Clinics")], 2, elsewhere, ("Key", MUST)).cuts == ()


def test_what_a_cut_leaves_is_whole_boxes_and_the_surplus_is_given_out():
	lines = [waits("SO-1", 5, "Clinics"), waits("SO-2", 20)]

	plan = planned(lines, 0, [holds("SO-9", 24, step_stock=12.0)], ("Key", MUST))

	assert [cut.qty_stock for cut in plan.cuts] == [12]
	assert {grant.order: grant.qty_stock for grant in plan.grants} == {"SO-1": 5, "SO-2": 7}


def test_named_batches_go_as_one():
	assert serving.cut_of(holds("SO-9", 8, is_one_piece=True), 8, 3) == 8


@pytest.mark.parametrize(
	("choice", "classes"),
	[("Nobody", ()), (FROM_GIVE_UP, (GIVE_UP,)), (FROM_GIVE_UP_AND_SHARE, (GIVE_UP, SHARE))],
)
def test_a_policy_says_from_whom_must_may_take(choice, classes):
	assert serving.donors_of([policy(must_takes_from=choice)], "Acme") == classes


# under the locks


def test_a_plan_is_cut_to_what_is_still_free_and_still_wanted():
	lines = [waits("SO-1", 5), waits("SO-2", 5)]
	grants = serving.share_free(lines, {BIN: 10}).grants

	kept = confirmation.confirmed(grants, [replace(lines[0], qty_stock=3.0), lines[1]], {BIN: 6})

	assert [(it.order, it.qty_stock) for it in kept] == [("SO-1", 3), ("SO-2", 3)]
	assert confirmation.confirmed(grants, [], {BIN: 10}) == ()


def test_all_or_nothing_stays_all_or_nothing_under_the_locks():
	lines = [waits("SO-1", 2, row="a", take=FULL_ORDER), waits("SO-1", 3, row="b", take=FULL_ORDER)]
	grants = serving.share_free(lines, {BIN: 5}).grants

	assert len(confirmation.confirmed(grants, lines, {BIN: 5})) == 2
	assert confirmation.confirmed(grants, lines, {BIN: 4}) == ()
	more = [*lines, waits("SO-1", 1, row="c", take=FULL_ORDER)]
	assert confirmation.confirmed(grants, more, {BIN: 9}) == ()


def test_turns_by_promise_and_by_age_end_in_names():
	lines = serving.classified([waits("SO-2"), waits("SO-1")], [policy(order_by=BY_PROMISE)], GROUPS, NOW)

	assert [line.order for line in sorted(lines, key=turn)] == ["SO-1", "SO-2"]


def test_what_the_customer_wants_goes_before_what_its_class_says():
	rules = policy(("", KEEP, 0, FULL_ORDER))

	assert served([waits("SO-1", 5, take="What is there"), waits("SO-2", 5)], 3, rules) == {"SO-1": 3}
	assert served([waits("SO-1", 5, take=FULL_ORDER)], 3, policy(("", KEEP))) == {}


# bundles: one PUMP and three HOSEs each


def kit(order, bundles=2.0, locked=(0.0, 0.0), **facts):
	"""The components that a line of so many bundles waits for."""
	per = {"PUMP": 1.0, "HOSE": 3.0}
	lines = []
	for (item, per_bundle), held in zip(per.items(), locked, strict=True):
		line = waits(order, bundles * per_bundle - held, row=f"{order}-{item}", **facts)
		lines.append(
			replace(
				line,
				item_code=item,
				bundle=f"{order}-1",
				per_bundle=per_bundle,
				locked_stock=held,
				step_stock=1.0,
				is_whole_number=True,
			)
		)
	return [line for line in lines if line.qty_stock]


def given(lines, pumps, hoses, *policies, donors=()):
	free = {BIN: pumps, ("HOSE", "Berlin"): hoses}
	plan = serving.share_free(serving.classified(lines, policies, GROUPS, NOW), free, donors)
	return {grant.row: grant.qty_stock for grant in plan.grants}


def test_components_are_given_for_whole_bundles_and_the_rest_goes_to_whoever_is_next():
	lines = [*kit("SO-1", due=NOW), waits("SO-2", 9, due=NOW + timedelta(days=1))]

	assert given(lines, 5, 4) == {"SO-1-PUMP": 1, "SO-1-HOSE": 3, "SO-2-1": 4}


def test_a_component_that_is_locked_already_counts():
	assert given(kit("SO-1", locked=(2.0, 1.0)), 0, 9) == {"SO-1-HOSE": 5}


def test_a_bundle_that_wants_all_or_nothing_is_passed_over():
	assert given(kit("SO-1", take=FULL_LINES), 1, 9) == {}
	assert given(kit("SO-1", take=FULL_LINES), 2, 6) == {"SO-1-PUMP": 2, "SO-1-HOSE": 6}


def test_a_bundle_of_those_who_share_is_served_in_its_turn():
	lines = [*kit("SO-1", 3, due=NOW), *kit("SO-2", 3, due=NOW + timedelta(days=1))]

	assert given(lines, 4, 99, policy(("", SHARE))) == {
		**{"SO-1-PUMP": 3, "SO-1-HOSE": 9},
		**{"SO-2-PUMP": 1, "SO-2-HOSE": 3},
	}


def test_a_bundle_that_must_be_served_takes_what_it_lacks():
	donor = HeldLine("L-1", "SO-9", "SO-9-1", "HOSE", "Berlin", 9.0, company="Acme", since=NOW)

	assert given(kit("SO-1"), 2, 1, policy(("", MUST)), donors=[donor]) == {"SO-1-PUMP": 2, "SO-1-HOSE": 6}


def test_under_the_locks_a_bundle_is_cut_to_what_still_completes():
	lines = kit("SO-1", 3)
	free = {BIN: 3, ("HOSE", "Berlin"): 9}
	grants = serving.share_free(lines, free).grants

	kept = confirmation.confirmed(grants, lines, {**free, ("HOSE", "Berlin"): 8})

	assert {it.row: it.qty_stock for it in kept} == {"SO-1-PUMP": 2, "SO-1-HOSE": 6}
	unlocked = kit("SO-1", 4)
	assert len(confirmation.confirmed(grants[:1], unlocked, free)) == 0
