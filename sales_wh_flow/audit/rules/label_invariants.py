"""What must be true of couriers' labels: what was paid for is on a box, was given back, or is named; a box
leaves under no number that was given back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sales_wh_flow.audit.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class BoxLabelEvidence:
	"""A label that says it is on a box, and what the box says. ``number``, ``box_number``: "" for none."""

	box: str
	number: str
	box_number: str


@dataclass(frozen=True, slots=True)
class LeftUnderVoided:
	"""A box that has left under the number of a label that was given back."""

	box: str
	state: str
	number: str


@dataclass(frozen=True, slots=True)
class UnsettledLabel:
	"""A label that has been asked for, or was to be given back, for more than a day."""

	box: str
	state: str


@dataclass(frozen=True, slots=True)
class FetchedTwice:
	"""A box that has left with a document and still lies in an open hand-over, ready to leave again."""

	box: str
	state: str
	handover: str


@dataclass(frozen=True, slots=True)
class LabelEvidence:
	"""All that labels are judged on. ``unwritten``: (box, number) of labels that no row tells of."""

	on_boxes: tuple[BoxLabelEvidence, ...] = ()
	unwritten: tuple[tuple[str, str], ...] = ()
	left: tuple[LeftUnderVoided, ...] = ()
	unsettled: tuple[UnsettledLabel, ...] = ()
	fetched: tuple[FetchedTwice, ...] = ()


def judge_labels(evidence: LabelEvidence) -> Iterator[Finding]:
	"""Every finding, in a fixed order."""
	for it in sorted(evidence.on_boxes, key=lambda it: (it.box, it.number)):
		if it.number != it.box_number:
			yield Finding("label_is_not_on_box", it.number, it.box_number or "-", row=it.box)
	for box, number in sorted(evidence.unwritten):
		yield Finding("label_of_no_question", number, "", row=box)
	for gone in sorted(evidence.left, key=lambda it: it.box):
		yield Finding("left_under_voided_label", gone.state, gone.number, row=gone.box)
	for open_ in sorted(evidence.unsettled, key=lambda it: it.box):
		yield Finding("label_not_settled", open_.state, "", row=open_.box)
	for twice in sorted(evidence.fetched, key=lambda it: it.box):
		yield Finding("gone_and_in_hand_over", twice.state, twice.handover, row=twice.box)
