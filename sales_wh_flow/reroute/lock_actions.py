"""What a person can do with the lock of one order line: give it away, move it, or end it."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.order import permissions as order_permissions
from sales_wh_flow.reroute import movable
from sales_wh_flow.reroute import move as reroute
from sales_wh_flow.reroute.answers import LockActions, MovedLine
from sales_wh_flow.reroute.rules.moves import Move
from sales_wh_flow.stock_lock import permissions as stock_lock_permissions
from sales_wh_flow.stock_lock.serving import give


def actions_of_row(doc, row: str) -> LockActions:
	"""What the dialog offers this user for the lock of a row."""
	lines = movable.movable_rows(doc)
	line = next((it for it in lines if it.row == row), None)
	if not line:
		refuse(RuleViolation("row_not_movable", row=row, order=doc.name))
	may_release = stock_lock_permissions.may_release()
	free = movable.free(doc, [line]).get(line.item_code, {}) if order_permissions.may_move(doc) else {}
	return {
		"idx": line.idx,
		"item_code": line.item_code,
		"uom": next(it.stock_uom for it in doc.items if it.name == row),
		"warehouse": line.warehouse,
		"held": line.locked_stock,
		"may_release": may_release,
		"receivers": give.receivers(doc.name, row) if may_release else [],
		"choices": [
			{"warehouse": name, "free": qty}
			for name, qty in sorted(free.items(), key=lambda it: (-it[1], it[0]))
			if name != line.warehouse
		],
	}


def move_lock(order: str, row: str, warehouse: str, qty_stock: float, reason: str) -> list[MovedLine]:
	"""Move so much of a line with its lock; where it is then. Call it in a fresh transaction.

	Raises: ValidationError without a reason, or where it can't move.
	"""
	why = require_reason(reason, RuleViolation("move_reason_missing", order=order))
	return reroute.move(order, [Move(row, warehouse, qty_stock)], why)
