"""The inbox of approvals: what waits for whom, in which order, and what it keeps from whom."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.desk import api
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	"""Approval on, with no rule and no open approval of the site in the way."""
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	frappe.db.sql("update `tabOrder Approval` set state = 'Superseded' where state = 'Open'")


@pytest.fixture
def author():
	return make.make_user("Sales User")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


def pending(author, *, rate=80, **values):
	"""A draft of the author's that waits for an approval."""
	row = make.line(rate=rate, qty=values.pop("qty", 1), warehouse=make.make_warehouse())
	with make.acting_as("Administrator"):
		customer = values.pop("customer", None) or make.make_customer()
	with make.acting_as(author):
		order = make.make_order(row, customer=customer, **values)
		assert gate.ask(order.name)
	return order


def inbox(user, **filters):
	with make.acting_as(user):
		return api.approval_inbox(**filters)


def names(answer):
	return [row["sales_order"] for row in answer["orders"]]


def test_an_order_waits_in_its_approvers_inbox_with_every_reason(author, approver):
	make.make_rule(threshold=10)
	make.make_rule("Credit Exposure", 100)
	order = pending(author, customer=make.make_customer(credit_limit=50))
	answer = inbox(approver)
	(row,) = answer["orders"]
	assert (answer["mine"], answer["all"]) == (1, 1)
	assert (row["sales_order"], row["value"]) == (order.name, 80)
	assert row["asked_by"] == frappe.db.get_value("User", author, "full_name")
	reasons = sorted(one["reason"] for one in row["approvals"])
	assert reasons[0].startswith("Credit exposure") and reasons[1].startswith("Discount of 20 %")
	assert all(one["is_mine"] for one in row["approvals"])
	frappe.as_json(answer)


def test_authors_see_their_order_among_all_but_not_among_theirs_to_decide(author):
	make.make_rule(threshold=10)
	order = pending(author)
	frappe.get_doc("User", author).add_roles("Order Approver")
	assert names(inbox(author)) == []
	answer = inbox(author, mine=False)
	assert names(answer) == [order.name]
	assert not answer["orders"][0]["approvals"][0]["is_mine"]
	assert (answer["mine"], answer["all"]) == (0, 1)


def test_an_order_the_user_may_not_read_is_neither_shown_nor_counted(author, approver):
	make.make_rule(threshold=10)
	seen, hidden = pending(author), pending(author)
	frappe.get_doc(
		{"doctype": "User Permission", "user": approver, "allow": "Customer", "for_value": seen.customer}
	).insert()
	for mine in (True, False):
		answer = inbox(approver, mine=mine)
		assert names(answer) == [seen.name]
		assert (answer["mine"], answer["all"]) == (1, 1)
	assert hidden.name not in frappe.as_json(inbox(approver, mine=False))
	with make.acting_as(approver):
		assert api.approvals_waiting_for_me()["value"] == 1


def test_a_user_permission_with_a_per_cent_sign_hides_nothing_else(author, approver):
	make.make_rule(threshold=10)
	customer = make.make_customer(customer_name=make.unique("100% Cotton %s"))
	order = pending(author, customer=customer)
	frappe.get_doc(
		{"doctype": "User Permission", "user": approver, "allow": "Customer", "for_value": customer}
	).insert()
	assert names(inbox(approver)) == [order.name]


def test_who_may_read_no_order_finds_an_empty_inbox(author):
	make.make_rule(threshold=10)
	pending(author)
	answer = inbox(make.make_user("Order Approver"), mine=False)
	assert (answer["orders"], answer["all"]) == ([], 0)


def test_who_may_read_no_approval_is_refused():
	guest = make.make_user()
	frappe.db.set_value("User", guest, "user_type", "Website User")
	with make.acting_as(guest):
		for call in (api.approval_inbox, api.approvals_waiting_for_me):
			with pytest.raises(frappe.PermissionError):
				call()


def test_what_is_due_comes_first_then_what_waits_longest(author, approver):
	make.make_rule(threshold=10)
	old, late, new = (pending(author) for _ in range(3))
	wait_since(old, days=-9)
	wait_since(late, days=-1, due=-1)
	assert names(inbox(approver)) == [late.name, old.name, new.name]
	assert names(inbox(approver, sort="oldest")) == [old.name, late.name, new.name]
	answer = inbox(approver)
	assert answer["overdue"] == 1
	assert [row["is_overdue"] for row in answer["orders"]] == [True, False, False]


def test_the_highest_value_comes_first_when_asked_for(author, approver):
	make.make_rule(threshold=10)
	small, large = pending(author, qty=1), pending(author, qty=9)
	assert names(inbox(approver, sort="value")) == [large.name, small.name]


def wait_since(order, days, due=None):
	moment = now_datetime()
	frappe.db.sql(
		"update `tabOrder Approval` set requested_on = %s, due_on = %s where sales_order = %s",
		(add_to_date(moment, days=days), due and add_to_date(moment, hours=due), order.name),
	)


def test_filters_narrow_the_list_and_the_counts(author, approver):
	make.make_rule(threshold=10)
	small, large = pending(author, qty=1), pending(author, qty=9)
	wait_since(small, days=-9, due=-1)
	rule = make.make_rule(threshold=10, customer_group=None)
	other = pending(author)
	for filters, found in (
		({"customer": small.customer}, {small.name}),
		({"min_value": 500}, {large.name}),
		({"older_than_days": 5}, {small.name}),
		({"due": "overdue"}, {small.name}),
		({"rule": rule.name}, {other.name}),
		({"company": make.make_company().name}, set()),
		({"company": make.company().name}, {small.name, large.name, other.name}),
	):
		answer = inbox(approver, **filters)
		assert set(names(answer)) == found, filters
		assert (answer["mine"], answer["all"]) == (len(found), len(found)), filters


def test_an_inbox_is_read_page_by_page(author, approver):
	make.make_rule(threshold=10)
	orders = [pending(author).name for _ in range(5)]
	pages = [names(inbox(approver, start=start, page_length=2)) for start in (0, 2, 4)]
	assert [len(page) for page in pages] == [2, 2, 1]
	assert sorted(name for page in pages for name in page) == sorted(orders)


def test_a_decided_order_leaves_the_inbox(author, approver):
	make.make_rule(threshold=10)
	order = pending(author)
	approval = frappe.db.get_value("Order Approval", {"sales_order": order.name, "state": "Open"})
	with make.acting_as(approver):
		decide.refuse_approval(order.name, approval, "too cheap")
	assert inbox(approver)["orders"] == []


def test_the_statements_do_not_grow_with_the_orders(author, approver):
	make.make_rule(threshold=10)
	counts = []
	for more in (1, 6):
		for _ in range(more):
			pending(author)
		inbox(approver)  # fills the caches
		with make.counted_statements() as statements:
			inbox(approver)
		counts.append(len(statements))
	assert counts[0] == counts[1]
