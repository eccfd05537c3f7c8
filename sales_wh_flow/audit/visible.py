"""What the session's user may see of the check, and may mend: as the orders and warehouses it is about."""

from collections.abc import Iterable

from sales_wh_flow.audit.rules.invariants import Finding
from sales_wh_flow.order.permissions import permitted
from sales_wh_flow.stock_lock.repair import Report


def findings(found: Iterable[Finding]) -> tuple[Finding, ...]:
	"""Those whose order and warehouse, where they name them, the user may see."""
	rows = tuple(found)
	orders = permitted("Sales Order", {it.order for it in rows if it.order})
	warehouses = permitted("Warehouse", {it.warehouse for it in rows if it.warehouse})
	return tuple(
		it
		for it in rows
		if (not it.order or it.order in orders) and (not it.warehouse or it.warehouse in warehouses)
	)


def report(found: Report) -> Report:
	"""What of the report is in orders and warehouses that the user may see."""
	return found.only(permitted("Sales Order", found.orders), permitted("Warehouse", found.warehouses))
