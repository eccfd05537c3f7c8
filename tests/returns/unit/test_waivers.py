"""Whose word lets late goods in: rules about returns first, Return Policies for what no rule speaks of."""

from datetime import datetime

import pytest

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts, RuleScope
from sales_wh_flow.approval.rules.levels import NEXT_LEVEL, Approver, Level, Plan
from sales_wh_flow.approval.rules.votes import Person
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.order.rules.facts import LineFacts, PriceFacts
from sales_wh_flow.returns.rules import waivers
from sales_wh_flow.returns.rules.waivers import LET_IN, PASSED_ON, ROLE_ASKED, Answer, Ask
from sales_wh_flow.returns.rules.windows import LateGoods, Waiver, Window

CRITERION = "Return Outside Policy"
AT = datetime(2026, 3, 2, 9)
CLERK, BOSS, HEAD = (Person(name, frozenset({name.title()})) for name in ("clerk", "boss", "head"))
TWO_LEVELS = Plan(
	(Approver(1, role="Boss", up_to_base=500), Approver(2, role="Head")), (Level(1, 1, 8, NEXT_LEVEL),)
)


def goods(row, group, days, value):
	return LineFacts(
		row, 1, "NAIL", 0.0, amount_base=value, pricing=PriceFacts(item_groups=(group, "All"), days_late=days)
	)


def case(*lines):
	total = sum(line.amount_base for line in lines)
	return OrderFacts("RET-1", "Co", "Ann", "clerk", total_base=total, lines=lines, company_currency="EUR")


def rule(name, threshold, **values):
	return ApprovalRuleFacts(name, CRITERION, threshold, "Boss", **values)


def ask(plan=TWO_LEVELS, value=100.0, excluded=("clerk",), answers=()):
	return waivers.with_answers(Ask("R", plan, value, frozenset(excluded), AT), answers)


def answer(action, user, level=1, at=AT, **values):
	return Answer("R", action, level, user, at, **values)


def test_a_rule_asks_by_days_late_or_by_the_value_of_what_is_late():
	rules = [
		rule("few days", 5),
		rule("many days", 50),
		rule("dear", 300, measure="Value of Late Goods"),
		rule("dearer", 301, measure="Value of Late Goods"),
		rule("shadow", 1, is_shadow=True),
	]
	needs = waivers.needs_of(case(goods("a", "Iron", 6, 200), goods("b", "Wood", 2, 101)), rules)
	assert [(need.rule, need.measured) for need in needs] == [("dear", 301), ("few days", 6)]


def test_a_rule_about_returns_asks_about_no_order():
	order = OrderFacts("SO-1", "Co", "Ann", "clerk", lines=(LineFacts("a", 1, "NAIL", 1.0, amount_base=900),))
	assert not waivers.needs_of(order, [rule("R", 0), rule("V", 0, measure="Value of Late Goods")])


def test_what_no_rule_speaks_of_is_left_to_the_policies():
	rules = [rule("iron", 5, scope=RuleScope(item_group="Iron"))]
	late = case(goods("a", "Iron", 6, 200), goods("b", "Wood", 40, 100))
	needs = waivers.needs_of(late, rules)
	assert waivers.left_to_policies(late, rules, needs) == {"b"}
	assert waivers.left_to_policies(late, rules, ()) == {"a", "b"}


def test_policies_ask_each_role_that_lets_all_of_it_in_alone_and_remind_by_the_shortest_time():
	one = LateGoods(Window("P", 30, (Waiver("Boss"), Waiver("Head")), remind_hours=8), 5, 80)
	other = LateGoods(Window("Q", 30, (Waiver("Head"),), remind_hours=4), 5, 80)
	plan = waivers.plan_of_policies([one, other])
	assert [row.role for row in plan.approvers] == ["Head"] and plan.level(1).due_hours == 4
	assert not waivers.plan_of_policies([]).approvers


def test_who_has_the_authority_lets_it_in_alone_and_beyond_it_the_next_level_is_asked():
	small = ask(answers=[answer(LET_IN, "boss", up_to_base=500)])
	large = ask(value=501, answers=[answer(LET_IN, "boss", up_to_base=500)])
	assert not waivers.still_open([small])
	assert large.standing.level == 2 and waivers.still_open([large])
	assert not waivers.still_open(
		[ask(value=501, answers=[answer(LET_IN, "boss", up_to_base=500), answer(LET_IN, "head", 2)])]
	)


def test_whoever_opened_the_case_and_whoever_is_not_asked_lets_nothing_in():
	for person, why in ((CLERK, "own_order"), (HEAD, "not_an_approver")):
		with pytest.raises(RuleViolation) as refused:
			waivers.claims([ask()], person)
		assert refused.value.code == why


def test_a_substitute_answers_for_who_is_away_but_not_for_who_opened_it():
	stands_in = Person("anna", frozenset(), (BOSS,))
	((_ask, right),) = waivers.claims([ask()], stands_in)
	assert (right.user, right.on_behalf_of) == ("anna", "boss")
	with pytest.raises(RuleViolation):
		waivers.claims([ask(excluded=("boss",))], stands_in)


def test_one_person_answers_each_ask_that_is_asked_of_him():
	other = Ask("S", Plan((Approver(1, role="Boss"),)), 100.0, frozenset(), AT)
	third = Ask("T", Plan((Approver(1, role="Head"),)), 100.0, frozenset(), AT)
	assert [it.rule for it, _right in waivers.claims([ask(), other, third], BOSS)] == ["R", "S"]


def test_a_level_that_was_too_late_is_past_and_a_role_that_is_asked_as_well_may_answer():
	assert ask(answers=[answer(PASSED_ON, "Administrator")]).standing.level == 2
	also = ask(answers=[answer(ROLE_ASKED, "Administrator", role="Head")])
	assert waivers.claims([also], HEAD)


def test_the_time_to_answer_begins_with_the_last_that_was_said():
	later = datetime(2026, 3, 2, 12)
	assert ask(answers=[answer(LET_IN, "boss", at=later)]).since == later
	assert ask().since == AT


def test_two_people_of_a_level_are_two_different_ones():
	two = Plan((Approver(1, role="Boss"),), (Level(1, 2),))
	once = ask(two, answers=[answer(LET_IN, "boss")])
	assert waivers.still_open([once])
	with pytest.raises(RuleViolation) as refused:
		waivers.claims([once], BOSS)
	assert refused.value.code == "voted_already"
	assert not waivers.still_open([ask(two, answers=[answer(LET_IN, "boss"), answer(LET_IN, "other")])])
