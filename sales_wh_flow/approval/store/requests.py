"""Order Approvals: what is read, locked and written.

Lock order: Sales Order, then the series that names approvals, then the order's approvals, then the Customer.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import frappe
from frappe.utils import cint, flt, now

from sales_wh_flow.approval.rules.facts import ApprovalFacts
from sales_wh_flow.approval.rules.needs import APPROVED, OPEN, SHADOW, SUPERSEDED
from sales_wh_flow.approval.store import asked_people, todos
from sales_wh_flow.base.hold_rows import Series
from sales_wh_flow.base.read_once import once
from sales_wh_flow.order.rules.held_statuses import HELD_STATUSES

DOCTYPE = "Order Approval"


@dataclass(frozen=True, slots=True)
class Approval:
	"""One Order Approval as stored."""

	name: str
	rule: str
	criterion: str
	state: str
	fingerprint: str
	approver_role: str
	reason: str
	requested_by: str
	requested_on: datetime | None
	decided_by: str | None
	decided_on: datetime | None
	comment: str | None
	rule_version: int
	identity: str
	brought: tuple[tuple[str, float], ...]

	def facts(self) -> ApprovalFacts:
		"""What the rules are told."""
		return ApprovalFacts(self.name, self.rule, self.state, self.fingerprint, self.identity, self.brought)


def approvals_of_order(order: str | None, *, for_update: bool = False) -> tuple[Approval, ...]:
	"""The order's approvals that were not superseded, oldest first; what rules in shadow recorded is none.

	``for_update`` reads and locks what was committed last; for decisions, after the order's row was locked.
	"""
	return _about("sales_order", order, for_update)


def of_quotation(quotation: str | None, *, for_update: bool = False) -> tuple[Approval, ...]:
	"""The Quotation's approvals that were not superseded, oldest first."""
	return _about("quotation", quotation, for_update)


def _about(field: str, name: str | None, for_update: bool) -> tuple[Approval, ...]:
	rows = frappe.db.sql(
		f"""select name, rule, criterion, state, fingerprint, approver_role, reason,
			requested_by, requested_on, decided_by, decided_on, comment, rule_version, identity, facts
		from `tab{DOCTYPE}` where {field} = %s and state not in %s
		order by name {"for update" if for_update else ""}""",
		(name, (SUPERSEDED, SHADOW)),
	)
	return tuple(Approval(*(*row[:12], cint(row[12]), row[13] or "", _brought(row[14]))) for row in rows)


def measured(order: str) -> dict[str, float]:
	"""Approval -> the figure that was true when it was given; of the order's approved ones."""
	found = frappe.get_all(DOCTYPE, {"sales_order": order, "state": APPROVED}, ["name", "measured"])
	return {row.name: flt(row.measured) for row in found}


def _brought(text: str | None) -> tuple[tuple[str, float], ...]:
	"""The facts of an approval; none in those of the first version."""
	return tuple((key, flt(value)) for key, value in json.loads(text)) if text else ()


def has_granted(order: str, criterion: str) -> bool:
	"""Whether an approval of this criterion was ever given for the order and is still valid."""
	rows = frappe.db.sql(
		f"select 1 from `tab{DOCTYPE}` where sales_order = %s and criterion = %s and state = %s limit 1",
		(order, criterion, APPROVED),
	)
	return bool(rows)


def all_granted(orders: Collection[str], criterion: str) -> bool:
	"""Whether an approval of this criterion was given, and is still valid, for each of the orders; not for
	none, which costs no statement.
	"""
	if not orders:
		return False
	rows = frappe.db.sql(
		f"""select distinct sales_order from `tab{DOCTYPE}`
		where sales_order in %s and criterion = %s and state = %s""",
		(tuple(orders), criterion, APPROVED),
	)
	return len(rows) == len(orders)


def hold_series() -> None:
	"""Lock the counter that names approvals, before the approvals of an order are read in order to add some.

	A locking read of an order without approvals also locks the gap where the next order's approval goes. Two
	users who ask at the same time would lock the gap both, then wait for each other.
	"""
	Series(DOCTYPE)


def shadows_of(order: str, digest: str) -> set[str]:
	"""The rules in shadow that have recorded already what they would ask of the order as it is now."""
	rows = frappe.db.sql(
		f"select rule from `tab{DOCTYPE}` where sales_order = %s and state = %s and fingerprint = %s",
		(order, SHADOW, digest),
	)
	return {row[0] for row in rows}


def held_orders(
	orders: Iterable[str | None], rows: Iterable[str | None] = (), note_rows: Iterable[str | None] = ()
) -> dict[str, tuple[str, ...]]:
	"""{submitted order: the rules it waits for}: it changed after approval, and nobody has agreed yet.

	Arguments as ``held_and_drafts``.
	"""
	return held_and_drafts(orders, rows, note_rows)[0]


