"""A refusal does not vanish with its draft, and an order that equals a refused one says so."""

import pytest

import frappe

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.base.said import worded
from sales_wh_flow.patches.v0_3 import refusals_are_known_again as patch
from sales_wh_flow.sales_wh_flow.report.approval_history import approval_history
from tests import factories as make
from tests.approval import deciding

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def a_rule(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


@pytest.fixture
def again():
	"""Makes the same order once more, and asks for its approval: (order, approval)."""
	seller, buyer = make.make_user("Sales User"), make.make_customer()
	item, warehouse = make.make_item(), make.make_warehouse()

	def order(rate=50, customer=buyer, **values):
		row = make.line(item, rate=rate, warehouse=warehouse, **values)
		with make.acting_as(seller):
			made = make.make_order(row, customer=customer)
			return made, gate.ask(made.name)[0]

	return order


@pytest.fixture
def refused(again):
	boss = deciding.approver("Order Approver")
	order, approval = again()
	with make.acting_as(boss):
		decide.refuse_approval(order.name, approval, "Not at this price")
	return order, approval, boss


def reason(approval):
	return worded(frappe.db.get_value("Order Approval", approval, "reason"))


def deleted(order):
	with make.acting_as(order.owner):
		frappe.delete_doc("Sales Order", order.name)


def test_a_deleted_draft_leaves_its_refusal_on_record(refused):
	order, approval, boss = refused
	deleted(order)
	left = deciding.request(approval)
	assert (left.sales_order, left.deleted_order, left.customer) == (None, order.name, order.customer)
	assert (left.state, left.decided_by, left.comment) == ("Rejected", boss, "Not at this price")
	assert [row.action for row in left.decisions] == ["Asked", "Refused"]
	assert "50 %" in worded(left.reason)


def test_what_is_left_is_in_the_history_under_the_orders_number(refused):
	order, approval, _boss = refused
	deleted(order)
	found = approval_history.execute(frappe._dict(sales_order=order.name))[1]
	# Orders that were deleted before may have had the same number.
	own = [(row["name"], row["sales_order"]) for row in found if row["name"] == approval]
	assert own == [(approval, order.name)]


def test_nobody_is_asked_about_an_order_that_is_deleted(again):
	boss = deciding.approver("Order Approver")
	order, approval = again()
	assert approval in deciding.waiting_for(boss)
	deleted(order)
	assert approval not in deciding.waiting_for(boss)
	assert deciding.request(approval).state == "Superseded"


def test_an_order_with_the_same_number_starts_without_them(refused):
	order, approval, _boss = refused
	deleted(order)
	series = frappe.copy_doc(order)
	series.insert(set_name=order.name)
	assert gate.ask(order.name) != [approval]
	assert frappe.db.count("Order Approval", {"sales_order": order.name}) == 1


def test_auditors_and_managers_read_what_is_left_and_strangers_do_not(refused):
	order, approval, _boss = refused
	reader, auditor = make.make_user("Sales User"), make.make_user("Sales User", "Auditor")
	for user in (reader, auditor):
		values = {"user": user, "allow": "Customer", "for_value": order.customer}
		frappe.get_doc({"doctype": "User Permission", **values}).insert()
	deleted(order)
	seen = {}
	for user in (reader, auditor):
		with make.acting_as(user):
			seen[user] = frappe.get_list("Order Approval", {"name": approval}, pluck="name")
			assert bool(seen[user]) == frappe.has_permission("Order Approval", "read", doc=approval)
	assert seen == {reader: [], auditor: [approval]}


@pytest.mark.parametrize("is_deleted", [False, True])
def test_the_same_order_typed_again_says_that_it_was_refused(refused, again, is_deleted):
	order, _approval, boss = refused
	if is_deleted:
		deleted(order)
	_other, second = again()
	name = frappe.db.get_value("User", boss, "full_name")
	for part in (order.name, name, "Not at this price"):
		assert part in reason(second)


@pytest.mark.parametrize("doctype", ["Item", "Customer"])
def test_a_refusal_of_a_deleted_order_is_known_again_under_a_new_name(refused, doctype):
	order, _approval, _boss = refused
	old = order.customer if doctype == "Customer" else order.items[0].item_code
	deleted(order)
	new = make.unique("Renamed")
	frappe.rename_doc(doctype, old, new, force=True, rebuild_search=False)
	item, customer = (order.items[0].item_code, new) if doctype == "Customer" else (new, order.customer)
	row = make.line(item, rate=50, warehouse=order.items[0].warehouse)
	with make.acting_as(order.owner):
		second = make.make_order(row, customer=customer)
		assert "were refused" in reason(gate.ask(second.name)[0])


def test_a_refusal_that_a_worse_price_took_back_is_known_again_under_a_new_name(refused, again):
	order, approval, _boss = refused
	with make.acting_as(order.owner):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].rate = 40
		doc.save()
	assert deciding.request(approval).state == "Superseded"
	new = make.unique("Smith | Sons")
	frappe.rename_doc("Customer", order.customer, new, force=True, rebuild_search=False)
	assert "were refused" in reason(again(customer=new)[1])
	last = make.unique("Smith")
	frappe.rename_doc("Customer", new, last, force=True, rebuild_search=False)
	assert "were refused" in reason(again(customer=last)[1])


@pytest.mark.parametrize("values", [{"rate": 51}, {"rate": 49}])
def test_another_price_carries_no_hint(refused, again, values):
	assert "were refused" not in reason(again(**values)[1])


def test_another_customer_carries_no_hint(refused, again):
	assert "were refused" not in reason(again(customer=make.make_customer())[1])


def test_another_quantity_hides_nothing(refused, again):
	assert "were refused" in reason(again(qty=3)[1])


def test_the_hint_goes_with_the_price(refused, again):
	order, second = again()
	with make.acting_as(order.owner):
		doc = frappe.get_doc("Sales Order", order.name)
		doc.items[0].rate = 60
		doc.save()
	assert "were refused" not in reason(second)


def test_refusals_from_before_are_known_after_the_update(refused, again):
	_order, approval, _boss = refused
	frappe.db.set_value("Order Approval", approval, {"likeness": "", "sold": ""})
	assert "were refused" not in reason(again()[1])
	patch.execute()
	assert "were refused" in reason(again()[1])
