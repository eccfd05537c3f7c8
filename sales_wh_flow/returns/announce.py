"""A customer announces a return of one order, on its page: without any right on the desk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.base.alongside import alongside
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_less, is_positive, is_whole, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import RETURNS, flow_settings, is_on
from sales_wh_flow.returns import late, open_case, sayings
from sales_wh_flow.returns import reasons as lists
from sales_wh_flow.returns.rules.facts import POSTED, ShippedRow
from sales_wh_flow.returns.store import cases
from sales_wh_flow.returns.store import shipped as store


def may_be_announced() -> bool:
	"""Whether the company lets customers announce returns on their page."""
	return is_on(RETURNS) and bool(flow_settings().get("returns_from_page"))


def reasons_shown() -> list[str]:
	"""Names of the Return Reasons that a customer can choose from."""
	return lists.enabled_reasons("Return Reason")


def cases_shown(order: str) -> list[tuple[str, str]]:
	"""(case, "announced", "waiting", "returning", "arrived", "refused" or "done") of the order's cases that
	are not cancelled. "waiting": nobody has let it in yet; "returning": it was refused, and our driver or the
	courier has it.
	"""
	found: dict[str, str] = {}
	for row in cases.cases_of_order(order):
		if found.get(row["case"]) != "arrived":
			found[row["case"]] = _told(row)
	return list(found.items())


def _told(row) -> str:
	if row["state"] == POSTED:
		return "done"
	if row["waiver_answer"] == late.REFUSED:
		return "refused"
	if is_positive(row["received_qty"] or 0):
		return "arrived"
	if row["box"]:
		return "returning"
	return "waiting" if late.waits(row) else "announced"


def lines_to_announce(order: str) -> list[dict]:
	"""What of an order a customer may still announce. Shape: {"row", "note", "item_name", "uom", "left",
	"is_whole"}: of the Delivery Notes, in the unit they were sent in.
	"""
	rows, left = _rows_left(order)
	return [
		{
			"row": it.name,
			"note": it.note,
			"item_name": it.item_name,
			"uom": it.uom,
			"left": left[it.name],
			"is_whole": it.is_whole,
		}
		for it in rows
		if is_positive(left[it.name])
	]


def announce(
	order: str, asked: Iterable[Mapping], reason: str | None = None, customer_says: str | None = None
) -> str:
	"""The case of what is announced, {"row", "qty"} of Delivery Notes of this order; its name.

	Whoever calls has shown that he may speak for the order's customer. Raises: ValidationError with all that
	is wrong.
	"""
	if not may_be_announced():
		refuse(RuleViolation("returns_are_off"))
	store.hold_notes(store.notes_of_order(order))
	rows, left = _rows_left(order)
	known = {it.name: it for it in rows}
	wanted: dict[str, float] = defaultdict(float)
	for it in asked:
		wanted[it["row"]] += it["qty"]
	refuse(_problems(wanted, known, left))
	case = frappe.new_doc("Return Case")
	alongside(case).from_page = True
	case.update({"reason": _reason(reason), "customer_says": customer_says})
	for name, qty in wanted.items():
		for row in open_case.rows_asked({"qty": qty}, known[name]):
			case.append("rows", row)
	# The customer has no right to cases; the order's page is what lets him announce.
	case.insert(ignore_permissions=True)
	owner = frappe.db.get_value("Sales Order", order, "owner")
	notify([owner], case.name, said.keep(sayings.customer_announced, order=order), doctype="Return Case")
	return case.name


def _problems(wanted: Mapping[str, float], known: Mapping[str, ShippedRow], left: Mapping[str, float]):
	if not wanted or any(not is_positive(qty) for qty in wanted.values()):
		yield RuleViolation("nothing_chosen")
	for name, qty in wanted.items():
		if name not in known:
			yield RuleViolation("not_of_this_order")
		elif is_less(left[name], qty):
			yield RuleViolation(
				"announced_too_much", item=known[name].item_name, asked=rounded(qty), left=left[name]
			)
		elif known[name].is_whole and not is_whole(qty):
			yield RuleViolation("announced_in_parts", item=known[name].item_name, uom=known[name].uom)


def _reason(reason: str | None) -> str | None:
	if reason and reason not in lists.enabled_reasons("Return Reason"):
		refuse(RuleViolation("reason_is_none_of_ours", reason=reason))
	return reason or None


def _rows_left(order: str) -> tuple[list[ShippedRow], dict[str, float]]:
	"""The order's delivered rows, and what of each the customer has, and has not announced."""
	notes = store.notes_of_order(order)
	rows = [it for it in open_case.returnable(notes) if it.order == order]
	announced, away = cases.announced_of_rows(it.name for it in rows), open_case.not_there_yet(rows)
	left = {
		it.name: it.shipped_qty - it.returned_qty - announced.get(it.name, 0.0) - away[it.name] for it in rows
	}
	return rows, {name: max(rounded(qty), 0.0) for name, qty in left.items()}
