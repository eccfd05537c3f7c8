"""Order Approvals, their rules, and the credit they look at: what is read, locked and written.

Lock order: Sales Order, then the series that names approvals, then the order's approvals, then the Customer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.database.database import Database
from frappe.utils import flt, now, now_datetime

from erpnext.selling.doctype.customer.customer import get_credit_limit, get_customer_outstanding

from sales_wh_flow.rules.approval import APPROVED, OPEN, SUPERSEDED
from sales_wh_flow.rules.facts import ApprovalFacts, ApprovalNeed, ApprovalRuleFacts, CreditFacts, OrderFacts
from sales_wh_flow.store import approvers, todos
from sales_wh_flow.store.locks import Series

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
	allows_own_order: bool
	reason: str
	requested_by: str
	requested_on: datetime | None
	decided_by: str | None
	decided_on: datetime | None
	comment: str | None

	def facts(self, author: str = "") -> ApprovalFacts:
		"""What the rules are told, with ``author`` as the one who must not decide."""
		return ApprovalFacts(
			self.name,
			self.rule,
			self.state,
			self.fingerprint,
			author,
			self.approver_role,
			self.allows_own_order,
		)


@dataclass(frozen=True, slots=True)
class NewApproval:
	"""An approval to be asked for: the need, the reason in words, and whether the author may decide."""

	need: ApprovalNeed
	reason: str
	allows_own_order: bool


def rules() -> tuple[ApprovalRuleFacts, ...]:
	"""The enabled rules: one statement."""
	rows = frappe.db.sql(
		"""select rule.name, rule.criterion, rule.threshold, (
				select coalesce(nullif(asked.role, ''), nullif(asked.user, ''), asked.relation)
				from `tabOrder Approval Rule Approver` asked where asked.parent = rule.name
				order by asked.level, asked.idx limit 1),
			rule.company, rule.customer_group, rule.allow_own_order
		from `tabOrder Approval Rule` rule where rule.enabled = 1"""
	)
	return tuple(
		ApprovalRuleFacts(name, criterion, flt(threshold), role or "", company or "", group or "", bool(own))
		for name, criterion, threshold, role, company, group, own in rows
	)


def of_order(order: str | None, *, for_update: bool = False) -> tuple[Approval, ...]:
	"""The order's approvals that were not superseded, oldest first.

	``for_update`` reads and locks what was committed last; for decisions, after the order's row was locked.
	"""
	rows = frappe.db.sql(
		f"""select name, rule, criterion, state, fingerprint, approver_role, allow_own_order, reason,
			requested_by, requested_on, decided_by, decided_on, comment
		from `tab{DOCTYPE}` where sales_order = %s and state <> %s
		order by name {"for update" if for_update else ""}""",
		(order, SUPERSEDED),
	)
	return tuple(Approval(*row[:6], bool(row[6]), *row[7:]) for row in rows)


def order_of(approval: str) -> str:
	"""The Sales Order that an approval is about. Raises: DoesNotExistError."""
	order = frappe.db.get_value(DOCTYPE, approval, "sales_order")
	if not order:
		frappe.throw(
			frappe._("Order Approval {0} does not exist.").format(
				frappe.bold(frappe.utils.escape_html(approval))
			),
			frappe.DoesNotExistError,
		)
	return order


def has_granted(order: str, criterion: str) -> bool:
	"""Whether an approval of this criterion was ever given for the order and is still valid."""
	rows = frappe.db.sql(
		f"select 1 from `tab{DOCTYPE}` where sales_order = %s and criterion = %s and state = %s limit 1",
		(order, criterion, APPROVED),
	)
	return bool(rows)


def lock_series() -> None:
	"""Lock the counter that names approvals, before the approvals of an order are read in order to add some.

	A locking read of an order without approvals also locks the gap where the next order's approval goes. Two
	users who ask at the same time would lock the gap both, then wait for each other.
	"""
	Series(DOCTYPE)


def create(order: OrderFacts, new: Iterable[NewApproval], digest: str, asked_by: str) -> list[str]:
	"""Open approvals for these needs. Returns their names."""
	return [_create(order, one, digest, asked_by) for one in new]


def supersede(approvals: Iterable[Approval | ApprovalFacts]) -> None:
	"""Take back approvals that no longer speak of the order; what was decided stays on record."""
	_supersede(tuple(approval.name for approval in approvals))


def supersede_open(order: str) -> None:
	rows = frappe.db.sql(
		f"select name from `tab{DOCTYPE}` where sales_order = %s and state = %s", (order, OPEN)
	)
	_supersede(tuple(row[0] for row in rows))


def _supersede(names: tuple[str, ...]) -> None:
	if not names:
		return
	frappe.db.sql(
		f"""update `tab{DOCTYPE}` set state = %s, waits_for = '', due_on = null, remind_on = null,
			modified = %s, modified_by = %s
		where name in %s""",
		(SUPERSEDED, now(), frappe.session.user, names),
	)
	approvers.release(names)
	todos.close(*names)


def delete_of_order(order: str) -> None:
	names = tuple(
		row[0] for row in frappe.db.sql(f"select name from `tab{DOCTYPE}` where sales_order = %s", order)
	)
	if names:
		for table in (approvers.DECIDERS, approvers.DECISIONS, DOCTYPE):
			column = "name" if table == DOCTYPE else "parent"
			frappe.db.sql(f"delete from `tab{table}` where {column} in %s", (names,))
		todos.delete(names)


def lock_customer(customer: str) -> None:
	"""One order of a customer at a time: two orders that fit the limit alone may not fit together."""
	frappe.db.sql("select name from `tabCustomer` where name = %s for update", customer)


def credit_of(customer: str, company: str) -> CreditFacts:
	"""The customer's credit as ERPNext counts it: open invoices and submitted orders, drafts not among them.

	No limit where ERPNext's credit check is bypassed for the customer's Sales Orders.
	"""
	limit_base = _limit(customer, company)
	if not limit_base:
		return CreditFacts()
	return CreditFacts(limit_base, flt(get_customer_outstanding(customer, company)))


def submitted_meanwhile(customer: str, company: str) -> float:
	"""What orders of the customer add that were submitted after this transaction took its snapshot.

	ERPNext's figure comes from the snapshot. A second connection sees what is committed, locks nothing;
	the caller holds the customer's row, so nothing is added while it decides. Unit: company currency.
	"""
	query = """select name, base_grand_total from `tabSales Order`
		where customer = %s and company = %s and docstatus = 1 and status <> 'Closed'"""
	seen = {name for name, _total in frappe.db.sql(query, (customer, company))}
	other = _second_connection()
	try:
		committed = other.sql(query, (customer, company))
	finally:
		other.close()
	return sum(flt(total) for name, total in committed if name not in seen)


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


def emails_of(users: Iterable[str]) -> list[str]:
	"""The addresses by which Frappe knows who gets a notification."""
	rows = frappe.db.sql("select email from `tabUser` where name in %s and email <> ''", (tuple(users),))
	return [row[0] for row in rows]


def _limit(customer: str, company: str) -> float:
	bypassed = frappe.db.sql(
		"""select 1 from `tabCustomer Credit Limit`
		where parent = %s and parenttype = 'Customer' and company = %s and bypass_credit_limit_check = 1""",
		(customer, company),
	)
	return 0.0 if bypassed else flt(get_credit_limit(customer, company))


def _second_connection() -> Database:
	own = frappe.local.db
	return type(own)(
		host=own.host,
		user=own.user,
		password=own.password,
		port=own.port,
		cur_db_name=own.cur_db_name,
		socket=own.socket,
	)


def _create(order: OrderFacts, new: NewApproval, digest: str, asked_by: str) -> str:
	need = new.need
	currency = frappe.get_cached_value("Company", order.company, "default_currency")
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"sales_order": order.name,
			"customer": order.customer,
			"company": order.company,
			"state": OPEN,
			"rule": need.rule,
			"criterion": need.criterion,
			"approver_role": need.approver_role,
			"allow_own_order": int(new.allows_own_order),
			"reason": new.reason,
			"measured": need.measured,
			"allowed": need.allowed,
			"unit": "%" if need.unit == "%" else currency,
			"fingerprint": digest,
			"requested_by": asked_by,
			"requested_on": now_datetime(),
		}
	)
	doc.flags.ignore_permissions = True  # approvals are asked for through the flow, never written by hand
	return doc.insert().name
