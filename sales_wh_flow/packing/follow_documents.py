"""Boxes follow the documents of their goods: notes that are submitted, cancelled, deleted, and Pick Lists."""

from collections.abc import Iterable

from sales_wh_flow.base import said
from sales_wh_flow.base.hold_rows import hold_order_rows
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, is_on
from sales_wh_flow.packing import invoiced_picks, leaving, sayings
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.held import check_label_stays
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.rules.leaving import LeavingGoods, leave
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import contents, notes, packed
from sales_wh_flow.packing.store.boxes import BoxRow
from sales_wh_flow.packing.store.contents import Content


def leave_with(document) -> None:
	"""A Delivery Note, or an invoice that moves stock, was submitted: the boxes whose goods it takes are its
	boxes now, and those that it has no goods of any more are free.

	Raises: ValidationError where a note takes goods out of a box that stays.
	"""
	goods = leaving.goods_of(document)
	if not leaving.may_take_boxes(document, goods):
		return
	if not is_on(STOCK_LOCK):  # else they are locked since before it was submitted
		hold_order_rows(it.sales_order for it in goods)
	near = leaving.boxes_for(goods, document.name)
	if not near:
		if document.doctype == "Sales Invoice":
			invoiced_picks.take_invoiced(goods, ())
		return
	found, rows = leaving.boxes_as_committed(list(near), document.name)
	gone = leave(goods, found).boxes
	field = notes.FIELD_OF[document.doctype]
	leaving_now = store.hold_boxes(gone).values()
	check_label_stays(leaving_now)
	said_so = said.keep(sayings.leaves_with, delivery_note=document.name)
	_change(leaving_now, note=said_so, **{field: document.name})
	stays = [it.name for it in found if it.is_named and it.name not in gone]
	_change(store.hold_boxes(stays).values(), **{field: None})
	leaves = [it for it in rows if it.box in gone]
	packed.count_packed(_counts(leaves, -1))
	if document.doctype == "Sales Invoice":
		invoiced_picks.take_invoiced(goods, leaves)
	_check_nothing_stays_short(goods, [it for it in rows if it.box not in gone])


def _check_nothing_stays_short(goods: Iterable[LeavingGoods], stays: list[Content]) -> None:
	"""What lies in a box that stays was picked for it alone."""
	if not stays:
		return
	rooms = packed.hold_counts(packed.rows_named(it.pick_list_item for it in stays))
	short = {name: -room.left_stock for name, room in rooms.items() if is_positive(-room.left_stock)}
	problems = []
	for name, qty in sorted(short.items()):
		mine = [it for it in stays if it.pick_list_item == name]
		row = next((it for it in goods if it.sales_order_item == mine[0].sales_order_item), None)
		problems.append(
			RuleViolation(
				"packed_in_other_boxes",
				idx=row.idx if row else 0,
				qty=float(qty),
				item=mine[0].item_code,
				boxes=tuple(sorted({it.box for it in mine})),
			)
		)
	refuse(problems)


def come_back_from(document) -> None:
	"""A Delivery Note, or an invoice that moved stock, was cancelled: its boxes stand here again."""
	goods = leaving.goods_of(document)
	if not leaving.may_take_boxes(document, goods):
		return
	names = notes.boxes_on_document(document.doctype, document.name)
	is_invoice = document.doctype == "Sales Invoice"
	if not (names or is_invoice):
		return
	hold_order_rows(it.sales_order for it in goods)
	held = store.hold_boxes(names)
	inside = [row for row in held.values() if row.state not in (states.CANCELLED, states.RETURNED)]
	rows = contents.contents_of([row.name for row in inside], for_update=True)
	packed.count_packed(_counts(rows, 1))
	if is_invoice:
		invoiced_picks.untake_invoiced(goods, rows)
	said_so = said.keep(sayings.back_from, delivery_note=document.name)
	field = notes.FIELD_OF[document.doctype]
	for row in inside:
		to = states.CLOSED if states.may_follow(row.state, states.CLOSED) else row.state
		change_state([row], to, note=said_so, **{field: None})


def let_go_of(note) -> None:
	"""A draft note is deleted: its boxes are free for another one."""
	held = store.hold_boxes(notes.boxes_on_document(note.doctype, note.name))
	_change(held.values(), delivery_note=None)


def check_pick_is_unpacked(pick_list) -> None:
	"""Before a Pick List is cancelled. Raises: ValidationError while something of it lies in boxes."""
	if packed.packed_of_lists([pick_list.name]):
		boxes = notes.boxes_of_pick_list(pick_list.name)
		refuse(RuleViolation("pick_is_packed", name=pick_list.name, boxes=tuple(boxes)))


def last_boxes_of(pick_list: str) -> dict[str, str]:
	"""{row of a Pick List: the box that its goods lay in last}; of a box that was emptied, too."""
	return notes.last_boxes_of_rows(pick_list)


def _counts(rows: Iterable[Content], sign: int) -> dict[str, float]:
	found: dict[str, float] = {}
	for it in rows:
		found[it.pick_list_item] = rounded(found.get(it.pick_list_item, 0.0) + sign * it.qty_stock)
	return found


def _change(rows: Iterable[BoxRow], *, note: said.Kept | None = None, **document: str | None) -> None:
	"""Boxes keep their state and learn of their note or invoice."""
	by_state: dict[str, list[BoxRow]] = {}
	for row in rows:
		by_state.setdefault(row.state, []).append(row)
	for state, some in sorted(by_state.items()):
		change_state(some, state, note=note, **document)
