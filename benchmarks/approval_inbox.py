"""What opening the inbox costs with ten thousand open approvals: server time of its first page.

The orders and approvals are written straight into their tables, and taken out again afterwards.
"""

import statistics

from measure import Result, Stopwatch, sample

import frappe
from frappe.utils import add_to_date, now, now_datetime

from sales_wh_flow.approval.desk import api
from tests import factories

OPEN = 10_000
MINE = 0.5
"""Share of them that wait for the role of whoever looks."""

DOCTYPES = ("Sales Order", "Order Approval", "Order Approval Decider")


def run(runs: int, say) -> list[Result]:
	"""``approval_inbox_ms``: my first page; ``..._all_ms``: everybody's; ``..._restricted_ms``: mine, while a
	User Permission hides half of the customers; ``..._statements``.
	"""
	mark = frappe.generate_hash(length=6).upper()
	say(f"{OPEN} open approvals")
	customers = [factories.make_customer() for _ in range(2)]
	rule = factories.make_rule(threshold=10)
	plain, restricted = (factories.make_user("Sales User", "Order Approver") for _ in range(2))
	frappe.get_doc(
		{"doctype": "User Permission", "user": restricted, "allow": "Customer", "for_value": customers[0]}
	).insert()
	_write(mark, customers, rule.name)
	frappe.db.commit()
	try:
		return [
			_measured("approval_inbox_ms", plain, runs, True),
			_measured("approval_inbox_all_ms", plain, runs, False),
			_measured("approval_inbox_restricted_ms", restricted, runs, True),
			_statements(plain),
		]
	finally:
		_take_out(mark, rule.name)


def _measured(name: str, user: str, runs: int, mine: bool) -> Result:
	with factories.acting_as(user):
		work = lambda: api.approval_inbox(mine=mine)  # noqa: E731
		answer = work()
		assert len(answer["orders"]) == 20, answer["mine"]
		found = [sample(work, Stopwatch()).ms for _ in range(max(runs, 3))]
	return Result(name, statistics.median(found), 0.0, "ms", len(found))


def _statements(user: str) -> Result:
	with factories.acting_as(user):
		count = sample(lambda: api.approval_inbox(), Stopwatch()).statements
	return Result("approval_inbox_statements", count, 0.0, "statements", 1)


def _write(mark: str, customers: list[str], rule: str) -> None:
	company = factories.company()
	begin = now_datetime()
	orders, approvals, deciders = [], [], []
	for at in range(OPEN):
		order, approval, customer = f"SO-{mark}-{at:05}", f"APR-{mark}-{at:05}", customers[at % 2]
		asked = add_to_date(begin, minutes=-7 * at)
		orders.append((*_row(order, ""), customer, customer, company.name, company.currency, 10.0 * at, 0))
		approvals.append(
			(
				*_row(approval, ""),
				order,
				customer,
				company.name,
				"Open",
				rule,
				"Discount of 20 % is above the allowed 10 %",
				"Administrator",
				"Administrator",
				asked,
				add_to_date(asked, days=3),
				"",
				1,
				1,
			)
		)
		role = "Order Approver" if at < OPEN * MINE else "System Manager"
		deciders.append(
			(*_row(f"DEC-{mark}-{at:05}", approval), "Order Approval", "deciders", 1, "Role", role, 1)
		)
	header = ("customer", "customer_name", "company", "currency", "base_grand_total", "docstatus")
	_insert("Sales Order", header, orders)
	asked = ("sales_order", "customer", "company", "state", "rule", "reason", "requested_by", "author")
	_insert(
		"Order Approval",
		(*asked, "requested_on", "due_on", "condition_state", "level", "needed"),
		approvals,
	)
	_insert(
		"Order Approval Decider",
		("parenttype", "parentfield", "level", "kind", "role", "is_current"),
		deciders,
	)


def _row(name: str, parent: str) -> tuple:
	stamp = now()
	return (name, stamp, stamp, "Administrator", "Administrator", *((parent,) if parent else ()))


def _insert(doctype: str, fields: tuple[str, ...], rows: list[tuple]) -> None:
	own = ("name", "creation", "modified", "owner", "modified_by")
	parent = ("parent",) if len(rows[0]) == len(own) + 1 + len(fields) else ()
	frappe.db.bulk_insert(doctype, (*own, *parent, *fields), rows, chunk_size=1000)


def _take_out(mark: str, rule: str) -> None:
	for doctype, prefix in zip(DOCTYPES, ("SO", "APR", "DEC"), strict=True):
		frappe.db.delete(doctype, {"name": ("like", f"{prefix}-{mark}-%")})
	frappe.db.set_value("Order Approval Rule", rule, "enabled", 0)
	frappe.db.commit()
