"""What leaves of a picked row."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PickedPart:
	"""So much of one batch, or these serial numbers, of an order's row. ``packed_item``: the order's packed
	row where it is a component of a bundle. ``pick_list``, ``pick_row``: where it was picked, "" for nowhere.
	"""

	order: str
	order_row: str
	item_code: str
	warehouse: str
	qty_stock: float
	packed_item: str = ""
	batch_no: str = ""
	serial_nos: tuple[str, ...] = ()
	pick_list: str = ""
	pick_row: str = ""
