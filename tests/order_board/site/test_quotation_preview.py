"""What a Quotation's form says of stock and days, and of what may be done about its approvals."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval.desk import api as desk
from sales_wh_flow.order_board import api
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")


def quotation(item, qty, warehouse=None, **values):
	row = make.line(item, qty=qty, **values)
	return frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": make.make_customer(),
			"company": make.company().name,
			"currency": make.company().currency,
			"valid_till": add_days(nowdate(), 10),
			"items": [{**row, "warehouse": warehouse or make.make_warehouse()}],
		}
	).insert()


def test_a_quotation_is_split_over_warehouses_as_its_order_would_be_and_stays_as_it_is(switches):
	switches(routing=True)
	near, far = make.make_warehouses(2)
	item = make.stocked_in((4, near), (9, far))
	make.make_routing_rule(near, far, min_part=0)
	doc = quotation(item, 10, near)

	shown = api.quotation_preview(doc.name)

	assert {(row["warehouse"], row["qty"]) for row in shown} == {(near, 4), (far, 6)}
	doc.reload()
	assert [(row.warehouse, row.qty) for row in doc.items] == [(near, 10)]


def test_while_routing_is_off_nothing_is_previewed(switches):
	switches(approval=True)
	assert api.quotation_preview(quotation(make.make_item(), 1).name) == []


def test_who_may_not_read_the_quotation_gets_no_preview(switches):
	switches(routing=True)
	doc = quotation(make.make_item(), 1)
	with make.acting_as(make.make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.quotation_preview(doc.name)


def test_who_asked_reminds_and_takes_back_who_decides_asks_back_and_neither_does_the_others_part(
	switches,
):
	switches(approval=True, approval_of_quotations="Approve Before Submit")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	make.make_rule("Discount", 15)
	doc = quotation(make.make_item(), 1, rate=50, price_list_rate=100)
	seller, approver = make.make_user("Sales User"), make.make_user("Sales Manager", "Order Approver")
	with make.acting_as(seller):
		desk.ask_about_quotation(doc.name, "They take more in spring.")
		own = desk.quotation_approvals(doc.name)
	with make.acting_as(approver):
		(need,) = desk.quotation_approvals(doc.name)["owed"]
		assert (need["may_i_decide"], need["may_i_ask_back"], need["may_i_remind"]) == (True, True, False)
		desk.ask_back(need["approval"], "How many?")
	with make.acting_as(seller):
		(need,) = desk.quotation_approvals(doc.name)["owed"]
		assert need["question"] == "How many?" and need["may_i_answer"]

	assert own["may_withdraw"] and own["owed"][0]["may_i_remind"] and not own["owed"][0]["may_i_decide"]
	assert not own["owed"][0]["may_i_ask_back"]
