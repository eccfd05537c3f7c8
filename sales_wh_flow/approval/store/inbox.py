"""Approvals that wait for a decision, by what they are about: Sales Orders and Quotations.

A page costs two statements however many approvals are open and however many are on the page. The first
reads all that is open in a few numbers: counting and sorting in SQL took three times as long, because a
group of long names becomes a table on its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from sales_wh_flow.approval.store.links import ABOUT

_APPROVAL = "`tabOrder Approval`"
_OPEN = f"""from {_APPROVAL}
left join `tabSales Order` on `tabSales Order`.name = {_APPROVAL}.sales_order
	and `tabSales Order`.docstatus < 2
left join `tabQuotation` on `tabQuotation`.name = {_APPROVAL}.quotation
	and `tabQuotation`.docstatus = 0 {{more}}
where {_APPROVAL}.state = 'Open' and ({{orders}} or {{quotations}})"""

_ASKER = f"left join `tabUser` asker on asker.name = {_APPROVAL}.requested_by"
_VALUE = "coalesce(`tabSales Order`.base_grand_total, `tabQuotation`.base_grand_total)"

_FILTERS = {
	"company": "coalesce(`tabSales Order`.company, `tabQuotation`.company) = %(company)s",
	"customer": "coalesce(`tabSales Order`.customer, `tabQuotation`.party_name) = %(customer)s",
	"rule": f"{_APPROVAL}.rule = %(rule)s",
	"min_value": f"{_VALUE} >= %(min_value)s",
	"asked_before": f"{_APPROVAL}.requested_on < %(asked_before)s",
	"due_before": f"{_APPROVAL}.due_on < %(due_before)s",
}


@dataclass(frozen=True, slots=True)
class InboxScope:
	"""Which open approvals are looked at. ``orders``, ``quotations`` and ``mine`` are SQL conditions, the
	first two may be empty; ``filters``: those of _FILTERS that are set.
	"""

	orders: str
	quotations: str
	mine: str
	filters: dict[str, Any]

	def source(self, more: str = "") -> str:
		return _OPEN.format(
			more=more,
			orders=_readable("Sales Order", self.orders),
			quotations=_readable("Quotation", self.quotations),
		) + "".join(f" and ({_FILTERS[name]})" for name in self.filters)


def scope(
	orders: str,
	quotations: str,
	mine: str,
	*,
	company: str | None = None,
	customer: str | None = None,
	rule: str | None = None,
	min_value: float | None = None,
	older_than_days: int | None = None,
	due: str | None = None,
) -> InboxScope:
	"""``orders``, ``quotations``: which of them the user may read. ``due``: 'overdue' or 'today', anything
	else is any. ``min_value``: in company currency.

	The conditions are finished SQL: a per cent sign in a customer's name must not be taken for a value.
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
		orders.replace("%", "%%"),
		quotations.replace("%", "%%"),
		mine,
		{name: value for name, value in filters.items() if value},
	)


def waiting_rows(within: InboxScope, is_mine: bool = False) -> list[tuple]:
	"""(what it is about, whether it is the user's, due, since, value) of each open approval, or with
	``is_mine`` of the user's alone; one statement. Unit: seconds as the database counts them.
	"""
	only = f" and ({within.mine})" if is_mine else ""
	return frappe.db.sql(
		f"""select {ABOUT.format(_APPROVAL)}, ({within.mine}),
			cast(timestampdiff(second, '2000-01-01', {_APPROVAL}.due_on) as int),
			cast(timestampdiff(second, '2000-01-01', {_APPROVAL}.requested_on) as int),
			cast({_VALUE} as double)
		{within.source()}{only}""",
		within.filters,
	)


def seconds(moment: Any) -> float:
	"""A moment in the unit of ``waiting_rows``."""
	return (moment - frappe.utils.get_datetime("2000-01-01 00:00:00")).total_seconds()


def waiting_orders(within: InboxScope, most: int) -> list[str]:
	"""The Sales Orders that wait for the user, at most so many; one statement."""
	rows = frappe.db.sql(
		f"""select distinct `tabSales Order`.name {within.source()} and ({within.mine})
			and `tabSales Order`.name is not null order by 1 limit %(most)s""",
		{**within.filters, "most": most},
	)
	return [row[0] for row in rows]


def approvals(within: InboxScope, names: Iterable[str]) -> list[frappe._dict]:
	"""Every open approval about these that the filters let through, with the header of what it is about; one
	statement.
	"""
	wanted = tuple(names)
	if not wanted:
		return []
	both = "coalesce(`tabSales Order`.{0}, `tabQuotation`.{0})".format
	return frappe.db.sql(
		f"""select {_APPROVAL}.name, coalesce({_APPROVAL}.sales_order, '') sales_order,
			coalesce({_APPROVAL}.quotation, '') quotation, {_APPROVAL}.rule, {_APPROVAL}.criterion,
			{_APPROVAL}.reason, {_APPROVAL}.requested_on since, {_APPROVAL}.due_on due, {_APPROVAL}.waits_for,
			{_APPROVAL}.level, {_APPROVAL}.needed, {_APPROVAL}.given, {_APPROVAL}.condition_state,
			{_APPROVAL}.condition_text, {_APPROVAL}.question, (
				select said.comment from `tabOrder Approval Decision` said
				where said.parent = {_APPROVAL}.name and said.action = 'Asked' and said.comment <> ''
				order by said.idx limit 1) note, ({within.mine}) is_mine,
			coalesce(`tabSales Order`.customer, `tabQuotation`.party_name) customer,
			{both("customer_name")} customer_name, {both("company")} company, {_VALUE} value,
			`tabSales Order`.delivery_date, coalesce(`tabSales Order`.docstatus, 0) docstatus,
			coalesce(asker.full_name, {_APPROVAL}.requested_by) asked_by
		{within.source(_ASKER)}
			and ({_APPROVAL}.sales_order in %(names)s or {_APPROVAL}.quotation in %(names)s)
		order by {_APPROVAL}.name""",
		{**within.filters, "names": wanted},
		as_dict=True,
	)


def _readable(doctype: str, condition: str) -> str:
	there = f"`tab{doctype}`.name is not null"
	return f"({there} and ({condition}))" if condition else there
