"""A routing rule that nobody has saved, to see what it would do. Writes nothing."""

from collections.abc import Collection, Sequence

from frappe.model.document import Document

from sales_wh_flow.routing import route
from sales_wh_flow.routing.store import rules as store
from sales_wh_flow.routing.store.rules import Rules


def nearest_of(company: str, warehouses: Sequence[str]) -> Rules:
	"""One rule for every order of the company: the nearest of these warehouses."""
	return store.suppose_rule(company, warehouses, "Nearest")


def with_those_there(company: str, new: Rules, but: Collection[str] = ()) -> tuple[Rules, Rules]:
	"""The company's enabled rules, without those named in ``but``, and the same with new ones beside them."""
	there = store.rules(company)
	kept = tuple(policy for policy in there.policies if policy.rule not in but)
	without = Rules(kept, there.candidates, there.warehouses, there.country or new.country)
	both = Rules(
		(*kept, *new.policies),
		{**there.candidates, **new.candidates},
		{**there.warehouses, **new.warehouses},
		without.country,
	)
	return without, both


def warehouses_by(doc: Document, rules: Rules) -> set[str]:
	"""Where an order's goods would leave from by rules that are not saved; the document in hand is of no use
	afterwards.
	"""
	for row in doc.items:
		row.swf_keep_warehouse = 0
	order = route.read(doc, rules)
	if order is None or not order.lines:
		return set()
	found = route.plan_document(order)
	return {part.warehouse for parts in found.parts.values() for part in parts}
