"""Everything of an address goes into one box, which is closed: in one step, or not at all."""

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing import fill
from sales_wh_flow.packing.close_box import Weighing, close_box
from sales_wh_flow.packing.open_box import PackedFrom, open_box
from sales_wh_flow.packing.rules.pick_rows import Wanted
from sales_wh_flow.packing.store import packed

_SEEN_DECIMALS = 6
"""To how many a device shows a quantity."""


def pack_into_one_box(
	source: PackedFrom, order: str, left_stock: float, box_type: str = "", device: str = ""
) -> str:
	"""What is left to pack for the ship-to of ``order`` in a warehouse lies in a new box, closed. Its number.

	``left_stock``: how much that is, of all items together. Raises: ValidationError where it is not so much
	any more, as somebody else packs it, and for what a scan of it would be refused for.
	"""
	listed = source.rows()
	own = [row for row in listed if row.sales_order == order]
	if not own:
		refuse(RuleViolation("nothing_to_pack", name=source.name))
	first = next((row for row in own if is_positive(row.left_stock)), own[0])
	to = (first.customer, first.ship_to, first.warehouse)
	rows = [row for row in listed if (row.customer, row.ship_to, row.warehouse) == to]
	orders = fill.orders_of(rows)
	hold_rows.hold_order_rows(orders)
	# As last committed: another phone may have packed all of it a moment ago.
	room = packed.hold_counts(rows)
	if round(sum(it.left_stock for it in room.values()) - left_stock, _SEEN_DECIMALS):
		refuse(RuleViolation("packed_meanwhile", name=source.name))
	box = open_box(PackedFrom(source.pick_list, order, first.warehouse), box_type or None)
	for row in rows:
		if is_positive(room[row.name].left_stock):
			wanted = Wanted(row.item_code, room[row.name].left_stock, row.batch_no)
			fill.put_in(box, source, wanted, orders)
	close_box(box, Weighing(), orders, device or None)
	return box
