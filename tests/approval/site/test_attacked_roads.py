"""Roads that somebody found who attacked the running product."""

import json

import pytest

import frappe

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.desk import explain
from sales_wh_flow.approval.refusals import ApprovalRequired
from tests import factories as make
from tests.approval.site.test_changed_orders import update

pytestmark = pytest.mark.usefixtures("in_this_transaction")
SCRIPT = "Nails <img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def a_rule(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	return make.make_rule(threshold=10)


def held():
	order = make.make_order(make.line(make.make_item(is_stock_item=0), rate=95), submit=True)
	update(order, {"rate": 50})
	return order


@pytest.mark.parametrize("kind", ["make_delivery_note", "make_sales_invoice"])
def test_nothing_is_made_of_many_in_a_list_while_a_change_waits(kind):
	from erpnext.selling.doctype.sales_order import sales_order

	paper = getattr(sales_order, kind)(held().name)
	paper.flags.ignore_validate = True
	with pytest.raises(frappe.ValidationError, match="waits for"):
		paper.insert(ignore_mandatory=True)


def test_nobody_is_asked_to_pay_a_price_that_waits(monkeypatch):
	from erpnext.accounts.doctype.payment_request.payment_request import PaymentRequest

	asked = []
	monkeypatch.setattr(PaymentRequest, "request_phone_payment", lambda request: asked.append(request.name))
	order = held()
	values = {"payment_request_type": "Inward", "payment_channel": "Phone", "grand_total": 50}
	links = {"reference_doctype": "Sales Order", "reference_name": order.name, "currency": order.currency}
	links.update(party_type="Customer", party=order.customer)
	request = frappe.get_doc({"doctype": "Payment Request", **values, **links}).insert()

	with pytest.raises(frappe.ValidationError, match="waits for"):
		request.submit()
	draft = make.make_order(make.line(make.make_item(is_stock_item=0), rate=50))
	links.update(reference_name=draft.name, party=draft.customer)
	request = frappe.get_doc({"doctype": "Payment Request", **values, **links}).insert()
	with pytest.raises(frappe.ValidationError, match="is a draft"):
		request.submit()
	assert asked == []


def test_nobody_writes_a_message_beside_an_order_in_another_users_name():
	from frappe.core.doctype.communication.email import make as write

	order, boss = make.make_order(), make.make_user("Sales Manager")
	with make.acting_as(make.make_user("Sales User")) as _acting:
		seller = frappe.session.user
		values = {"doctype": "Sales Order", "name": order.name, "communication_medium": "Other"}
		forged = write(content="approved by me", sender=boss, **values)["name"]
		shared = write(content="as agreed", sender="sales@house.example", **values)["name"]

	senders = [frappe.db.get_value("Communication", it, "sender") for it in (forged, shared)]
	assert seller in senders[0] and boss not in senders[0]
	assert senders[1] == "sales@house.example"


def test_who_made_an_order_worse_is_not_named_among_those_who_can_decide():
	seller, boss = make.make_user("Sales User"), make.make_user("Sales Manager", "Order Approver")
	with make.acting_as(seller):
		order = make.make_order(make.line(rate=80, price_list_rate=100))
	with make.acting_as(boss):
		order.items[0].rate = 50
		order.save()
	named = frappe.db.get_value("User", boss, "full_name")
	(owed,) = explain.explain_approvals(frappe.get_doc("Sales Order", order.name))["owed"]
	assert named not in owed["who_can_decide"]
	(approval,) = gate.ask(order.name)
	with make.acting_as(boss), pytest.raises(frappe.PermissionError):
		decide.grant(order.name, approval)


@pytest.mark.parametrize("text", [json.dumps(SCRIPT), SCRIPT])
def test_no_script_comes_in_with_a_row_of_an_order_that_is_inserted_as_submitted(text):
	line = {**make.line(rate=100), "item_name": text, "description": text}
	order = frappe.get_doc(make.make_order(line).as_dict())
	order.update({"name": None, "docstatus": 1, "__islocal": 1, "terms": text})
	for row in order.items:
		row.update({"name": None, "item_name": text, "description": text})
	order.insert()
	stored = frappe.get_doc("Sales Order", order.name)
	assert "onerror" not in f"{stored.items[0].item_name}{stored.items[0].description}{stored.terms}"


@pytest.mark.parametrize(
	"values",
	[
		{"doctype": "Approval Delegation"},
		{"doctype": "Approval Delegation", "to_user": "nobody@example.com", "from_date": "2026-01-01"},
		{"doctype": "Payment Promise"},
		{"doctype": "Payment Promise", "sales_order": "none", "promised_on": "2099-01-01"},
	],
)
def test_a_record_that_lacks_something_is_told_what(values):
	with pytest.raises((frappe.ValidationError, frappe.DoesNotExistError)):
		frappe.get_doc(values).insert()


def test_half_a_sign_is_no_name():
	from sales_wh_flow.approval import api

	with pytest.raises(frappe.ValidationError, match="a name"):
		api.approvals_of(sales_order="\ud800")


def adjusted(order, invoice, qty, rate):
	row = invoice.items[0]
	line = {"item_code": row.item_code, "qty": qty, "rate": rate, "so_detail": row.so_detail}
	values = {"company": order.company, "customer": order.customer, "due_date": "2099-01-01"}
	note = {"is_debit_note": 1, "return_against": invoice.name, "items": [line]}
	return frappe.get_doc({"doctype": "Sales Invoice", **values, **note}).insert().submit()


def test_a_debit_note_raises_a_price_and_bills_no_other_goods_cheaply():
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	frappe.db.set_single_value("Accounts Settings", "over_billing_allowance", 100)
	order = make.make_order(make.line(make.make_item(is_stock_item=0), qty=10, rate=95), submit=True)
	invoice = make_sales_invoice(order.name)
	invoice.update({"due_date": "2099-01-01"})
	invoice.items[0].qty = 1
	invoice.insert().submit()
	assert adjusted(order, invoice, qty=1, rate=3).docstatus == 1
	with pytest.raises(ApprovalRequired):
		adjusted(order, invoice, qty=9, rate=3)
