"""The figures in a reason follow the rights of what they come from: debts as invoices, margins as costs."""

import pytest

import frappe

from sales_wh_flow.approval import api as approval_api
from sales_wh_flow.approval import gate, mail
from sales_wh_flow.approval.desk import api as desk_api
from sales_wh_flow.approval.rules.criteria import MARGIN
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE
from sales_wh_flow.base.said import worded
from sales_wh_flow.sales_wh_flow.report.approval_history import approval_history
from tests import factories as make
from tests.approval.site.test_what_if import gross_profit_is_hidden  # noqa: F401

pytestmark = pytest.mark.usefixtures("in_this_transaction")

SELLER, WHO_READS_INVOICES = ("Sales User",), ("Sales User", "Accounts User")


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def indebted():
	"""(order of 4,321 whose exposure waits, its rule, its approval)"""
	# Else the rule asks the fallback, and sales managers see its figures.
	make.make_user("Order Approver", "Sales User")
	rule = make.make_rule(CREDIT_EXPOSURE, 1000, measure="Exposure").name
	order = make.make_order(make.line(make.make_item(), qty=1, rate=4321), customer=make.make_customer())
	(approval,) = gate.ask(order.name)
	return order, rule, approval


@pytest.fixture
def cheap():
	"""(order sold at 12.34 that cost 10, its rule, its approval)"""
	rule = make.make_rule(MARGIN, 50).name
	item, warehouse = make.make_item(), make.make_warehouse()
	make.receive(item, 5, warehouse)
	order = make.make_order(make.line(item, qty=1, rate=12.34, warehouse=warehouse))
	(approval,) = gate.ask(order.name)
	return order, rule, approval


def told(order, rule, user) -> dict[str, str]:
	"""Where -> what the user is told of the rule there, all texts and figures joined."""

	def row(rows):
		return str([it for it in rows if it.get("rule") == rule])

	with make.acting_as(user):
		shown = approval_api.approvals_of(order.name)
		_columns, rows, *_rest = approval_history.execute({"sales_order": order.name})
		return {
			"approvals_of": row(shown["owed"]) + row(shown["approvals"]),
			"approval_reasons": row(
				{k: v for k, v in it.items() if k != "explanation"}
				for it in desk_api.approval_reasons(order.name)
			),
			"inbox": str(
				[
					it
					for it in desk_api.approval_inbox(mine=0)["orders"]
					for it in it["approvals"]
					if it["rule"] == rule
				]
			),
			"history": row({k: v for k, v in it.items() if k != "order_value"} for it in rows),
			"list": str(
				[
					{**it, "reason": worded(it.reason)}
					for it in frappe.get_list(
						"Order Approval", {"rule": rule}, ["reason", "measured", "allowed", "facts"]
					)
				]
			),
		}


def timeline(order) -> str:
	return str(
		[worded(it) for it in frappe.get_all("Comment", {"reference_name": order.name}, pluck="content")]
	)


@pytest.mark.parametrize("roles, is_seen", [(SELLER, False), (WHO_READS_INVOICES, True)])
def test_what_a_customer_owes_is_told_to_who_may_read_invoices(indebted, roles, is_seen):
	order, rule, _approval = indebted
	for where, words in told(order, rule, make.make_user(*roles)).items():
		assert (("4,321" in words) or ("4321" in words)) == is_seen, (where, words)


def test_the_seller_sees_the_rule_and_that_it_waits(indebted):
	order, rule, approval = indebted
	seller = make.make_user(*SELLER)
	with make.acting_as(seller):
		(row,) = approval_api.approvals_of(order.name)["approvals"]
	assert (row["name"], row["rule"], row["state"]) == (approval, rule, "Open")
	assert "read the customer's invoices" in row["reason"]


def test_the_document_of_the_approval_opens_for_who_may_see_its_figures(indebted):
	_order, _rule, approval = indebted
	opens = {
		roles: frappe.has_permission("Order Approval", "read", doc=approval, user=make.make_user(*roles))
		for roles in (SELLER, WHO_READS_INVOICES, ("Sales User", "Order Approver"))
	}
	assert list(opens.values()) == [False, True, True]


def test_who_is_asked_sees_what_it_is_about(indebted):
	order, rule, _approval = indebted
	words = told(order, rule, make.make_user("Sales User", "Order Approver"))
	assert "4,321" in words["approvals_of"] and "4,321" in words["inbox"] and "4,321" in words["list"]


def test_the_timeline_names_the_rule_without_what_the_customer_owes(indebted):
	order, _rule, _approval = indebted
	assert "Credit Exposure" in timeline(order)
	assert "4,321" not in timeline(order)


@pytest.mark.parametrize("roles", [SELLER, WHO_READS_INVOICES])
def test_a_margin_is_kept_from_who_may_not_see_costs(cheap, gross_profit_is_hidden, roles):  # noqa: F811
	order, rule, _approval = cheap
	for where, words in told(order, rule, make.make_user(*roles)).items():
		assert "10" not in words.replace(str(order.name), "").replace(rule, "") or "costs" in words, (
			where,
			words,
		)
		assert "23.4" not in words, (where, words)


def test_a_margin_is_told_to_who_may_see_costs(cheap):
	order, rule, _approval = cheap
	for where, words in told(order, rule, make.make_user(*SELLER)).items():
		assert "23.4" in words, (where, words)


def test_a_tried_rule_tells_the_seller_no_debt(indebted):
	order, rule, _approval = indebted
	with make.acting_as(make.make_user("Sales User", "Sales Manager")):
		answer = approval_api.try_rule(rule, order.name)
	assert (answer["verdict"], answer["measured"], answer["allowed"]) == ("Hit", "", "")


def test_the_refused_submit_tells_the_seller_no_debt(indebted):
	order, rule, _approval = indebted
	with make.acting_as(make.make_user("Sales User")), pytest.raises(frappe.ValidationError) as refused:
		frappe.get_doc("Sales Order", order.name).submit()
	assert rule in str(refused.value) and "4,321" not in str(refused.value)


def test_a_mail_tells_its_reader_what_the_reader_may_see(cheap, gross_profit_is_hidden):  # noqa: F811
	order, _rule, approval = cheap
	boss = make.make_user("Accounts User", "Order Approver")
	request = frappe.get_doc("Order Approval", approval)
	assert "see costs" in mail.reason_for(order, request, boss)


@pytest.mark.parametrize("rows", ["Order Approval Decider", "Order Approval Decision"])
def test_rows_of_an_approval_are_listed_for_who_sees_its_figures(indebted, rows):
	"""They say who made the order worse, and how."""
	_order, _rule, approval = indebted

	def listed(user):
		with make.acting_as(user):
			return frappe.get_list(rows, {"parent": approval}, parent_doctype="Order Approval")

	assert not listed(make.make_user(*SELLER))
	assert listed(make.make_user(*WHO_READS_INVOICES))
