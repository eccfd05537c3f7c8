"""Items, warehouses and settings that locks rest on: what would pull the ground from under a lock is refused.

Renaming is harmless: Frappe renames the item or warehouse in locks and events as well.
"""

from sales_wh_flow.base.compat import NEGATIVE_STOCK
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.stock_lock.store import reservations
from sales_wh_flow.stock_lock.store.open_demand import NOT_FOR_RETURNS

_FIELDS = {"Item": "item_code", "Warehouse": "warehouse"}
_SHOWN = 5


def refuse_merge(doc, old: str, new: str, is_merge: bool) -> None:
	"""ERPNext throws the Bins of merged items away and counts them anew in the background, without what is
	locked; those of merged warehouses it can't join.

	Raises: ValidationError naming the orders that hold stock of either.
	"""
	if is_on(STOCK_LOCK) and is_merge:
		orders = reservations.orders_holding(_FIELDS[doc.doctype], (old, new))
		if orders:
			refuse(RuleViolation("merged_while_locked", old=old, new=new, **_named(orders)))


def refuse_disabling(warehouse) -> None:
	"""From a disabled warehouse nothing can be delivered, so what is locked there would be stuck.

	Raises: ValidationError naming the orders that hold stock there.
	"""
	if not (is_on(STOCK_LOCK) and warehouse.disabled) or warehouse.is_new():
		return
	if warehouse.has_value_changed("disabled"):
		orders = reservations.orders_holding("warehouse", (warehouse.name,))
		if orders:
			refuse(RuleViolation("disabled_while_locked", warehouse=warehouse.name, **_named(orders)))


def refuse_contradiction(stock_settings) -> None:
	"""Stock Settings that Stock Lock can't work with.

	Raises: ValidationError
	"""
	if is_on(STOCK_LOCK) and not stock_settings.enable_stock_reservation:
		refuse(RuleViolation("reservation_needed"))
	for field, label in NEGATIVE_STOCK.items():
		if is_on(STOCK_LOCK) and stock_settings.get(field):
			refuse(RuleViolation("negative_stock_not_allowed", setting=label))


def refuse_asking_for_returns(selling_settings) -> None:
	"""Selling Settings by which ERPNext asks anew for what came back, which Stock Lock can't work with.

	Raises: ValidationError
	"""
	if is_on(STOCK_LOCK) and not selling_settings.get(NOT_FOR_RETURNS):
		label = selling_settings.meta.get_label(NOT_FOR_RETURNS)
		refuse(RuleViolation("returns_not_asked_for", setting=label))


def _named(orders: list[str]) -> dict:
	return {"holders": tuple(orders[:_SHOWN]), "count": len(orders)}
