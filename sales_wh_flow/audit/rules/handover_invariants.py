"""What must be true of hand-overs: dispatched is what was handed over, no more and no less."""

from collections.abc import Iterator
from dataclasses import dataclass

from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.base.quantities import rounded


@dataclass(frozen=True, slots=True)
class LeftBox:
	"""A box that has left, and the docstatus of its Delivery Note, or of its invoice that moved stock; None
	without one.
	"""

	box: str
	state: str
	note_docstatus: int | None


@dataclass(frozen=True, slots=True)
class ManifestRow:
	"""A box that a hand-over says has left, and what the box itself says."""

	handover: str
	box: str
	box_state: str
	box_handover: str


@dataclass(frozen=True, slots=True)
class HandedOverGoods:
	"""A row of an order on a note that was made by handing over: on the note, and in its boxes."""

	note: str
	order: str
	row: str
	item_code: str
	noted_stock: float
	boxed_stock: float


@dataclass(frozen=True, slots=True)
class HandoverEvidence:
	"""All that hand-overs are judged on."""

	left: tuple[LeftBox, ...] = ()
	manifest: tuple[ManifestRow, ...] = ()
	goods: tuple[HandedOverGoods, ...] = ()


_HERE = ("Open", "Closed", "Cancelled")


def judge_handovers(evidence: HandoverEvidence) -> Iterator[Finding]:
	"""Every finding, in a fixed order."""
	for box in sorted(evidence.left, key=lambda it: it.box):
		if box.note_docstatus != 1:
			yield Finding("left_without_note", box.state, "", row=box.box)
	for it in sorted(evidence.manifest, key=lambda it: (it.handover, it.box)):
		if it.box_state in _HERE or it.box_handover != it.handover:
			yield Finding("handed_over_but_here", it.box_state, it.handover, row=it.box)
	for goods in sorted(evidence.goods, key=lambda it: (it.note, it.row)):
		if rounded(goods.noted_stock - goods.boxed_stock):
			figures = (rounded(goods.noted_stock), rounded(goods.boxed_stock))
			where = {"order": goods.order, "row": goods.row}
			yield Finding("dispatched_differs", *figures, goods.item_code, **where)
