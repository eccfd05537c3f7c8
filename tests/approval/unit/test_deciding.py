"""Votes on levels, worked out by hand, and what holds for any votes in any order."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.approval.rules.levels import FORWARDED, USER, Approver, Level, Plan
from sales_wh_flow.approval.rules.votes import (
	Asking,
	Claim,
	Person,
	Vote,
	claim,
	grants_that_count,
	standing,
	stands_in_for,
)
from sales_wh_flow.base.problems import RuleViolation

CLERK, CHIEF, BOARD = "Clerk", "Chief", "Board"


def role(name, level=1, up_to=0.0):
	return Approver(level, role=name, up_to_base=up_to)


def stands(plan, *votes, value=1000.0, from_level=0):
	found = standing(plan, votes, value, from_level)
	return found.level, found.given, found.is_done


TWO_LEVELS = Plan((role(CLERK), role(CHIEF, 2)))
TWO_OF_THREE = Plan(tuple(Approver(1, USER, user=name) for name in "abc"), (Level(1, 2),))
LIMITS = Plan((role(CLERK, 1, 500), role(CHIEF, 2, 5000), role(BOARD, 3)))


@pytest.mark.parametrize(
	("plan", "votes", "value", "expected"),
	[
		(TWO_LEVELS, [], 1000, (1, 0, False)),
		(TWO_LEVELS, [Vote(1, "a")], 1000, (2, 0, False)),
		(TWO_LEVELS, [Vote(1, "a"), Vote(2, "b")], 1000, (2, 1, True)),
		(TWO_LEVELS, [Vote(2, "b")], 1000, (1, 0, False)),  # the first level was not asked yet
		(TWO_OF_THREE, [Vote(1, "a")], 1000, (1, 1, False)),
		(TWO_OF_THREE, [Vote(1, "a"), Vote(1, "a")], 1000, (1, 1, False)),
		(TWO_OF_THREE, [Vote(1, "a"), Vote(1, "x", "a")], 1000, (1, 1, False)),  # x spoke for a
		(
			LIMITS,
			[Vote(1, "a", up_to_base=500), Vote(1, "a")],
			400,
			(1, 1, True),
		),  # the larger one
		(TWO_OF_THREE, [Vote(1, "a"), Vote(1, "c")], 1000, (1, 2, True)),
		(LIMITS, [Vote(1, "a", up_to_base=500)], 400, (1, 1, True)),
		(LIMITS, [Vote(1, "a", up_to_base=500)], 500, (1, 1, True)),
		(LIMITS, [Vote(1, "a", up_to_base=500)], 500.01, (2, 0, False)),
		(LIMITS, [Vote(1, "a", up_to_base=500), Vote(2, "b", up_to_base=5000)], 4000, (2, 1, True)),
		(LIMITS, [Vote(1, "a", up_to_base=500), Vote(2, "b", up_to_base=5000)], 6000, (3, 0, False)),
		(Plan(), [], 1, (0, 0, False)),
	],
)
def test_where_an_approval_stands(plan, votes, value, expected):
	assert stands(plan, *votes, value=value) == expected


def test_a_level_that_was_escalated_past_needs_nobody_any_more():
	assert stands(TWO_LEVELS, from_level=2) == (2, 0, False)
	assert stands(TWO_LEVELS, Vote(2, "b"), from_level=2) == (2, 1, True)


def asking(plan, level=1, value=1000.0, excluded=(), votes=()):
	return Asking("APR-1", plan, level, value, frozenset(excluded), tuple(votes))


def person(user, *roles, stands_in_for=()):
	return Person(user, frozenset(roles), tuple(stands_in_for))


def refusal(*args):
	with pytest.raises(RuleViolation) as refused:
		claim(*args)
	return refused.value.code


def test_whoever_has_the_role_or_the_name_may_decide():
	assert claim(asking(TWO_LEVELS), person("sue", CLERK)) == Claim("sue")
	assert claim(asking(TWO_OF_THREE), person("b")) == Claim("b")
	assert refusal(asking(TWO_LEVELS), person("sue", CHIEF)) == "not_an_approver"
	assert refusal(asking(TWO_OF_THREE), person("d", CLERK)) == "not_an_approver"


def test_author_and_asker_may_not_decide_and_nobody_may_for_them():
	now = asking(TWO_LEVELS, excluded=["sue"])
	assert refusal(now, person("sue", CLERK)) == "own_order"
	assert refusal(now, person("tom", stands_in_for=[person("sue", CLERK)])) == "not_an_approver"


def test_the_excluded_may_not_decide_as_a_substitute_either():
	now = asking(TWO_LEVELS, excluded=["tom"])
	assert refusal(now, person("tom", stands_in_for=[person("sue", CLERK)])) == "own_order"


def test_a_substitute_decides_in_the_others_name():
	now = asking(TWO_LEVELS)
	assert claim(now, person("tom", stands_in_for=[person("sue", CLERK)])) == Claim("tom", "sue")
	assert claim(now, person("tom", CLERK, stands_in_for=[person("sue", CLERK)])) == Claim("tom")


def test_nobody_votes_twice_on_one_level_not_even_through_a_substitute():
	voted = asking(TWO_OF_THREE, votes=[Vote(1, "a")])
	assert refusal(voted, person("a")) == "voted_already"
	assert refusal(voted, person("x", stands_in_for=[person("a")])) == "not_an_approver"
	spoken_for = asking(TWO_OF_THREE, votes=[Vote(1, "x", "a")])
	assert refusal(spoken_for, person("a")) == "voted_already"
	assert refusal(spoken_for, person("x", stands_in_for=[person("b")])) == "voted_already"


def test_a_vote_on_one_level_leaves_the_next_level_open():
	now = asking(TWO_LEVELS, level=2, votes=[Vote(1, "sue")])
	assert claim(now, person("sue", CLERK, CHIEF)) == Claim("sue")


def test_on_the_last_level_an_authority_below_the_order_does_not_count():
	plan = Plan((role(CLERK, 1, 500), role(CHIEF, 1, 5000)))
	assert refusal(asking(plan, value=600), person("sue", CLERK)) == "limit_too_low"
	assert claim(asking(plan, value=600), person("tom", CHIEF)) == Claim("tom", "", 5000)
	assert claim(asking(LIMITS, value=600), person("sue", CLERK)) == Claim("sue", "", 500)


def test_of_several_rows_the_widest_counts():
	plan = Plan((role(CLERK, 1, 500), role(CHIEF, 1, 5000)))
	assert claim(asking(plan, value=100), person("sue", CLERK, CHIEF)).up_to_base == 5000


def test_a_forwarded_request_is_decided_once_by_either():
	plan = Plan((role(CLERK), Approver(1, FORWARDED, user="tom", on_behalf_of="sue")), (Level(1, 2),))
	assert claim(asking(plan), person("tom")) == Claim("tom", "sue")
	assert refusal(asking(plan, votes=[Vote(1, "sue")]), person("tom")) == "not_an_approver"
	assert refusal(asking(plan, votes=[Vote(1, "tom", "sue")]), person("sue", CLERK)) == "voted_already"


def test_who_approved_elsewhere_counts_by_own_right_only():
	earlier = [person("tom", CHIEF), person("sue", CLERK), person("eve", CLERK)]
	assert grants_that_count(asking(TWO_LEVELS, excluded=["eve"]), earlier) == (Claim("sue"),)
	assert grants_that_count(asking(TWO_LEVELS, votes=[Vote(1, "sue")]), earlier[:2]) == ()


@pytest.mark.parametrize(
	("pairs", "user", "expected"),
	[
		([], "b", ()),
		([("a", "b")], "b", ("a",)),
		([("a", "b"), ("b", "c")], "c", ("b", "a")),
		([("a", "b"), ("c", "b")], "b", ("a", "c")),
		([("a", "b"), ("b", "a")], "b", ("a",)),  # a circle ends
		([("a", "b"), ("b", "c"), ("c", "a")], "a", ("c", "b")),
	],
)
def test_whom_somebody_stands_in_for(pairs, user, expected):
	assert stands_in_for(pairs, user) == expected


# Whatever the votes

users = st.sampled_from("abcdef")
limits = st.sampled_from([0.0, 100.0, 1000.0, 10000.0])


@st.composite
def plans(draw):
	count = draw(st.integers(1, 3))
	rows = [Approver(level, USER, user=draw(users), up_to_base=draw(limits)) for level in range(1, count + 1)]
	levels = [Level(level, draw(st.integers(1, 3))) for level in range(1, count + 1)]
	return Plan(tuple(rows), tuple(levels))


votes = st.lists(
	st.builds(Vote, st.integers(1, 3), users, st.sampled_from(["", "a", "b"]), limits), max_size=8
)
values = st.sampled_from([50.0, 500.0, 5000.0, 50000.0])


@given(plans(), votes, values)
def test_one_more_vote_never_takes_an_approval_back(plan, given_votes, value):
	seen = [stands(plan, *given_votes[:count], value=value) for count in range(len(given_votes) + 1)]
	for before, after in pairwise(seen):
		assert after[2] >= before[2]
		assert after[2] or after[0] >= before[0]


@given(plans(), votes.filter(lambda it: len(it) <= 4), values)
def test_the_order_of_votes_of_different_people_does_not_matter(plan, given_votes, value):
	different = list({(vote.level, vote.authority): vote for vote in given_votes}.values())
	outcomes = {stands(plan, *order, value=value) for order in permutations(different)}
	assert len(outcomes) == 1


@given(plans(), votes, values)
def test_an_approval_is_never_given_without_the_votes_of_its_level(plan, given_votes, value):
	found = standing(plan, given_votes, value)
	if found.is_done:
		assert found.given >= found.needed
		people = {vote.authority for vote in given_votes if vote.level == found.level}
		assert len(people) >= plan.level(found.level).needed


@given(plans(), votes, values)
def test_a_larger_order_never_needs_fewer_levels(plan, given_votes, value):
	small, large = standing(plan, given_votes, value), standing(plan, given_votes, value * 10)
	assert small.is_done or not large.is_done
