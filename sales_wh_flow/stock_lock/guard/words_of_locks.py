"""What is locked and would be taken, as a refusal that names who has it."""

from collections.abc import Collection

from sales_wh_flow.base.bin_key import BinKey
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.stock_lock.store import batches, reservations


def taken(key: BinKey, on_hand_stock: float, locked_stock: float) -> RuleViolation:
	"""What is locked in a Bin and would not be there any more, and for whom."""
	item_code, warehouse = key
	holders = {lock.sales_order: None for lock in reservations.holders(item_code, warehouse)}
	return RuleViolation(
		"stock_is_locked",
		item=item_code,
		warehouse=warehouse,
		on_hand=on_hand_stock,
		locked=locked_stock,
		holders=tuple(holders)[:5],
	)


def lots_locked(key: BinKey, lots: Collection[str]) -> RuleViolation:
	"""Batches or serial numbers of a Bin that would not be there any more, and for whom they are locked."""
	item_code, warehouse = key
	return RuleViolation(
		"entry_is_locked",
		item=item_code,
		warehouse=warehouse,
		entries=tuple(lots),
		holders=batches.holders_of(item_code, warehouse, lots),
	)
