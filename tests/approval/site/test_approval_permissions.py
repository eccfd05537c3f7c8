"""Who may ask, see and decide; what each call refuses to the wrong user."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.approval import api, decide, gate
from sales_wh_flow.base import native_checks
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def one_rule(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


@pytest.fixture
def author():
	return make.make_user("Sales User")


@pytest.fixture
def order(author):
	"""A draft of the author's that owes one approval."""
	row = make.line(rate=80, warehouse=make.make_warehouse())
	customer = make.make_customer()
	with make.acting_as(author):
		return make.make_order(row, customer=customer)


@pytest.fixture
def approval(order, author):
	make.make_user("Accounts User", "Order Approver")  # with nobody in the role, Sales Managers would decide
	with make.acting_as(author):
		return gate.ask(order.name)[0]


def state(approval):
	return frappe.db.get_value("Order Approval", approval, "state")


def test_an_approver_without_submit_right_submits_by_approving(order, approval):
	weak = make.make_user("Accounts User", "Order Approver")
	with make.acting_as(weak):
		assert not frappe.has_permission("Sales Order", "submit")
		answer = api.approve(approval)
		assert (answer["state"], answer["submitted"]) == ("Approved", True)
		assert (answer["waits_for"], answer["why_not"], answer["also"]) == ([], "", [])
		assert not frappe.has_permission("Sales Order", "submit", doc=order.name)
	assert frappe.db.get_value("Sales Order", order.name, "docstatus") == 1


