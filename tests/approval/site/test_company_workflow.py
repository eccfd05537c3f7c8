"""A company's own Workflow on Sales Order owns the submit: the app asks, stops, tells, and takes no step."""

import pytest

import frappe
from frappe.model.workflow import apply_workflow

from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.base import notify
from sales_wh_flow.base.said import worded
from tests import factories as make
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	user,
)

pytestmark = pytest.mark.usefixtures("in_this_transaction")

ONE_STEP = ((("Draft", 0), ("Released", 1)), (("Draft", "Release", "Released"),))
TWO_STEPS = (
	(("Draft", 0), ("Finance Review", 0), ("Released", 1)),
	(("Draft", "Send to Finance", "Finance Review"), ("Finance Review", "Release", "Released")),
)
TWO_ENDS = (
	(("Draft", 0), ("Express", 1), ("Released", 1)),
	(("Draft", "Rush", "Express"), ("Draft", "Release", "Released")),
)


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	yield
	frappe.clear_cache(doctype="Sales Order")
	frappe.cache.delete_value("workflow")


def follow(workflow, role="Accounts Manager"):
	"""Let Sales Orders follow this Workflow, inside the test's transaction; the state is kept in Terms."""
	states, steps = workflow
	for doctype, field, names in (
		("Workflow State", "workflow_state_name", [name for name, _status in states]),
		("Workflow Action Master", "workflow_action_name", [action for _from, action, _to in steps]),
	):
		for name in names:
			if not frappe.db.exists(doctype, name):
				frappe.get_doc({"doctype": doctype, field: name}).insert(ignore_permissions=True)
	made = frappe.get_doc(
		doctype="Workflow",
		workflow_name=make.unique("Order flow"),
		document_type="Sales Order",
		is_active=1,
		workflow_state_field="po_no",
		states=[{"state": name, "doc_status": str(status), "allow_edit": role} for name, status in states],
		transitions=[
			{"state": here, "action": action, "next_state": to, "allowed": role, "allow_self_approval": 1}
			for here, action, to in steps
		],
	).insert(ignore_permissions=True)
	frappe.cache.delete_value("workflow")
	return made


def step(order, action):
	apply_workflow(frappe.get_doc("Sales Order", order.name), action)


def state(order):
	return frappe.db.get_value("Sales Order", order.name, ["docstatus", "po_no"])


@pytest.mark.parametrize("workflow", [ONE_STEP, TWO_STEPS, TWO_ENDS])
def test_the_last_approval_takes_no_step_of_the_workflow(workflow):
	follow(workflow)
	boss = approver()
	order, name = asked(user(boss))
	answer = grant(boss, order, name)
	assert (answer.state, answer.is_submitted) == ("Approved", False)
	assert "follows the Workflow" in answer.why_not
	assert state(order) == (0, "Draft")


@pytest.mark.parametrize(
	"workflow, way",
	[(ONE_STEP, ["Release"]), (TWO_STEPS, ["Send to Finance", "Release"]), (TWO_ENDS, ["Rush"])],
)
def test_the_step_that_submits_is_stopped_until_the_approvals_are_given(workflow, way):
	made = follow(workflow)
	boss = approver()
	order, name = asked(user(boss))
	*before, last = way
	for action in before:
		step(order, action)
	with pytest.raises(ApprovalRequired, match=made.name):
		step(order, last)
	frappe.clear_messages()
	assert docstatus(order) == 0
	grant(boss, order, name)
	assert docstatus(order) == 0
	step(order, last)
	assert docstatus(order) == 1


def test_whoever_takes_the_next_step_is_told_that_it_is_their_turn(monkeypatch):
	told = {}
	monkeypatch.setattr(notify, "notify", lambda users, order, text: told.update({order: (set(users), text)}))
	role = frappe.get_doc(doctype="Role", role_name=make.unique("Releaser"), desk_access=1).insert().name
	releaser = make.make_user(role, "Sales User")
	made = follow(ONE_STEP, role)
	boss = approver()
	order, name = asked(user(boss))
	grant(boss, order, name)
	users, text = told[order.name]
	assert {releaser, order.owner} <= users and made.name in text
	comments = [
		worded(it) for it in frappe.get_all("Comment", {"reference_name": order.name}, pluck="content")
	]
	assert any("follows the Workflow" in comment for comment in comments)


def test_without_a_workflow_the_last_approval_submits():
	boss = approver()
	order, name = asked(user(boss))
	assert grant(boss, order, name).is_submitted and docstatus(order) == 1
