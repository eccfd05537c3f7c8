"""How much of an order may be invoiced now, and if nothing, why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.billing.rules.policies import ON_DISPATCH, ON_ORDER, BillingPolicyFacts


@dataclass(frozen=True, slots=True)
class LineToBill:
	"""A row of an order, in its own UOM. ``left``: has left with a note; ``proved``: of that, confirmed as
	delivered; ``billed``: on submitted invoices; ``drafted``: on drafts of invoices; ``to_credit``: is
	invoiced, came back, and is on no credit note; ``short``: what all of it was invoiced for less than
	ordered, in the order's currency; ``by_supplier``: no note says that it has left, a supplier
	sends it to the customer.
	"""

	row: str
	idx: int
	ordered: float
	left: float
	proved: float
	billed: float
	drafted: float = 0.0
	is_goods: bool = True
	by_supplier: bool = False
	is_billed_in_full: bool = False
	to_credit: float = 0.0
	short: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderToBill:
	"""What is decided on. ``held``: the status that holds it; ``is_waiting_for_approval``: of a change."""

	order: str
	company: str
	customer: str
	customer_group: str
	lines: tuple[LineToBill, ...]
	docstatus: int = 1
	held: str = ""
	is_waiting_for_approval: bool = False
	has_no_delivery: bool = False
	currency: str = ""


@dataclass(frozen=True, slots=True)
class MayInvoice:
	"""``qty`` by row of the order, in the row's UOM; empty where nothing may be. ``code`` and ``values`` say
	why, or why not; see ``billing.sayings``. ``too_high``: {row: (its number, on drafts, may be)} of rows of
	which more is drafted than may be; ``to_credit``: (number of a row, how much of it).
	"""

	code: str
	values: dict[str, object] = field(default_factory=dict)
	qty: dict[str, float] = field(default_factory=dict)
	too_high: dict[str, tuple[int, float, float]] = field(default_factory=dict)
	to_credit: tuple[tuple[int, float], ...] = ()


def may_invoice(order: OrderToBill, policy: BillingPolicyFacts | None, with_drafts: bool) -> MayInvoice:
	"""``with_drafts``: what stands on drafts of invoices counts as invoiced."""
	if order.docstatus != 1:
		return MayInvoice("not_submitted")
	if order.held:
		return MayInvoice("order_is_held", {"status": order.held})
	if order.is_waiting_for_approval:
		return MayInvoice("waits_for_approval")
	if policy is None:
		return MayInvoice("no_policy")
	reached = _reached(order, policy.moment)
	found = {line.row: _rest(line, reached[line.row], with_drafts) for line in order.lines}
	found = {row: qty for row, qty in found.items() if is_positive(qty)}
	allowed = {line.row: _rest(line, reached[line.row], False) for line in order.lines}
	too_high = {
		line.row: (line.idx, line.drafted, allowed[line.row])
		for line in order.lines
		if is_positive(line.drafted - allowed[line.row])
	}
	to_credit = tuple((line.idx, line.to_credit) for line in order.lines if is_positive(line.to_credit))
	if found:
		answer = MayInvoice("may_be_invoiced", {"policy": policy.name, "rows": len(found)}, found)
	elif any(is_positive(qty) for qty in allowed.values()):
		answer = _with_rows("draft_is_too_high", too_high.values()) if too_high else MayInvoice("is_drafted")
	else:
		answer = _why_not(order, policy)
		if answer.code == "all_is_invoiced" and to_credit:
			answer = _with_rows("credit_is_due", to_credit)
	return replace(answer, too_high=too_high, to_credit=to_credit)


def _with_rows(code: str, rows: Iterable[tuple]) -> MayInvoice:
	return MayInvoice(code, {"rows": [list(row) for row in rows]})


def too_early(
	order: OrderToBill, policy: BillingPolicyFacts | None, wanted: dict[str, float]
) -> tuple[tuple[int, float, float], ...]:
	"""(number of the row, wanted, what may be invoiced) of each row of the order that is invoiced before its
	moment. ``wanted``: quantity by row. Nothing is too early where no policy speaks.
	"""
	if policy is None or policy.moment == ON_ORDER:
		return ()
	reached = _reached(order, policy.moment)
	found = [
		(line.idx, wanted[line.row], max(0.0, rounded(reached[line.row] - line.billed)))
		for line in order.lines
		if line.row in wanted
	]
	return tuple(it for it in found if is_positive(it[1] - it[2]))


def _reached(order: OrderToBill, moment: str) -> dict[str, float]:
	"""Of each row, how much has reached the moment. Services follow the goods of their order."""
	if moment == ON_ORDER or order.has_no_delivery:
		return {line.row: line.ordered for line in order.lines}
	goods = {line.row: _moved(line, moment) for line in order.lines if line.is_goods}
	are_all_there = all(
		not is_positive(line.ordered - goods[line.row]) for line in order.lines if line.is_goods
	)
	return {
		line.row: goods[line.row]
		if line.is_goods
		else (line.ordered if are_all_there else min(line.ordered, _moved(line, moment)))
		for line in order.lines
	}


def _moved(line: LineToBill, moment: str) -> float:
	return line.left if moment == ON_DISPATCH or line.by_supplier else line.proved


def _rest(line: LineToBill, reached: float, with_drafts: bool) -> float:
	if line.is_billed_in_full:
		return 0.0
	return max(0.0, rounded(reached - line.billed - (line.drafted if with_drafts else 0.0)))


def _why_not(order: OrderToBill, policy: BillingPolicyFacts) -> MayInvoice:
	open_rows = [line for line in order.lines if is_positive(_rest(line, line.ordered, False))]
	if not open_rows:
		if short := sum(line.short for line in order.lines):
			return MayInvoice("invoiced_for_less", {"short": short, "currency": order.currency})
		beyond = [
			(line.idx, line.billed, line.ordered)
			for line in order.lines
			if line.is_billed_in_full and is_positive(line.billed) and is_positive(line.ordered - line.billed)
		]
		if beyond:
			return _with_rows("amount_is_reached", beyond)
		is_billed = any(is_positive(line.billed) or line.is_billed_in_full for line in order.lines)
		return MayInvoice("all_is_invoiced", {} if is_billed else {"came_back": True})
	rows = [line.idx for line in open_rows]
	if policy.moment == ON_DISPATCH or all(line.by_supplier for line in open_rows):
		return MayInvoice("has_not_left", {"policy": policy.name, "rows": rows})
	return MayInvoice("is_not_proved", {"policy": policy.name, "rows": rows})
