"""What people type leaves as text: in the timeline, in notifications, e-mails, answers and files."""

import pytest

import frappe

from sales_wh_flow.approval import api
from sales_wh_flow.base import said
from sales_wh_flow.sales_wh_flow.report.approval_history import approval_history
from tests import factories as make
from tests.approval.deciding import approver, asked, user

pytestmark = pytest.mark.usefixtures("in_this_transaction")

PICTURE, FORMULA = "<img src=x onerror=window.__hit=1>", '=HYPERLINK("http://evil","x")'


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def told_about(order) -> str:
	"""Every line of the timeline, notification, e-mail and message, and what the form is answered."""
	newest = {"order_by": "creation desc", "limit": 20}
	return str(
		[
			said.word_all(frappe.get_all("Comment", {"reference_name": order.name}, ["content"])),
			frappe.get_all("Notification Log", {}, ["subject", "email_content"], **newest),
			frappe.get_all("Email Queue", {}, ["message"], **newest),
			frappe.local.message_log,
			api.approvals_of(order.name),
			said.word_all(
				frappe.get_all("Order Approval", {"sales_order": order.name}, ["reason", "comment"])
			),
		]
	)


@pytest.mark.parametrize("verb", ["approve", "refuse", "forward", "approve_with_condition"])
def test_a_comment_on_an_approval_is_no_markup_anywhere(verb):
	boss, other = approver(), approver()
	order, approval = asked(user(boss))
	more = {"forward": {"to_user": other}, "approve_with_condition": {"kind": "Prepayment", "value": 20}}
	with make.acting_as(boss):
		getattr(api, verb)(approval=approval, comment=f"seen {PICTURE}", **more.get(verb, {}))
	words = told_about(order)
	assert "seen" in words
	assert "<img" not in words


def test_a_comment_is_no_formula_in_the_file_of_a_report():
	boss = approver()
	order, approval = asked(user(boss))
	with make.acting_as(boss):
		api.refuse(approval=approval, comment=FORMULA)
	_columns, rows, *_rest = approval_history.execute({"sales_order": order.name})
	(comment,) = [row.comment for row in rows]
	assert "HYPERLINK" in comment
	assert not comment.startswith("=")
