"""Which orders a rule speaks of, and which of their lines it looks at. Trees include the nodes below."""

from sales_wh_flow.approval.rules.facts import ApprovalRuleFacts, OrderFacts, RuleScope
from sales_wh_flow.order.rules.facts import LineFacts

LineScope = tuple[str, str, str]
"""(item group, brand, warehouse) of a rule; empty = any."""

ANY_LINE: LineScope = ("", "", "")


def in_scope(order: OrderFacts, rule: ApprovalRuleFacts) -> bool:
	"""Whether the rule speaks of this order."""
	return not out_of_scope(order, rule)


def out_of_scope(order: OrderFacts, rule: ApprovalRuleFacts) -> str:
	"""The field of the rule that leaves the order out, empty when it is in scope."""
	if rule.company and rule.company != order.company:
		return "company"
	if rule.customer_group and rule.customer_group not in order.customer_groups:
		return "customer_group"
	if rule.scope != _ANY:
		return _outside(order, rule.scope)
	return ""


def _outside(order: OrderFacts, scope: RuleScope) -> str:
	if scope.customer and scope.customer != order.customer:
		return "customer"
	if scope.territory and scope.territory not in order.territories:
		return "territory"
	if scope.order_type and scope.order_type != order.order_type:
		return "order_type"
	if scope.sales_partner and scope.sales_partner != order.sales_partner:
		return "sales_partner"
	if order.asked_on and scope.valid_from and order.asked_on < scope.valid_from:
		return "valid_from"
	if order.asked_on and scope.valid_to and order.asked_on > scope.valid_to:
		return "valid_to"
	wanted = line_scope(scope)
	if wanted != ANY_LINE and not any(_is_meant(line, wanted) for line in order.lines):
		return "lines"
	return ""


def line_scope(scope: RuleScope) -> LineScope:
	"""What of a rule's scope is about lines: item group, brand and warehouse."""
	return (scope.item_group, scope.brand, scope.warehouse)


def lines_in_scope(order: OrderFacts, wanted: LineScope) -> tuple[LineFacts, ...]:
	"""The lines of the order that a rule with this scope looks at."""
	if wanted == ANY_LINE:
		return order.lines
	return tuple(line for line in order.lines if _is_meant(line, wanted))


def _is_meant(line: LineFacts, wanted: LineScope) -> bool:
	item_group, brand, warehouse = wanted
	known = line.pricing
	if known is None:
		return False
	if item_group and item_group not in known.item_groups:
		return False
	if brand and brand != known.brand:
		return False
	return not warehouse or warehouse in known.warehouses


_ANY = RuleScope()
