"""What the desk and other programs may call about who gets stock, and who has it."""

import frappe

from sales_wh_flow.base import border, refusals, retry, said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.stock_lock import expire, permissions, sayings, tell_sellers
from sales_wh_flow.stock_lock import who_has_it as who_has
from sales_wh_flow.stock_lock.answers import LockLife, ServedNow, ShownServing, StockPlaceHeld, WhoHasIt
from sales_wh_flow.stock_lock.serving import give, jobs, plan_to_show, serve


@frappe.whitelist(methods=["POST"])
@border.checked()
def lock_waiting(sales_order: str) -> float:
	"""Try again now to lock what an order waits for. Returns the quantity locked, in stock UOM."""
	frappe.get_doc("Sales Order", sales_order).check_permission("submit")
	return retry.from_a_fresh_transaction(
		lambda: serve.serve_order(sales_order, said.keep(sayings.asked_by_hand))
	)


@frappe.whitelist(methods=["GET"])
@border.checked()
def who_has_it(item_code: str, warehouse: str, sales_order: str | None = None) -> WhoHasIt:
	"""Who holds an item's stock in a warehouse, who waits for it and what is on its way."""
	frappe.get_doc("Item", item_code).check_permission("read")
	frappe.get_doc("Warehouse", warehouse).check_permission("read")
	return who_has.tell_who_has_it(item_code, warehouse, sales_order)


@frappe.whitelist(methods=["GET"])
@border.checked()
def stock_places(item_code: str | None = None, warehouse: str | None = None) -> list[StockPlaceHeld]:
	"""Where an item lies, or what lies in a warehouse, the most locked first."""
	frappe.has_permission("Item", "read", doc=item_code or None, throw=True)
	frappe.has_permission("Warehouse", "read", doc=warehouse or None, throw=True)
	return who_has.places(item_code, warehouse) if item_code or warehouse else []


@frappe.whitelist(methods=["GET"])
@border.checked()
def lock_life(sales_order: str) -> LockLife:
	"""When an order's locks end by themselves, and to whom its stock could be given."""
	frappe.get_doc("Sales Order", sales_order).check_permission("read")
	may_give = permissions.may_release()
	return {
		"ending": expire.preview(sales_order),
		"receivers": give.receivers(sales_order) if may_give else [],
	}


@frappe.whitelist(methods=["POST"])
@border.checked(rows=border.numbers_by_name)
def give_locks(sales_order: str, to_order: str, reason: str, rows: str | dict | None = None) -> float:
	"""Give stock an order holds to another that waits for it; for Stock Managers.

	``rows``: {row of the giving order: quantity at most}, all of it without; of a product bundle, how many.
	Returns the quantity given, in stock UOM.
	"""
	permissions.check_may_release()
	for name in (sales_order, to_order):
		frappe.get_doc("Sales Order", name).check_permission("read")
	return retry.from_a_fresh_transaction(lambda: give.give_to(sales_order, to_order, reason, rows or None))


@frappe.whitelist(methods=["GET"])
@border.checked()
def plan_serving() -> ShownServing:
	"""What serving waiting demand would do now; for Stock Managers."""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	return plan_to_show.dry_run()


@frappe.whitelist(methods=["POST"])
@border.checked()
def apply_serving(digest: str) -> ServedNow:
	"""Carry out the plan that was shown; for Stock Managers.

	Raises: ValidationError when stock or orders changed since: the plan would be another one.
	"""
	frappe.has_permission("Stock Reservation Entry", "read", throw=True)
	permissions.check_may_release()
	frappe.db.rollback()  # plan on what is committed now
	planned = serve.plan_serving()
	if serve.digest(planned) != digest:
		refusals.refuse(RuleViolation("plan_is_old"))
	served = jobs.carry_out(planned.plan)
	tell_sellers.what_their_orders_got(served.got, served.lost)
	return {
		"orders": len(served.got),
		"qty": sum(served.got.values()),
		"taken": sum(served.lost.values()),
	}
