"""Boxes stand on a pallet, which is a box that carries boxes."""

from collections.abc import Sequence

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.packing import sayings
from sales_wh_flow.packing.change_state import change_state
from sales_wh_flow.packing.held import check_still_here, hold_box
from sales_wh_flow.packing.open_box import check_box_type, new_box_like
from sales_wh_flow.packing.rules import states
from sales_wh_flow.packing.store import boxes as store
from sales_wh_flow.packing.store import measures
from sales_wh_flow.packing.store.boxes import BoxRow


def put_on_pallet(box: str, pallet: str, device: str | None = None) -> None:
	"""A closed box is put on an open pallet of the same warehouse, ship-to and courier.

	Raises: ValidationError saying what belongs together.
	"""
	rows = store.hold_boxes([box, pallet])
	for name in (box, pallet):
		if name not in rows:
			refuse(RuleViolation("no_such_box", box=name))
	check_still_here(rows[box])
	if not _fits(rows[box], rows[pallet]) or measures.boxes_on(box):
		refuse(RuleViolation("pallet_does_not_fit", box=box, pallet=pallet))
	note = said.keep(sayings.on_pallet, pallet=pallet)
	change_state([rows[box]], rows[box].state, note=note, device=device, parent_box=pallet)


def stack_on_new(boxes: Sequence[str], box_type: str | None, device: str | None = None) -> str:
	"""A new, open pallet with these closed boxes of one warehouse, ship-to and courier on it; its number.

	Raises: ValidationError saying what belongs together.
	"""
	held = store.hold_boxes(boxes)
	missing = sorted({*boxes} - held.keys())
	if missing or not held:
		refuse(RuleViolation("no_such_box", box=missing[0]) if missing else RuleViolation("no_box_named"))
	check_box_type(box_type)
	first = next(iter(held.values()))
	pallet = new_box_like(first.name, box_type)
	for name in held:
		put_on_pallet(name, pallet, device)
	return pallet


def _fits(box: BoxRow, pallet: BoxRow) -> bool:
	def belongs(row: BoxRow) -> tuple:
		return (row.company, row.warehouse, row.customer, row.ship_to or None)

	return (
		box.name != pallet.name
		and belongs(box) == belongs(pallet)
		and (not box.courier or not pallet.courier or box.courier == pallet.courier)
		and (box.state, pallet.state) == (states.CLOSED, states.OPEN)
		and not pallet.parent_box
	)


def take_off_pallet(box: str, device: str | None = None) -> None:
	"""The box stands for itself again. Raises: ValidationError for a box that is on its way."""
	row = hold_box(box)
	check_still_here(row)
	if row.parent_box:
		note = said.keep(sayings.off_pallet, pallet=row.parent_box)
		change_state([row], row.state, note=note, device=device, parent_box=None)
