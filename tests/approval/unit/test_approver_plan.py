"""What keeps the approvers and levels of a rule from working, each case worked out by hand."""

import pytest

from sales_wh_flow.approval.rules.levels import (
	ASK_ROLE,
	NEXT_LEVEL,
	RELATION,
	USER,
	Approver,
	Level,
	Plan,
	highest_authority,
	labels,
	problems,
)


def role(name="Boss", level=1, up_to=0.0):
	return Approver(level, role=name, up_to_base=up_to)


def user(name, level=1, up_to=0.0):
	return Approver(level, USER, user=name, up_to_base=up_to)


def codes(plan):
	return [problem.code for problem in problems(plan)]


GOOD = {
	"one role": Plan((role(),)),
	"two levels": Plan((role(), role("Director", 2))),
	"rising limits": Plan((role(up_to=10_000), role("Director", 2, up_to=50_000))),
	"a limit, then none": Plan((role(up_to=10_000), role("Director", 2))),
	"no limit, then one": Plan((role(), role("Director", 2, up_to=10_000))),
	"two of three": Plan((user("a"), user("b"), user("c")), (Level(1, 2),)),
	"many may have one role": Plan((role(),), (Level(1, 5),)),
	"the same one on two levels": Plan((role(), role(level=2))),
	"escalates upwards": Plan((role(), role("Director", 2)), (Level(1, 1, 8, NEXT_LEVEL),)),
	"escalates to a role": Plan((role(),), (Level(1, 1, 8, ASK_ROLE, "Director"),)),
}


@pytest.mark.parametrize("plan", GOOD.values(), ids=GOOD)
def test_a_plan_that_works_has_no_problem(plan):
	assert codes(plan) == []


BAD = {
	"nobody": (Plan(), ["no_approver"]),
	"twice": (Plan((role(), role())), ["approver_twice"]),
	"gap": (Plan((role(), role("Director", 3))), ["level_without_approver"]),
	"from zero": (Plan((role(level=0),)), ["level_below_one"]),
	"falling limits": (Plan((role(up_to=50), role("Director", 2, up_to=10))), ["limit_not_rising"]),
	"equal limits": (Plan((role(up_to=50), role("Director", 2, up_to=50))), ["limit_not_rising"]),
	"level twice": (Plan((role(),), (Level(1), Level(1))), ["level_twice"]),
	"level of nobody": (Plan((role(),), (Level(2),)), ["level_without_approver"]),
	"three of two": (Plan((user("a"), user("b")), (Level(1, 3),)), ["more_than_are_asked"]),
	"when, without a time": (
		Plan((role(), role("D", 2)), (Level(1, 1, 0, NEXT_LEVEL),)),
		["escalation_without_due"],
	),
	"beyond the last": (Plan((role(),), (Level(1, 1, 8, NEXT_LEVEL),)), ["no_next_level"]),
	"to itself": (Plan((role(),), (Level(1, 1, 8, ASK_ROLE, "Boss"),)), ["escalates_to_itself"]),
}


@pytest.mark.parametrize(("plan", "expected"), BAD.values(), ids=BAD)
def test_a_plan_that_contradicts_itself_says_how(plan, expected):
	assert codes(plan) == expected


def test_all_problems_are_told_at_once():
	plan = Plan((role(), role(), role("Director", 3)), (Level(1, 1, 8, ASK_ROLE, "Boss"),))
	assert codes(plan) == ["approver_twice", "level_without_approver", "escalates_to_itself"]


@pytest.mark.parametrize(
	("approvers", "highest"),
	[
		((), 0),
		((role(),), 0),
		((role(up_to=10),), 10),
		((role(up_to=10), role("Director", up_to=20)), 20),
		((role(up_to=10), role("Director")), 0),
		((role(up_to=10), role("Director", 2)), 0),
		((role(), role("Director", 2, up_to=20)), 20),
	],
)
def test_the_highest_authority_is_that_of_the_last_level(approvers, highest):
	assert highest_authority(Plan(approvers)) == highest


def test_on_the_last_level_only_those_count_whose_authority_covers_the_order():
	plan = Plan((role("Clerk", up_to=10), role("Chief", up_to=100), role("Board", 2, up_to=1000)))
	assert labels(plan.able(1, 500)) == ("Clerk", "Chief")
	assert labels(plan.able(2, 500)) == ("Board",)
	assert plan.able(2, 5000) == ()


def test_a_row_is_named_by_what_it_asks_for():
	rows = (role("Boss"), user("sue"), Approver(1, RELATION, relation="Territory Manager"), role("Boss", 2))
	assert labels(rows) == ("Boss", "sue", "Territory Manager")
