"""What the flow told on a document's timeline stays as it was told, and a comment is its writer's."""

import json

import pytest

import frappe
from frappe.desk.form.utils import add_comment, update_comment

from sales_wh_flow.approval import gate
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def seller():
	return make.make_user("Sales User")


@pytest.fixture
def line(seller):
	"""The line of the seller's own question for an approval."""
	make.make_rule("Discount", 9)
	with make.acting_as(seller):
		order = make.make_order(make.line(rate=80, price_list_rate=100))
		gate.ask(order.name)
	return frappe.get_doc("Comment", {"reference_name": order.name, "comment_type": "Info"})


def test_whoever_caused_a_line_does_not_rewrite_it(line, seller):
	with make.acting_as(seller), pytest.raises(frappe.PermissionError, match="tells what happened"):
		update_comment(line.name, "nothing happened")


def test_nobody_deletes_a_line_and_it_goes_with_its_document(line):
	with pytest.raises(frappe.PermissionError, match="tells what happened"):
		frappe.delete_doc("Comment", line.name)
	frappe.delete_doc("Sales Order", line.reference_name)
	assert not frappe.db.exists("Comment", line.name)


def test_nobody_comments_in_somebody_elses_name_or_in_the_flows(line, seller):
	boss = make.make_user("Order Approver")
	forged = json.dumps({"said": "approval.timeline.counted_as_well", "rule": "R", "user": boss})
	with make.acting_as(seller):
		made = add_comment("Sales Order", line.reference_name, forged.replace(": ", ":"), boss, "The Boss")
	assert (made.comment_email, made.comment_by) == (seller, frappe.utils.get_fullname(seller))
	assert not frappe.get_all("Comment", {"name": made.name, "content": ("like", '{"said":%')})


def test_no_line_of_another_kind_stands_in_somebody_elses_name_either(line, seller):
	boss = make.make_user("Order Approver")
	with make.acting_as(seller):
		order = frappe.get_doc("Sales Order", line.reference_name)
		made = order.add_comment("Info", "approved", comment_email=boss, comment_by="The Boss")
	assert (made.comment_email, made.comment_by) == (seller, frappe.utils.get_fullname(seller))


def test_a_comment_of_ones_own_can_be_changed(line, seller):
	with make.acting_as(seller):
		made = add_comment("Sales Order", line.reference_name, "Please look", seller, "x")
		update_comment(made.name, "Please look today")
	assert frappe.db.get_value("Comment", made.name, "content") == "Please look today"
