"""Which open approvals lost people who could decide them."""

from collections.abc import Iterable
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


def asked_of_too_few() -> list[tuple[str, str, str]]:
	"""(DocType, name, approval) of everything open that fewer enabled users are asked about than have to
	agree.

	Whether they may read the order is another question; who voted counts among them.
	"""
	return _rows(
		frappe.db.sql(
			f"""select {_WHICH}, approval.name from `tabOrder Approval` approval
			left join (
				select asked.parent approval, person.name person from `tab{DECIDERS}` asked
				join `tabUser` person on person.name = asked.user and person.enabled = 1
				where asked.is_current = 1
				union
				select asked.parent, person.name from `tab{DECIDERS}` asked
				join `tabHas Role` holder on holder.role = asked.role and holder.parenttype = 'User'
				join `tabUser` person on person.name = holder.parent and person.enabled = 1
				where asked.is_current = 1 and asked.role <> ''
			) possible on possible.approval = approval.name and (approval.allow_own_order = 1
				or possible.person not in (approval.author, approval.requested_by))
			where approval.state = %s and {_IS_ABOUT}
				and coalesce(approval.condition_state, '') <> 'Offered'
			group by kind, about, approval.name, approval.needed
			having count(distinct possible.person) < approval.needed
			order by about, approval.name""",
			OPEN,
		)
	)


def _rows(rows: Iterable[Any]) -> list[tuple[str, str, str]]:
	return [(doctype, name, approval) for doctype, name, approval in rows]
