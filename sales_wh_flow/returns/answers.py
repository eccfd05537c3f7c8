"""What `returns.api` answers, and what an order's form tells of its returns."""

from typing import TypedDict


class CameBackLine(TypedDict):
	"""What came back of a line, and what became of it. Unit: the line's. ``refunded``: credited;
	``not_to_be_paid``: to be refunded and on no credit note, or left out of the invoice; ``to_be_paid``: came
	back and is to be paid all the same.
	"""

	idx: int
	item_code: str
	uom: str
	returned: float
	replaced: float
	refunded: float
	not_to_be_paid: float
	to_be_paid: float
	restocked: float
	quarantined: float
	scrapped: float


class CaseOfOrder(TypedDict):
	"""``expected``: what is still to come; ``is_of_box``: it was refused as its box was delivered."""

	name: str
	state: str
	expected: float
	is_of_box: bool


class CameBack(TypedDict):
	"""``is_on``: whether returns are; ``status``: the order's, "" while nothing came back."""

	status: str
	is_on: bool
	lines: list[CameBackLine]
	cases: list[CaseOfOrder]


class ReturnableRow(TypedDict):
	"""A row of a Delivery Note; ``left``: what of it is still with the customer, ``announced``: what of that
	open cases speak of. Unit: the row's. ``cases``: those that the user may read.
	"""

	row: str
	note: str
	item_code: str
	item_name: str
	uom: str
	shipped: float
	left: float
	announced: float
	cases: list[str]
	has_serials: bool
	serials: list[str]


class Returnable(TypedDict):
	"""``reasons``: names of Return Reasons to choose from; ``invoices``: those that delivered goods of the
	order themselves, which are returned by ERPNext's own credit note.
	"""

	rows: list[ReturnableRow]
	reasons: list[str]
	invoices: list[str]


class ScannedReturn(TypedDict):
	"""``case``: the one that was scanned; ``delivery_notes``: those that were, to choose goods of. ``known``:
	the lines that name something; ``strange``: those that name nothing that could come back.
	"""

	case: str | None
	delivery_notes: list[str]
	known: list[str]
	strange: list[str]


class ReturnLabel(TypedDict):
	"""``label``: address of the file; with number null where the courier makes none: then ``print`` is
	printed.
	"""

	tracking_no: str | None
	label: str | None
	print: str


class CasePaper(TypedDict):
	"""``money``: of a credit note that the user may read, what it credits and what of that the customer has
	not got yet, in words; else "".
	"""

	document_type: str
	document_name: str
	docstatus: int
	money: str


class PostedCase(TypedDict):
	"""``not_credited``: what is to be credited, and nobody with the right has done it; ``left_out``: what is
	refunded and not invoiced, so that an invoice made later leaves it out; in the rows' units.
	"""

	state: str
	documents: list[CasePaper]
	not_credited: float
	left_out: float


class RowToInspect(TypedDict):
	row: str
	idx: int


class WaiverAsked(TypedDict):
	"""A rule, or the Return Policies (``rule`` empty), whose people have to let late goods in. ``why``,
	``who``: in words, ``who`` empty = nobody may; ``given`` of ``needed`` on this ``level``; ``due``: when,
	or empty.
	"""

	rule: str
	why: str
	who: str
	level: int
	given: int
	needed: int
	due: str


class LateReturn(TypedDict):
	"""A late case that waits for the user. ``value``: of the late goods, with its currency in words."""

	name: str
	customer_name: str
	days_late: int
	value: str
	due: str


class NextOfCase(PostedCase):
	"""What the form offers the user. ``may_end``: wait no more for what did not come;
	``undecided``: numbers of rows that wait for a decision, ``without_serials``: for their serial numbers;
	``waivers``: who has to let late goods in;
	``given_away``: numbers of rows that are to be paid all the same, and are not invoiced.
	"""

	may_post: bool
	may_credit: bool
	may_waive: bool
	may_cancel: bool
	may_end: bool
	may_fill: bool
	to_inspect: list[RowToInspect]
	given_away: list[int]
	has_drafts: bool
	undecided: list[int]
	without_serials: list[int]
	waits_for_waiver: bool
	waivers: list[WaiverAsked]


class UndoStepShown(TypedDict):
	"""``document_name``: empty where the user may not read it; ``may``: whether the user may do it; ``who``:
	roles that may; ``blocks``: why it can't be undone, in words.
	"""

	action: str
	document_type: str
	document_name: str
	may: bool
	who: list[str]
	blocks: list[str]


class PaymentToRelease(TypedDict):
	"""``document_name``: empty where the user may not read it; ``choices``: Unlink, Keep as Advance;
	``of_order_alone``: an advance, which matters only where the order itself is cancelled.
	"""

	document_type: str
	document_name: str
	may: bool
	choices: list[str]
	of_order_alone: bool


class ReopeningPlan(TypedDict):
	"""What would be undone to open an order again, back to *To Pick*, in order.

	``touched``: whether anything was made from it; ``unfinished``: a Reopening that runs or stopped, and
	``back_to``, ``state``, ``stopped_by`` (what was said, "" while it runs), ``asked_by`` (a name) of that;
	``new_order``: what was written in the place of a cancelled order; ``holds_order``: documents with which
	the order can go back To Pick only.
	"""

	touched: bool
	unfinished: str | None
	back_to: str | None
	state: str | None
	stopped_by: str
	asked_by: str
	new_order: str | None
	steps: list[UndoStepShown]
	payments: list[PaymentToRelease]
	holds_order: list[str]
	may_start: bool
	may_cancel: bool
