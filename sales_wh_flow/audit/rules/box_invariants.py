"""What must be true of boxes: nothing lies in them that was not picked or has left, nothing lies in two, and
each stands where its events say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.base.quantities import is_less, rounded


@dataclass(frozen=True, slots=True)
class PackedEvidence:
	"""A picked row: what was picked of it and has not left, what lies in boxes that have not left, and what
	its count says of that.
	"""

	order: str
	row: str
	item_code: str
	picked_stock: float
	in_boxes_stock: float
	counted_stock: float


@dataclass(frozen=True, slots=True)
class BoxedSerials:
	"""Serial numbers of an item in a box that has not left."""

	box: str
	order: str
	item_code: str
	serial_nos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoxStateEvidence:
	"""A box whose state is not the one of its last event."""

	box: str
	state: str
	told: str


@dataclass(frozen=True, slots=True)
class BoxesEvidence:
	"""All that boxes are judged on."""

	packed: tuple[PackedEvidence, ...] = ()
	serials: tuple[BoxedSerials, ...] = ()
	states: tuple[BoxStateEvidence, ...] = ()


def judge_boxes(evidence: BoxesEvidence) -> Iterator[Finding]:
	"""Every finding but those of serial numbers, in a fixed order."""
	for it in sorted(evidence.packed, key=lambda it: (it.order, it.row)):
		where = {"item_code": it.item_code, "order": it.order, "row": it.row}
		if is_less(it.picked_stock, it.in_boxes_stock):
			yield Finding("packed_too_much", rounded(it.in_boxes_stock), rounded(it.picked_stock), **where)
		if rounded(it.counted_stock - it.in_boxes_stock):
			figures = (rounded(it.counted_stock), rounded(it.in_boxes_stock))
			yield Finding("packed_count_differs", *figures, **where)
	for box in sorted(evidence.states, key=lambda it: it.box):
		yield Finding("box_state_differs", box.state, box.told, row=box.box)


def judge_boxed_serials(serials: Iterable[BoxedSerials]) -> Iterator[Finding]:
	"""No serial number lies in two boxes."""
	boxes: dict[tuple[str, str], list[BoxedSerials]] = defaultdict(list)
	for it in serials:
		for serial_no in it.serial_nos:
			boxes[it.item_code, serial_no].append(it)
	for (item, serial_no), where in sorted(boxes.items()):
		if len(where) > 1:
			names = ", ".join(sorted(it.box for it in where))
			yield Finding("serial_in_two_boxes", names, "", item, serial_no=serial_no, order=where[0].order)
