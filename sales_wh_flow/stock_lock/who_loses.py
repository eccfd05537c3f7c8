"""Who loses what a count did not find: planned while it is a draft, as it was when it is posted."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.stock_lock import permissions
from sales_wh_flow.stock_lock.answers import CountLosses
from sales_wh_flow.stock_lock.rules import losing
from sales_wh_flow.stock_lock.serving import make_room, queue
from sales_wh_flow.stock_lock.store import counts, picked_or_leaving, reservations


def look_who_loses(doc) -> CountLosses:
	"""Who loses, or lost, what a Stock Reconciliation did not find; for its form."""
	if doc.docstatus:
		keys = {(row.item_code, row.warehouse) for row in doc.items}
		return {
			"is_plan": False,
			"may_choose": False,
			"lines": counts.who_lost(doc.doctype, doc.name, keys),
			"left": [],
		}
	found = make_room.losses_found(doc)
	missing = losing.missing_of(found, counts.locked_of(found))
	named = make_room.chosen(doc)
	held = queue.who_loses_first(picked_or_leaving.untouched_locks(keys=missing), named)
	losses = losing.losses(held, missing)
	return {
		"is_plan": True,
		"may_choose": permissions.may_release(),
		"lines": [
			{
				"sales_order": it.order,
				"item_code": it.item_code,
				"warehouse": it.warehouse,
				"qty": losses[it.lock],
				"by_hand": it.order in named,
			}
			for it in held
			if it.lock in losses
		],
		"left": [
			{"item_code": item, "warehouse": warehouse, "qty": qty}
			for (item, warehouse), qty in losing.still_missing(held, losses, missing)
		],
	}


def check_choice(doc) -> None:
	"""Before a count is saved: who names the orders that lose first may release locks, and these hold some.

	Raises: PermissionError, ValidationError.
	"""
	named = make_room.chosen(doc)
	before = doc.get_doc_before_save()
	if not named or doc.docstatus == 2 or (before and make_room.chosen(before) == named):
		return
	permissions.check_may_release()
	holding = reservations.orders_holding_any(make_room.losses_found(doc))
	strange = tuple(order for order in named if order not in holding)
	if strange:
		refuse(RuleViolation("loses_nothing", orders=strange))
