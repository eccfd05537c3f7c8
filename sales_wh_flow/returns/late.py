"""Goods of a case that are announced after their window: how late, and who may let them in."""

from collections.abc import Collection, Iterable, Mapping

import frappe
from frappe.utils import cint, getdate, now_datetime

from sales_wh_flow.base import said, trees
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.returns import asked, sayings
from sales_wh_flow.returns.rules import waivers
from sales_wh_flow.returns.rules import windows as rules
from sales_wh_flow.returns.rules.facts import CANCELLED, POSTED, CaseRow, ShippedRow
from sales_wh_flow.returns.rules.waivers import Ask
from sales_wh_flow.returns.rules.windows import About, LateRow, Waiver, Window
from sales_wh_flow.returns.store import windows as store

WAIVED, REFUSED = "Waived", "Refused"


def read_late(case, rows: Iterable[CaseRow], shipped: Mapping[str, ShippedRow]) -> tuple[LateRow, ...]:
	"""Which of these rows are announced after their window, by the policies of this moment."""
	known = [row for row in rows if row.source in shipped]
	windows, otherwise = store.enabled_windows(), _of_settings()
	groups = trees.above("Item Group", {shipped[row.source].item_group for row in known}) if windows else {}
	customer_groups = trees.above_customer(case.customer) if windows else ()
	meant = {
		row.name: rules.window_for(
			windows,
			About(
				shipped[row.source].company,
				customer_groups,
				groups.get(shipped[row.source].item_group, ()),
				row.reason or case.reason or "",
			),
			otherwise,
		)
		for row in known
	}
	return rules.late_rows(known, shipped, meant, getdate(case.announced_on))


def note_late(case, late: Collection[LateRow]) -> bool:
	"""The case says how late it is and what that is worth. What somebody let in before there was more of it,
	or later goods, is asked anew. Whether somebody has to be asked who was not.
	"""
	was_waiting, was = waits(case), (cint(case.days_late), case.late_value or 0.0)
	case.is_outside_window = cint(bool(late))
	case.days_late = max((it.days_late for it in late), default=0)
	case.late_value = sum(it.value for it in late)
	is_more = rules.is_later_than_waived(case.days_late, case.late_value, *was)
	if is_more:
		void_answers(case)
		if is_waived(case):
			case.update(dict.fromkeys(("waiver_answer", "waived_by", "waived_on", "waiver_reason")))
	if not waits(case):
		case.waiver_due_on = None
		return False
	is_asked_anew = is_more or not was_waiting
	if is_asked_anew or not case.late_since:
		case.late_since = now_datetime()
	return is_asked_anew


def void_answers(case) -> None:
	"""What was answered so far counts no more, and stays to be read."""
	for row in case.waiver_answers:
		row.is_void = 1


def set_due(case, asks: Collection[Ask]) -> None:
	"""When somebody is reminded next, or somebody else is asked."""
	due = (asked.due_of(case, ask) for ask in waivers.still_open(asks))
	case.waiver_due_on = min((it for it in due if it), default=None)


def is_waived(case) -> bool:
	"""Whether somebody let it in; a case of before knows no other answer."""
	return bool(case.waived_by) and case.waiver_answer != REFUSED


def waits(case) -> bool:
	"""Whether it is too late, and nobody let it in."""
	return bool(case.is_outside_window) and not is_waived(case) and case.state not in (POSTED, CANCELLED)


def tell_who_may_waive(case, asks: Collection[Ask], words=sayings.case_is_late) -> None:
	"""Whoever may let it in now, and see it, learns that it waits for that."""
	users = {user for ask in waivers.still_open(asks) for user, _name in asked.who_may_answer(case, ask)}
	said_so = said.keep(words, case=case.name, days=case.days_late)
	notify(users - {frappe.session.user}, case.name, said_so, doctype="Return Case")


def by_settings(case) -> tuple[Ask, ...]:
	"""As if something were late by the settings: whom to ask about nothing."""
	return (asked.of_policies(case, [LateRow("", "", _of_settings(), 0, 0.0)]),)


def _of_settings() -> Window:
	settings = flow_settings()
	role = settings.get("return_waiver_role") or "Sales Manager"
	return Window("", cint(settings.get("return_window_days")), (Waiver(role),))