def test_a_weak_approvers_submit_locks_the_stock(one_rule, author, switches):
	switches(approval=True, stock_lock=True)
	with make.acting_as(author):
		order = make.make_order(make.line(rate=80))
		approval = gate.ask(order.name)[0]
	row = order.items[0]
	make.receive(row.item_code, 5, row.warehouse)
	with make.acting_as(make.make_user("Accounts User", "Order Approver")):
		answer = api.approve(approval)
	assert answer["submitted"], answer["why_not"]
	assert frappe.db.count("Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}) == 1


def test_an_approver_gains_no_right_to_submit_without_approving(order, approval):
	weak = make.make_user("Accounts User", "Order Approver")
	with make.acting_as(weak), pytest.raises(frappe.PermissionError):
		frappe.get_doc("Sales Order", order.name).submit()


@pytest.mark.parametrize("call", [api.approve, lambda name: api.refuse(name, "no")])
@pytest.mark.parametrize(
	("roles", "why"),
	[
		(("Sales User",), "role"),
		(("Sales Manager", "Sales Master Manager"), "role"),
		(("Order Approver",), ""),
	],
)
def test_the_wrong_user_decides_nothing(approval, roles, why, call):
	with make.acting_as(make.make_user(*roles)), pytest.raises(frappe.PermissionError, match=why):
		call(approval)
	assert state(approval) == "Open"


def test_the_author_cant_decide_even_with_the_role(author, order, approval):
	frappe.get_doc("User", author).add_roles("Order Approver")
	with make.acting_as(author), pytest.raises(frappe.PermissionError, match="own order"):
		api.approve(approval)
	assert state(approval) == "Open"


def test_whoever_asked_cant_decide_either(order):
	asker = make.make_user("Sales User", "Order Approver")
	with make.acting_as(asker):
		name = api.ask_for_approval(order.name)["asked"][0]
		with pytest.raises(frappe.PermissionError, match="own order"):
			api.approve(name)


def test_administrator_cant_decide_about_an_own_order_either():
	order = make.make_order(make.line(rate=80))
	name = gate.ask(order.name)[0]
	with pytest.raises(frappe.PermissionError, match="own order"):
		api.approve(name)


def test_the_author_decides_where_the_rule_allows_it(one_rule, author, order):
	one_rule.allow_own_order = 1
	one_rule.save()
	frappe.get_doc("User", author).add_roles("Order Approver")
	with make.acting_as(author):
		name = api.ask_for_approval(order.name)["asked"][0]
		assert api.approve(name)["submitted"]


def test_asking_needs_write_permission(order):
	reader = make.make_user("Accounts User")
	with make.acting_as(reader), pytest.raises(frappe.PermissionError):
		api.ask_for_approval(order.name)


def test_seeing_needs_read_permission(order, approval):
	stranger = make.make_user("HR User")
	with make.acting_as(stranger):
		with pytest.raises(frappe.PermissionError):
			api.approvals_of(order.name)
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc("Order Approval", approval).check_permission("read")


def test_an_approval_is_hidden_with_its_order(order, approval):
	reader = make.make_user("Sales User", "Order Approver")
	with make.acting_as(reader):
		assert frappe.get_list("Order Approval", {"name": approval})
		assert frappe.has_permission("Order Approval", "read", doc=approval)
	other = make.make_customer()
	frappe.get_doc(
		{"doctype": "User Permission", "user": reader, "allow": "Customer", "for_value": other}
	).insert()
	with make.acting_as(reader):
		assert not frappe.has_permission("Sales Order", "read", doc=order.name)
		assert not frappe.get_list("Order Approval", {"name": approval})
		assert not frappe.has_permission("Order Approval", "read", doc=approval)
		with pytest.raises(frappe.PermissionError):
			api.approve(approval)


def test_who_reads_one_order_by_share_sees_its_approvals_alone(order, approval, author):
	other = make.make_order(make.line(rate=80))
	hidden = gate.ask(other.name)[0]
	guest = make.make_user("Order Approver")
	frappe.share.add("Sales Order", order.name, guest)
	with make.acting_as(guest):
		assert frappe.get_list("Order Approval", {"name": ("in", [approval, hidden])}, pluck="name") == [
			approval
		]
		assert frappe.has_permission("Order Approval", "read", doc=approval)
		assert not frappe.has_permission("Order Approval", "read", doc=hidden)


def test_a_user_without_any_order_right_lists_no_approval(approval):
	with make.acting_as(make.make_user("Order Approver")):
		frappe.local.message_log = []
		assert frappe.get_list("Order Approval") == []
		assert frappe.local.message_log == []


@pytest.mark.parametrize("ptype", ["create", "write", "delete", "cancel"])
@pytest.mark.parametrize("role", ["System Manager", "Sales Manager", "Order Approver", "Sales User"])
def test_nobody_writes_approvals_by_hand(role, ptype):
	with make.acting_as(make.make_user(role)):
		assert not frappe.has_permission("Order Approval", ptype)


def test_nobody_grants_himself_by_saving_an_approval(approval):
	with make.acting_as(make.make_user("System Manager", "Sales Manager", "Order Approver")):
		doc = frappe.get_doc("Order Approval", approval)
		doc.state = "Approved"
		with pytest.raises(frappe.PermissionError):
			doc.save()
		with pytest.raises(frappe.PermissionError):
			frappe.get_doc({**doc.as_dict(), "name": None, "docstatus": 0}).insert()


@pytest.mark.parametrize("role", ["Sales Manager", "Order Approver", "Sales User"])
def test_only_the_admin_writes_rules(role):
	with make.acting_as(make.make_user(role)):
		assert not frappe.has_permission("Order Approval Rule", "write")
		assert frappe.has_permission("Order Approval Rule", "read")


def test_the_form_is_told_who_can_decide_and_whether_i_may(author, order):
	approver = make.make_user("Sales Manager", "Order Approver")
	make.make_user("HR User", "Order Approver")
	name = frappe.db.get_value("User", approver, "full_name")
	with make.acting_as(author):
		before = api.approvals_of(order.name)
		assert (before["may_ask"], before["owed"][0]["state"]) == (True, "Not Asked")
		assert name in before["owed"][0]["who_can_decide"]
		after = api.ask_for_approval(order.name)
	assert (after["may_ask"], after["owed"][0]["state"]) == (False, "Open")
	assert name in after["approvals"][0]["who_can_decide"]
	assert after["approvals"][0]["may_i_decide"] is False
	with make.acting_as(approver):
		mine = api.approvals_of(order.name)
		assert mine["approvals"][0]["may_i_decide"] is True
		api.refuse(after["asked"][0], "too cheap")
		told = api.approvals_of(order.name)
	assert told["approvals"][0]["comment"] == "too cheap"
	assert told["approvals"][0]["may_i_decide"] is False
	assert told["may_ask"] is False
	frappe.as_json(told)


def test_users_without_the_orders_read_right_are_not_named(order):
	hidden = make.make_user("HR User", "Order Approver")
	name = frappe.db.get_value("User", hidden, "full_name")
	assert name not in api.approvals_of(order.name)["owed"][0]["who_can_decide"]


def test_an_approval_that_does_not_exist_is_named(order):
	with pytest.raises(frappe.DoesNotExistError, match="SWF-APR-0"):
		api.approve("SWF-APR-0")


@pytest.mark.parametrize("method", ["ask_for_approval", "approve", "refuse"])
def test_what_writes_can_only_be_posted(method):
	assert frappe.allowed_http_methods_for_whitelisted_func[getattr(api, method)] == ["POST"]


def test_approving_waives_erpnexts_check_for_this_order_only(order, approval):
	with (
		patch.object(native_checks, "waive") as waive,
		make.acting_as(make.make_user("Sales Manager", "Order Approver")),
	):
		decide.grant(order.name, approval)
	assert not waive.called