def held_and_drafts(
	orders: Iterable[str | None], rows: Iterable[str | None] = (), note_rows: Iterable[str | None] = ()
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
	"""What nothing is delivered or billed of: ({submitted order whose change waits: the rules it waits for},
	the orders that are drafts).

	``rows``, ``note_rows``: of Sales Orders and Delivery Notes, for their orders; ERPNext counts by the row
	what is delivered and billed, whichever order stands beside it.

	At submit nothing is left open or refused, so what is open or refused later is about a later change. The
	flow status says so on the order's own row, which is read as last committed: whoever ships goods has
	locked it, and an order that is being changed is waited for.
	"""
	links = [tuple(name for name in names if name) or ("",) for names in (orders, rows, note_rows)]
	if links == [("",)] * 3:
		return {}, ()
	found = frappe.db.sql(
		"""select so.name, so.docstatus from (
			select name from `tabSales Order` where name in %s
			union select parent from `tabSales Order Item` where name in %s
			union select against_sales_order from `tabDelivery Note Item` where name in %s
		) linked straight_join `tabSales Order` so force index (primary) on so.name = linked.name
		where so.docstatus = 0 or (so.docstatus = 1 and so.swf_flow_status in %s)
		order by so.name lock in share mode""",
		(*links, HELD_STATUSES),
	)
	held = {order: _waits_for(order) for order, docstatus in found if docstatus}
	return held, tuple(order for order, docstatus in found if not docstatus)


def _waits_for(order: str) -> tuple[str, ...]:
	rows = frappe.db.sql(
		f"""select rule from `tab{DOCTYPE}` where sales_order = %s and state not in %s
		order by rule lock in share mode""",
		(order, (APPROVED, SUPERSEDED, SHADOW)),
	)
	return tuple(row[0] for row in rows)


def told(approval: str, to_tell: int) -> None:
	"""Keep what is left to be told of an approval; no time stamp moves."""
	frappe.db.set_value(DOCTYPE, approval, "to_tell", to_tell, update_modified=False)


def supersede(approvals: Iterable[Approval | ApprovalFacts]) -> None:
	"""Take back approvals that no longer speak of the order; what was decided stays on record."""
	_supersede(tuple(approval.name for approval in approvals))


def supersede_open(order: str) -> None:
	"""What is open about an order no longer counts: something else took its place."""
	rows = frappe.db.sql(
		f"select name from `tab{DOCTYPE}` where sales_order = %s and state = %s", (order, OPEN)
	)
	_supersede(tuple(row[0] for row in rows))


def _supersede(names: tuple[str, ...]) -> None:
	if not names:
		return
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` force index (primary)
			set state = %s, waits_for = '', due_on = null, remind_on = null,
			modified = %s, modified_by = %s
		where name in %s""",
		(SUPERSEDED, now(), frappe.session.user, names),
	)
	asked_people.release(names)
	todos.close(*names)


def is_asked(order: str, user: str, roles: Iterable[str]) -> bool:
	"""Whether an open approval of the order asks this user now, by name or role. One statement."""
	found = frappe.db.sql(
		f"""select 1 from `tab{DOCTYPE}` approval
		join `tabOrder Approval Decider` decider on decider.parent = approval.name
		where (approval.sales_order = %(order)s or approval.quotation = %(order)s)
			and approval.state = %(open)s and decider.is_current = 1
			and (decider.user = %(user)s or decider.role in %(roles)s)
		limit 1""",
		{"order": order, "open": OPEN, "user": user, "roles": tuple(roles) or ("",)},
	)
	return bool(found)


def last_refused(likeness: str) -> tuple[str, str, date, str] | None:
	"""(order, who refused, when, why) of the last refusal of what is alike; None when there is none."""
	rows = frappe.db.sql(
		f"""select coalesce(
				nullif(approval.sales_order, ''), nullif(approval.quotation, ''), approval.deleted_order),
			given.user,
			date(given.decided_on), coalesce(given.comment, '')
		from `tab{DOCTYPE}` approval join `tab{asked_people.DECISIONS}` given on given.parent = approval.name
		where approval.likeness = %s and given.action = 'Refused'
		order by given.decided_on desc, approval.name desc limit 1""",
		likeness,
	)
	return rows[0] if rows else None


def outlive_order(order: str) -> None:
	"""The order is deleted: what was asked and decided stays, without link, under the order's number."""
	supersede_open(order)
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set deleted_order = sales_order, sales_order = null, modified = %s,
			modified_by = %s
		where sales_order = %s""",
		(now(), frappe.session.user, order),
	)


@once
def users_with_role(role: str) -> list[tuple[str, str]]:
	"""(user, full name) of the enabled desk users who have the role, by full name."""
	rows = frappe.db.sql(
		"""select distinct user.name, user.full_name from `tabHas Role` has_role
		join `tabUser` user on user.name = has_role.parent
		where has_role.parenttype = 'User' and has_role.role = %s and user.enabled = 1
			and user.name not in ('Administrator', 'Guest')
		order by user.full_name, user.name""",
		role,
	)
	return [(name, full_name or name) for name, full_name in rows]
