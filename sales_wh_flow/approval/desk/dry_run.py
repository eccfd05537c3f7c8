"""A dry run of one approval rule, and what rules can measure at all. Writes nothing."""

from sales_wh_flow.approval import figure_rights, owed, request
from sales_wh_flow.approval.answers import ShownMeasure, TriedRule
from sales_wh_flow.approval.desk import reasons
from sales_wh_flow.approval.rules import criteria
from sales_wh_flow.approval.rules import needs as rules
from sales_wh_flow.approval.store import asked_people
from sales_wh_flow.approval.store import rules as approval_rules
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse as refuse_with


def of_rule(rule: str, doc) -> TriedRule:
	"""What a saved rule, enabled or not, says of an order. Raises: DoesNotExistError without such a rule."""
	asked = approval_rules.saved_rule(rule)
	if not asked:
		refuse_with(RuleViolation("no_such_rule", rule=rule))
	order = owed.facts_for(doc, [asked])
	plan = asked_people.plans([rule])[rule]
	people = request.people_of_rule(doc, rule, plan, asked.allows_own_order, order.total_base)
	found = rules.explain(order, asked)
	kept = figure_rights.kept_criteria(doc, [asked.criterion])
	return {
		"rule": rule,
		"verdict": reasons.verdict_of(found),
		**reasons.reason_in_words(asked, found, order.company_currency, kept),
		"who": [name for _user, name in people],
	}


def measures() -> dict[str, list[ShownMeasure]]:
	"""{criterion: what its rules can measure, the usual one first}."""
	return {
		criterion: [
			{"name": it.name, "unit": it.unit_of_threshold, "comparisons": list(it.comparisons)}
			for it in found
		]
		for criterion, found in criteria.MEASURES.items()
	}
