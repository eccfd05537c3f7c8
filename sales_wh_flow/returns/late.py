"""Goods of a case that are announced after their window: how late, and who may let them in."""

from collections.abc import Iterable, Mapping

import frappe
from frappe.utils import cint, getdate

from sales_wh_flow.base import said, trees
from sales_wh_flow.base.notify import notify
from sales_wh_flow.base.settings import flow_settings
from sales_wh_flow.returns import sayings
from sales_wh_flow.returns.rules import windows as rules
from sales_wh_flow.returns.rules.facts import CANCELLED, POSTED, CaseRow, ShippedRow
from sales_wh_flow.returns.rules.windows import About, LateGoods, Waiver, Window
from sales_wh_flow.returns.store import windows as store

WAIVED, REFUSED = "Waived", "Refused"
_MOST_TOLD = 20


def read_late(case, rows: Iterable[CaseRow], shipped: Mapping[str, ShippedRow]) -> tuple[LateGoods, ...]:
	"""What of these rows is announced after its window, by the policies of this moment."""
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
	return rules.late_goods(known, shipped, meant, getdate(case.announced_on))


def note_late(case, late: Iterable[LateGoods]) -> None:
	"""The case says how late it is and what that is worth. What somebody let in before there was more of it,
	or later goods, is asked anew.
	"""
	late = tuple(late)
	was_days, was_value = cint(case.days_late), case.late_value or 0.0
	case.is_outside_window = cint(bool(late))
	case.days_late = max((it.days_late for it in late), default=0)
	case.late_value = sum(it.value for it in late)
	if is_waived(case) and rules.is_later_than_waived(case.days_late, case.late_value, was_days, was_value):
		case.update(dict.fromkeys(("waiver_answer", "waived_by", "waived_on", "waiver_reason")))


def is_waived(case) -> bool:
	"""Whether somebody let it in; a case of before knows no other answer."""
	return bool(case.waived_by) and case.waiver_answer != REFUSED


def waits(case) -> bool:
	"""Whether it is too late, and nobody let it in."""
	return bool(case.is_outside_window) and not is_waived(case) and case.state not in (POSTED, CANCELLED)


def user_may_waive(case, late: Iterable[LateGoods]) -> bool:
	"""Whether the session's user lets all of it in."""
	user = frappe.session.user
	return rules.may_waive(tuple(late), frappe.get_roles(user), user == case.owner)


def tell_who_may_waive(case, late: Iterable[LateGoods]) -> None:
	"""Whoever may let it in, and see it, learns that it waits for that."""
	roles = rules.roles_that_waive(tuple(late))
	users = [
		user
		for user in store.users_with_roles(roles, _MOST_TOLD)
		if user != frappe.session.user and frappe.has_permission("Return Case", "read", doc=case, user=user)
	]
	said_so = said.keep(sayings.case_is_late, case=case.name, days=case.days_late)
	notify(users, case.name, said_so, doctype="Return Case")


def by_settings() -> tuple[LateGoods, ...]:
	"""As if something were late by the settings: whom to ask about nothing."""
	return (LateGoods(_of_settings(), 0, 0.0),)


def _of_settings() -> Window:
	settings = flow_settings()
	role = settings.get("return_waiver_role") or "Sales Manager"
	return Window("", cint(settings.get("return_window_days")), (Waiver(role),))
