"""What the settings let run by themselves when a submitted order could not be locked in full.

It runs after the commit, in a transaction of its own: a supplier without a currency must not keep a
customer's order from being submitted.
"""

from sales_wh_flow.base import background, settings, trees
from sales_wh_flow.order import hold
from sales_wh_flow.order.rules.held_statuses import NO_DEMAND
from sales_wh_flow.shortage import ask_for_stock, give_up, look
from sales_wh_flow.shortage.rules import ways_out as rules
from sales_wh_flow.shortage.rules.ways_out import Policy
from sales_wh_flow.shortage.store import supply


def look_by_policy_soon(doc) -> None:
	"""Look at a submitted order in the background, once it is committed, where a policy says that something
	may run by itself; costs no statement else.
	"""
	if settings.is_on(settings.STOCK_LOCK) and policies():
		background.owe(
			"sales_wh_flow.shortage.jobs.act_on_shortage",
			queue="short",
			job_id=f"act_on_shortage::{doc.name}",
			sales_order=doc.name,
		)


def by_policy(order: str) -> list[str]:
	"""Do for each waiting line what the first fitting policy says. Returns the names of what was made.

	Safe to repeat: what was asked for or split off is not missing any more. Call it in a fresh transaction.
	"""
	doc = hold.hold_order(order)
	if not doc.docstatus.is_submitted() or doc.status in NO_DEMAND or doc.swf_backorder_of:
		return []
	by_action = _by_action(doc)
	made: list[str] = []
	if rows := by_action.get(rules.REQUEST):
		made += ask_for_stock.ask_by_policy(order, rows)
	if rows := by_action.get(rules.ORDER):
		made += ask_for_stock.order_from_suppliers(order, rows, is_automatic=True)
	if rows := by_action.get(rules.BACKORDER):
		made.append(give_up.backorder(order, rows, is_automatic=True))
	return made


def policies() -> tuple[Policy, ...]:
	"""The policies of the settings, in their order."""
	rows = settings.flow_settings().get("shortage_policies") or ()
	return tuple(Policy(row.action, row.customer_group or "", row.item_group or "") for row in rows)


def _by_action(doc) -> dict[str, list[str]]:
	"""{action: rows}; rows for which the action can't be taken are left to people."""
	found = look.missing_lines(doc)
	groups = trees.above_customer(doc.customer)
	sources = supply.sources((line.item_code for line in found), doc.company)
	above = trees.above("Item Group", (source.item_group for source in sources.values()))
	by_action: dict[str, list[str]] = {}
	for line in found:
		item_groups = above.get(sources[line.item_code].item_group, ())
		action = rules.first_policy(policies(), groups, item_groups)
		if _can(line, action):
			by_action.setdefault(action, []).append(line.row)
	split = {
		line.row: line
		for line in rules.order_lines(it for it in found if it.row in by_action.get(rules.BACKORDER, ()))
	}
	stays = any(row.name not in split for row in doc.items) or any(
		line.missing_stock < line.ordered_stock for line in split.values()
	)
	if not stays:  # nothing of the order is served: the whole of it waits, which is what a backorder does
		by_action.pop(rules.BACKORDER, None)
	return by_action


def _can(line: rules.ShortLine, action: str) -> bool:
	if action == rules.REQUEST:
		return bool(rules.request_type(line, rules.PURCHASE))
	return any(offer.action == action and not offer.why_not for offer in rules.offers(line))
