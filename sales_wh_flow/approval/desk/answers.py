"""What `approval.desk.api` answers. People are given by full name, times and days as text, "" for nothing."""

from typing import TypedDict

from sales_wh_flow.approval.answers import RuleReason


class ExplainedRule(RuleReason):
	"""Why, or why not, a rule asks. ``verdict``: Hit, Not Hit, Out of Scope or Error (nobody can tell, so the
	order is held); ``state``: Open, Approved, Rejected, Not Asked or "".
	"""

	rule: str
	criterion: str
	explanation: str
	verdict: str
	is_shadow: bool
	state: str


class Exposure(TypedDict):
	"""What the customer owes, before and after the order, in the company's currency. ``share_pct``: of the
	limit, null without one; ``shared_by``: the group whose customers share the limit, and owe together.
	"""

	shared_by: str
	limit: float
	before: float
	order: float
	after: float
	share_pct: float | None
	pending_orders: int
	pending_value: float


class WorstMargin(TypedDict):
	margin_pct: float
	idx: int
	item_code: str


class Margin(TypedDict):
	"""What the order earns over the goods' cost, in the company's currency. ``worst``: the worst line."""

	revenue: float
	cost: float
	margin: float
	margin_pct: float | None
	worst: list[WorstMargin]
	lines_without_cost: int


class StockIfApproved(TypedDict):
	"""Unit: stock UOM."""

	idx: int
	item_code: str
	item_name: str | None
	uom: str
	warehouse: str | None
	needed: float
	free: float
	locked: float
	missing: float
	expected: str


class LossOfOther(TypedDict):
	"""What a line of another order would get before and after. Unit: stock UOM."""

	sales_order: str
	customer: str
	item_code: str
	warehouse: str
	wanted: float
	before: float
	after: float
	lost: float
	day_before: str
	day_after: str


class LossesOfOthers(TypedDict):
	"""``more``: orders that are not named; ``hidden``: orders that the user may not read."""

	named: list[LossOfOther]
	more: int
	hidden: int


class StockIf(TypedDict):
	lines: list[StockIfApproved]
	others: LossesOfOthers


class WhatIf(TypedDict):
	"""What would come of approving an order now. ``exposure``: null for who may not see credit; ``margin``:
	null for who may not see ERPNext's gross profit; ``stock``: null while Stock Lock is off.
	"""

	sales_order: str
	customer: str
	customer_name: str | None
	currency: str
	exposure: Exposure | None
	margin: Margin | None
	stock: StockIf | None


class InboxApproval(TypedDict):
	"""``condition``: offered, not answered yet; ``question``: likewise; ``note``: of whoever asks."""

	name: str
	rule: str
	reason: str
	since: str
	due: str
	waits_for: str
	level: int
	needed: int
	given: int
	condition: str
	is_mine: bool
	question: str
	note: str


class InboxOrder(TypedDict):
	"""``sales_order``, ``quotation``: one of them is ""; ``value``: in ``currency``, the company's."""

	sales_order: str
	quotation: str
	customer: str
	customer_name: str | None
	company: str
	value: float
	currency: str
	delivery_date: str
	is_submitted: bool
	asked_by: str
	since: str
	due: str
	is_overdue: bool
	approvals: list[InboxApproval]


class Inbox(TypedDict):
	"""``mine``, ``overdue``, ``all``: how many orders fit the filters."""

	is_on: bool
	mine: int
	overdue: int
	all: int
	orders: list[InboxOrder]


class AnsweredAlong(TypedDict):
	"""``about``: the order or Quotation."""

	approval: str
	about: str
	rule: str
	reason: str


class BroughtByApproving(TypedDict):
	"""``also``: what is answered with it; ``submits``: an order is submitted with its last approval."""

	also: list[AnsweredAlong]
	submits: bool


class Reminded(TypedDict):
	reminded: list[str]


class Withdrawn(TypedDict):
	"""``withdrawn``: rules."""

	withdrawn: list[str]


class AskedBack(TypedDict):
	"""``asked_back``: who is asked."""

	asked_back: str


class Answered(TypedDict):
	"""``answered``: who had asked."""

	answered: str


class OwedByQuotation(TypedDict):
	"""``state``: Open, Approved, Rejected or Not Asked; ``approval``: its name."""

	rule: str
	criterion: str
	reason: str
	state: str
	approval: str
	waits_for: str
	who_in_turn: str
	who_can_decide: list[str]
	decided_by: str
	comment: str
	question: str
	may_i_decide: bool
	may_i_forward: bool
	may_i_ask_back: bool
	may_i_answer: bool
	may_i_remind: bool
	remind_again_on: str


class ApprovalsOfQuotation(TypedDict):
	"""What the order made from a draft would be asked about. ``is_gated``: it goes out only with these."""

	is_on: bool
	is_gated: bool
	may_ask: bool
	may_withdraw: bool
	owed: list[OwedByQuotation]


class AskedForQuotation(ApprovalsOfQuotation):
	"""``asked``: names of the new approvals."""

	asked: list[str]
