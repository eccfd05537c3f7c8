"""What was asked, seen in shadow and decided about orders, for the report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import frappe

_VOTES = ("Approved", "Refused")

_FILTERS = {
	"company": "`tabOrder Approval`.company = %(company)s",
	"customer": "`tabOrder Approval`.customer = %(customer)s",
	"sales_order": "%(sales_order)s in (`tabOrder Approval`.sales_order, `tabOrder Approval`.deleted_order)",
	"rule": "`tabOrder Approval`.rule = %(rule)s",
	"state": "`tabOrder Approval`.state = %(state)s",
	"from_date": "`tabOrder Approval`.requested_on >= %(from_date)s",
	"to_date": "`tabOrder Approval`.requested_on < date_add(%(to_date)s, interval 1 day)",
	"approver": "coalesce(vote.user, `tabOrder Approval`.decided_by) = %(approver)s",
}

# An approval without a row of its own for the vote was decided before votes were kept row by row.
_HISTORY = """
select `tabOrder Approval`.name,
	coalesce(nullif(`tabOrder Approval`.sales_order, ''), `tabOrder Approval`.deleted_order) sales_order,
	`tabOrder Approval`.customer,
	`tabOrder Approval`.company, `tabOrder Approval`.rule, `tabOrder Approval`.rule_version,
	`tabOrder Approval`.criterion, `tabOrder Approval`.reason, `tabOrder Approval`.measured,
	`tabOrder Approval`.allowed, `tabOrder Approval`.unit, `tabOrder Approval`.order_value,
	`tabOrder Approval`.state, `tabOrder Approval`.requested_by, `tabOrder Approval`.requested_on,
	`tabOrder Approval`.due_on, `tabOrder Approval`.condition_text, `tabOrder Approval`.condition_state,
	coalesce(vote.action, case `tabOrder Approval`.state
		when 'Approved' then 'Approved' when 'Rejected' then 'Refused' else '' end) action,
	coalesce(vote.level, `tabOrder Approval`.level) level,
	coalesce(vote.user, `tabOrder Approval`.decided_by) decided_by, vote.on_behalf_of,
	coalesce(vote.decided_on, `tabOrder Approval`.decided_on) decided_on,
	coalesce(vote.comment, `tabOrder Approval`.comment) comment, vote.via,
	coalesce(company.default_currency, '') currency
from {source}
left join `tabCompany` company on company.name = `tabOrder Approval`.company
{where}
order by `tabOrder Approval`.requested_on desc, `tabOrder Approval`.name, vote.idx"""

_VOTES_OF = """`tabOrder Approval`
left join `tabOrder Approval Decision` vote on vote.parent = `tabOrder Approval`.name
	and vote.parenttype = 'Order Approval' and vote.action in %(votes)s"""

# Which rows are on the page is found by their names alone, before anything wide is read.
_PAGE = """(
	select `tabOrder Approval`.name approval, vote.name vote from {source} {where}
	order by `tabOrder Approval`.requested_on desc, `tabOrder Approval`.name, vote.idx
	limit %(start)s, %(count)s
) page join `tabOrder Approval` on `tabOrder Approval`.name = page.approval
left join `tabOrder Approval Decision` vote on vote.name = page.vote"""


def history_rows(visible: str, page: tuple[int, int] | None = None, **filters: Any) -> list[frappe._dict]:
	"""One row for each vote, one for each approval without a vote; newest first, one statement.

	``visible``: SQL condition of what the user may see, empty for everything. Filters that are None are any.
	``page``: (first row, how many); None for all.
	"""
	given = {name: value for name, value in filters.items() if value}
	parts = [visible.replace("%", "%%"), *(_FILTERS[name] for name in given)]
	where = " ".join(["where 1 = 1", *(f"and ({part})" for part in parts if part)])
	values = {"votes": _VOTES, **given}
	if page:
		values["start"], values["count"] = page
		query = _HISTORY.format(source=_PAGE.format(source=_VOTES_OF, where=where), where="")
	else:
		query = _HISTORY.format(source=_VOTES_OF, where=where)
	return frappe.db.sql(query, values, as_dict=True)


def full_names(users: set[str]) -> dict[str, str]:
	"""{user: the name people know}; one statement, none without users."""
	wanted = tuple(user for user in users if user)
	if not wanted:
		return {}
	return dict(
		frappe.db.sql("select name, coalesce(full_name, name) from `tabUser` where name in %s", [wanted])
	)


@dataclass(frozen=True, slots=True)
class ShadowHit:
	"""What a rule on trial would have asked about an order."""

	rule: str
	criterion: str
	reason: str
	seen_on: datetime | None


def shadow_hits(order: str) -> list[ShadowHit]:
	"""Of one order, by rule: one statement."""
	found = frappe.db.sql(
		"""select rule, criterion, reason, requested_on from `tabOrder Approval`
		where sales_order = %s and state = 'Shadow' order by rule, name""",
		order,
	)
	return [ShadowHit(*row) for row in found]
