"""Which open approvals lost people who could decide them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import frappe

from sales_wh_flow.approval.rules.needs import OPEN
from sales_wh_flow.approval.store.asked_people import DECIDERS
from sales_wh_flow.approval.store.links import ABOUT, IS_ABOUT, KIND

_WHICH = f"{KIND} kind, {ABOUT} about".format("approval")
_IS_ABOUT = IS_ABOUT.format("approval")


def open_approvals_asking(user: str | None, roles: Iterable[str]) -> list[tuple[str, str, str]]:
	"""(DocType, name, approval) of everything open that asks this user by name, or one of these roles."""
	return _rows(
		frappe.db.sql(
			f"""select distinct {_WHICH}, approval.name from `tab{DECIDERS}` asked
			join `tabOrder Approval` approval on approval.name = asked.parent and approval.state = %s
			where asked.is_current = 1 and {_IS_ABOUT}
				and (asked.user = %s or asked.on_behalf_of = %s or asked.role in %s)
			order by about, approval.name""",
			(OPEN, user or None, user or None, tuple(roles) or ("",)),
		)
	)


_POSSIBLE = f"""select asked.parent approval, person.name person from `tab{DECIDERS}` asked
	join `tabUser` person on person.name = asked.user and person.enabled = 1
	where asked.is_current = 1
	union
	select asked.parent, person.name from `tab{DECIDERS}` asked
	join `tabHas Role` holder on holder.role = asked.role and holder.parenttype = 'User'
	join `tabUser` person on person.name = holder.parent and person.enabled = 1
	where asked.is_current = 1 and asked.role <> ''"""


def asked_people() -> list[str]:
	"""Every enabled user whom anything open asks, by name or by a role. One statement."""
	return [row[0] for row in frappe.db.sql(f"select distinct person from ({_POSSIBLE}) possible")]


def asked_of_too_few(
	limits: Mapping[tuple[str, str], Collection[str]], among: Collection[str] | None = None
) -> list[tuple[str, str, str]]:
	"""(DocType, name, approval) of everything open that fewer people are asked about, who are enabled and may
	read it, than have to agree; who voted counts among them. One statement.

	``limits``: {(SQL condition on Sales Orders, on Quotations that they may read): the people}; who stands
	nowhere reads all. ``among``: of these approvals alone.
	"""
	reads = ["1 = 1"]
	for (orders, quotations), people in limits.items():
		names = ", ".join(frappe.db.escape(person) for person in sorted(people))
		order = _is_read("Sales Order", "sales_order", orders)
		quotation = _is_read("Quotation", "quotation", quotations)
		reads.append(
			f"(possible.person not in ({names})"
			f" or if(coalesce(approval.quotation, '') = '', {order}, {quotation}))"
		)
	some = f"and approval.name in {_listed(among)}" if among is not None else ""
	return _rows(
		frappe.db.sql(
			f"""select {_WHICH}, approval.name from `tabOrder Approval` approval
			left join ({_POSSIBLE}) possible on possible.approval = approval.name
				and (approval.allow_own_order = 1
				or possible.person not in (approval.author, approval.requested_by))
				and {" and ".join(reads)}
			where approval.state = {frappe.db.escape(OPEN)} and {_IS_ABOUT} {some}
				and coalesce(approval.condition_state, '') <> 'Offered'
			group by kind, about, approval.name, approval.needed
			having count(distinct possible.person) < approval.needed
			order by about, approval.name"""
		)
	)


def _is_read(doctype: str, link: str, condition: str) -> str:
	"""SQL: whether what an approval is about meets a condition; "" is met by all."""
	if not condition:
		return "1"
	return (
		f"exists (select 1 from `tab{doctype}` where `tab{doctype}`.name = approval.{link} and {condition})"
	)


def _listed(names: Collection[str]) -> str:
	return "(" + ", ".join(frappe.db.escape(name) for name in sorted(names) or ("",)) + ")"


def _rows(rows: Iterable[Any]) -> list[tuple[str, str, str]]:
	return [(doctype, name, approval) for doctype, name, approval in rows]
