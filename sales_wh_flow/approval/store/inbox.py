"""Approvals that wait for a decision, by the order: a page of them, and how many there are.

A page costs three statements however many approvals are open and however many are on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import add_days, cint, now_datetime, nowdate

_OPEN = """from `tabOrder Approval`
join `tabSales Order` on `tabSales Order`.name = `tabOrder Approval`.sales_order {more}
where `tabOrder Approval`.state = 'Open' and `tabSales Order`.docstatus < 2"""

_ASKER = "left join `tabUser` asker on asker.name = `tabOrder Approval`.requested_by"

_FILTERS = {
	"company": "`tabSales Order`.company = %(company)s",
	"customer": "`tabSales Order`.customer = %(customer)s",
	"rule": "`tabOrder Approval`.rule = %(rule)s",
	"min_value": "`tabSales Order`.base_grand_total >= %(min_value)s",
	"asked_before": "`tabOrder Approval`.requested_on < %(asked_before)s",
	"due_before": "`tabOrder Approval`.due_on < %(due_before)s",
}

_SORTS = {
	"due": "coalesce(min(`tabOrder Approval`.due_on), '9999-12-31'), min(`tabOrder Approval`.requested_on)",
	"oldest": "min(`tabOrder Approval`.requested_on)",
	"value": "max(`tabSales Order`.base_grand_total) desc",
}
SORTS = tuple(_SORTS)


@dataclass(frozen=True, slots=True)
class Counts:
	"""Orders with open approvals that fit the filters: that wait for the user, overdue ones among them, and
	all that the user may see.
	"""

	mine: int
	overdue: int
	seen: int


@dataclass(frozen=True, slots=True)
class InboxScope:
	"""Which open approvals are looked at. ``visible`` and ``mine`` are SQL conditions, the first may be
	empty; ``filters``: those of _FILTERS that are set.
	"""

	visible: str
	mine: str
	filters: dict[str, Any]

	def where(self, *more: str) -> str:
		given = [_FILTERS[name] for name in self.filters]
		return " ".join(f"and ({part})" for part in (self.visible, *given, *more) if part)


def scope(
	visible: str,
	mine: str,
	*,
	company: str | None = None,
	customer: str | None = None,
	rule: str | None = None,
	min_value: float | None = None,
	older_than_days: int | None = None,
	due: str | None = None,
) -> InboxScope:
	"""``due``: 'overdue' or 'today', anything else is any. ``min_value``: in company currency.

	``visible`` is finished SQL: a per cent sign in a customer's name must not be taken for a value.
	"""
	due_before = {"overdue": now_datetime(), "today": add_days(nowdate(), 1)}.get(due or "")
	filters = {
		"company": company,
		"customer": customer,
		"rule": rule,
		"min_value": min_value,
		"asked_before": add_days(now_datetime(), -older_than_days) if older_than_days else None,
		"due_before": due_before,
	}
	return InboxScope(
		visible.replace("%", "%%"), mine, {name: value for name, value in filters.items() if value}
	)


def counts(within: InboxScope) -> Counts:
	"""One statement."""
	order = "`tabOrder Approval`.sales_order"
	rows = frappe.db.sql(
		f"""select count(distinct if({within.mine}, {order}, null)),
			count(distinct if({within.mine} and `tabOrder Approval`.due_on < %(now)s, {order}, null)),
			count(distinct {order})
		{_OPEN.format(more="")} {within.where()}""",
		{**within.filters, "now": now_datetime()},
	)
	return Counts(*map(cint, rows[0]))


def orders(within: InboxScope, is_mine: bool, sort: str, start: int, length: int) -> list[str]:
	"""The orders of one page, in its order: one statement."""
	where = within.where(within.mine) if is_mine else within.where()
	rows = frappe.db.sql(
		f"""select `tabOrder Approval`.sales_order {_OPEN.format(more="")} {where}
		group by `tabOrder Approval`.sales_order
		order by {_SORTS[sort]}, `tabOrder Approval`.sales_order limit %(length)s offset %(start)s""",
		{**within.filters, "length": length, "start": start},
	)
	return [row[0] for row in rows]


def approvals(within: InboxScope, names: Iterable[str]) -> list[frappe._dict]:
	"""Every open approval of these orders that the filters let through, with its order's header; one
	statement.
	"""
	wanted = tuple(names)
	if not wanted:
		return []
	return frappe.db.sql(
		f"""select `tabOrder Approval`.name, `tabOrder Approval`.sales_order, `tabOrder Approval`.rule,
			`tabOrder Approval`.criterion,
			`tabOrder Approval`.reason, `tabOrder Approval`.requested_on since,
			`tabOrder Approval`.due_on due, `tabOrder Approval`.waits_for, `tabOrder Approval`.level,
			`tabOrder Approval`.needed, `tabOrder Approval`.given, `tabOrder Approval`.condition_state,
			`tabOrder Approval`.condition_text, `tabOrder Approval`.question, (
				select said.comment from `tabOrder Approval Decision` said
				where said.parent = `tabOrder Approval`.name and said.action = 'Asked' and said.comment <> ''
				order by said.idx limit 1) note, ({within.mine}) is_mine,
			`tabSales Order`.customer, `tabSales Order`.customer_name, `tabSales Order`.company,
			`tabSales Order`.base_grand_total value, `tabSales Order`.delivery_date,
			`tabSales Order`.docstatus, coalesce(asker.full_name, `tabOrder Approval`.requested_by) asked_by
		{_OPEN.format(more=_ASKER)} {within.where()} and `tabOrder Approval`.sales_order in %(orders)s
		order by `tabOrder Approval`.name""",
		{**within.filters, "orders": wanted},
		as_dict=True,
	)
