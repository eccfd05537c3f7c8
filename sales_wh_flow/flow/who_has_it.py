"""Who has it? On hand, locked for whom since when, who waits before you, and what is on its way."""

from sales_wh_flow.permissions import readable_orders
from sales_wh_flow.rules import allocation, expectation
from sales_wh_flow.store import holders, incoming, waiting


def answer(item_code: str, warehouse: str) -> dict:
	"""Everything about one item in one warehouse that this user may know; quantities in stock UOM.

	Orders the user may not read are counted, not named. Shape: {"on_hand", "locked", "free", "locks":
	[{"sales_order", "customer_name", "qty", "since", "age_days", "due"}], "waiting": [{"sales_order", "qty",
	"due", "expected"}], "incoming": [{"document", "qty", "due"}], "others": {"locked", "waiting"}}.
	"""
	locks = holders.open_locks(item_code=item_code, warehouse=warehouse)
	lines = sorted(waiting.lines_in(item_code=item_code, warehouse=warehouse), key=allocation.turn)
	coming = [one for one in incoming.of_items([item_code]) if one.warehouse == warehouse]
	days = expectation.expected(lines, coming)
	visible = readable_orders({lock.sales_order for lock in locks} | {line.order for line in lines})
	on_hand, locked = holders.on_hand(item_code, warehouse), sum(lock.qty_stock for lock in locks)
	return {
		"on_hand": on_hand,
		"locked": locked,
		"free": on_hand - locked,
		"locks": [_lock(lock) for lock in locks if lock.sales_order in visible],
		"waiting": [_line(line, days) for line in lines if line.order in visible],
		"incoming": [{"document": one.document, "qty": one.qty_stock, "due": one.due} for one in coming],
		"others": {
			"locked": sum(lock.qty_stock for lock in locks if lock.sales_order not in visible),
			"waiting": sum(line.qty_stock for line in lines if line.order not in visible),
		},
	}


def _lock(lock) -> dict:
	return {
		"sales_order": lock.sales_order,
		"customer_name": lock.customer_name,
		"qty": lock.qty_stock,
		"since": lock.locked_on,
		"age_days": lock.age_days,
		"due": lock.delivery_date,
	}


def _line(line, days: dict) -> dict:
	return {
		"sales_order": line.order,
		"qty": line.qty_stock,
		"due": line.due and line.due.date(),
		"expected": days[line.row],
	}
