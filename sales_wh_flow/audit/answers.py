"""What `audit.api` answers."""

from typing import TypedDict


class ShownFinding(TypedDict):
	"""One thing that is wrong; ``text`` says it in words. What is not known is "".

	``found``, ``expected``: the two figures that differ, in stock UOM where they are quantities.
	"""

	code: str
	text: str
	found: float | str
	expected: float | str
	item_code: str
	warehouse: str
	batch_no: str
	serial_no: str
	order: str
	row: str
	lock: str


class CheckedPart(TypedDict):
	"""One part of the whole check; the next one is asked for with ``kind`` and ``key``, "" when all is looked
	at.
	"""

	findings: list[ShownFinding]
	kind: str
	key: str


class Mended(TypedDict):
	"""``mended``: a sentence for each figure that was put right; ``left``: what still is wrong, where that
	was asked for.
	"""

	mended: list[str]
	left: list[ShownFinding]
