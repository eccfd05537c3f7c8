"""Money is behind the gate: what waits is not billed, and what was approved is what is billed."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note, make_sales_invoice

from sales_wh_flow.approval import decide, gate
from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.base.said import worded
from sales_wh_flow.events import pos_invoice
from tests import factories as make
from tests.approval.deciding import approver
from tests.approval.site.test_changed_orders import update


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True, approval_of_invoices="Ask")
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	make.make_rule(threshold=10)


def service(**values):
	return make.line(make.make_item(is_stock_item=0), **{"qty": 10, "rate": 95, **values})


def submitted(*rows, **values):
	return make.make_order(*(rows or (service(),)), submit=True, **values)


def invoice_of(order, **row):
	doc = make_sales_invoice(order.name)
	doc.due_date = add_days(nowdate(), 30)
	doc.items[0].update(row)
	return doc


def bill(order, **row):
	return invoice_of(order, **row).insert().submit()


def test_an_invoice_at_the_orders_prices_is_submitted():
	assert bill(submitted()).docstatus == 1


def test_an_invoice_of_a_part_at_the_orders_prices_is_submitted():
	assert bill(submitted(), qty=2).docstatus == 1


def test_an_invoice_at_a_price_that_a_rule_would_ask_about_is_stopped_and_says_what_to_do():
	order = submitted()
	with pytest.raises(ApprovalRequired) as refused:
		bill(order, rate=40)
	said = frappe.utils.strip_html(str(refused.value))
	assert "Row #1" in said
	assert "95.00" in said and "40.00" in said
	assert "Update Items" in said


def test_an_invoice_at_another_price_that_no_rule_asks_about_is_submitted():
	assert bill(submitted(), rate=92).docstatus == 1


def test_after_the_order_got_the_price_and_its_approval_the_invoice_goes():
	order, boss = submitted(), approver("Order Approver")
	update(order, {"rate": 40})
	with pytest.raises(frappe.ValidationError, match="waits for"):
		bill(order)
	(name,) = frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"}, pluck="name")
	with make.acting_as(boss):
		decide.grant(order.name, name)
	assert bill(order).docstatus == 1


def test_an_approved_discount_is_billed_and_a_larger_one_is_not():
	boss = approver("Order Approver")
	order = make.make_order(service(rate=60))
	(name,) = gate.ask(order.name)
	with make.acting_as(boss):
		decide.grant(order.name, name)
	with pytest.raises(ApprovalRequired):
		bill(order, rate=50, qty=1)
	assert bill(order, qty=5).docstatus == 1


BESIDE = ["discount on the whole", "negative row", "negative charge", "discount for paying early"]


@pytest.mark.parametrize("way", BESIDE)
def test_a_discount_typed_on_the_invoice_counts_as_a_price(way):
	order = submitted()
	doc = invoice_of(order)
	if way == "negative charge":
		doc.append("taxes", charge(doc, -300))
	elif way == "discount for paying early":
		day = add_days(nowdate(), 30)
		early = {"discount_type": "Percentage", "discount": 30, "discount_date": day}
		doc.set("payment_schedule", [{"due_date": day, "invoice_portion": 100, **early}])
	elif way == "negative row":
		less = {"item_name": "Less", "description": "Less", "qty": 1, "rate": -300, "uom": "Nos"}
		doc.append("items", {**less, "income_account": doc.items[0].income_account, "conversion_factor": 1})
	else:
		doc.update({"apply_discount_on": "Net Total", "discount_amount": 300})
	doc.insert()
	with pytest.raises(ApprovalRequired):
		doc.submit()


def charge(doc, amount):
	account = doc.items[0].income_account
	return {"charge_type": "Actual", "account_head": account, "description": "Less", "tax_amount": amount}


def test_a_charge_that_the_order_takes_off_is_billed_and_a_larger_one_is_not():
	income = frappe.db.get_value("Company", make.company().name, "default_income_account")
	less = {"charge_type": "Actual", "account_head": income, "description": "Less", "tax_amount": -40}
	order = submitted(service(rate=100), taxes=[less])
	doc = invoice_of(order).insert()
	doc.taxes[0].tax_amount = -140
	with pytest.raises(ApprovalRequired):
		doc.submit()
	assert bill(order).docstatus == 1


def test_a_discount_that_the_whole_order_has_is_no_other_price():
	order = submitted(service(rate=100), apply_discount_on="Net Total", additional_discount_percentage=5)
	assert bill(order).docstatus == 1


@pytest.mark.parametrize("mode", ["Warn", "Off"])
def test_the_setting_says_whether_it_is_stopped_told_or_let_go(switches, mode):
	switches(approval=True, approval_of_invoices=mode)
	order = submitted()
	assert bill(order, rate=40).docstatus == 1
	comments = frappe.get_all("Comment", {"reference_name": order.name}, pluck="content")
	told = [text for text in comments if "bills at other prices" in worded(text)]
	assert len(told) == (mode == "Warn")


def test_while_a_change_is_refused_nothing_is_billed_or_delivered_without_stock_either():
	order, boss = submitted(), approver("Order Approver")
	drafted = invoice_of(order).insert()
	update(order, {"rate": 50})
	(name,) = frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"}, pluck="name")
	with make.acting_as(boss):
		decide.refuse_approval(order.name, name, "no")
	for document in (drafted.reload(), invoice_of(order)):
		with pytest.raises(frappe.ValidationError, match="waits for"):
			document.save()
	with pytest.raises(frappe.ValidationError, match="waits for"):
		pos_invoice.validate(point_of_sale(order))


def point_of_sale(order):
	row = order.items[0]
	sold = {
		"item_code": row.item_code,
		"qty": 1,
		"rate": 50,
		"sales_order": order.name,
		"so_detail": row.name,
	}
	return frappe.get_doc({"doctype": "POS Invoice", "customer": order.customer, "items": [sold]})


HALF_LINKS = ("so_detail", "sales_order", "both, of the note alone")


def half_linked(doc, kept):
	"""Rows as a program may send them: one of the links to the order, or those to the note alone."""
	for row in doc.items:
		for link in {"so_detail", "sales_order"} - {kept}:
			row.set(link, None)
	return doc


@pytest.mark.parametrize("kept", HALF_LINKS)
def test_half_a_link_to_the_order_is_no_way_round_its_prices_or_its_waiting(kept):
	from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_invoice as bill_note

	order = submitted()
	note = make_delivery_note(order.name).insert().submit()
	made = invoice_of(order) if kept in ("so_detail", "sales_order") else bill_note(note.name)
	made.due_date = add_days(nowdate(), 30)
	made = half_linked(made, kept)
	made.items[0].rate = 40
	made.insert()
	with pytest.raises(ApprovalRequired):
		made.submit()
	update(order, {"rate": 50})
	made.reload()
	with pytest.raises(frappe.ValidationError, match="waits for"):
		half_linked(made, kept).save()


def test_a_row_counts_as_its_orders_whichever_order_stands_beside_it():
	row, customer = service(), make.make_customer()
	held, other = (submitted(row, customer=customer) for _ in range(2))
	update(held, {"rate": 50})
	made = invoice_of(other)
	made.items[0].update({"so_detail": held.items[0].name, "sales_order": None})
	with pytest.raises(frappe.ValidationError, match="waits for"):
		made.insert()


def test_a_supplier_delivers_nothing_of_an_order_that_waits():
	order = submitted(service(delivered_by_supplier=1, supplier=supplier()))
	row = order.items[0]
	bought = {"item_code": row.item_code, "qty": 1, "rate": 10, "schedule_date": add_days(nowdate(), 7)}
	links = {"sales_order": order.name, "sales_order_item": row.name, "delivered_by_supplier": 1}
	values = {"doctype": "Purchase Order", "supplier": row.supplier, "company": order.company}
	paper = frappe.get_doc({**values, "items": [{**bought, **links, "warehouse": row.warehouse}]}).insert()
	update(order, {"rate": 50})
	with pytest.raises(frappe.ValidationError, match="waits for"):
		paper.submit()


def supplier():
	group = frappe.db.get_value("Supplier Group", {"is_group": 0})
	doc = {"doctype": "Supplier", "supplier_name": make.unique("Supplier"), "supplier_group": group}
	return frappe.get_doc(doc).insert().name


def test_a_credit_note_is_taken_in_at_any_price():
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

	note = make_sales_return(bill(submitted()).name)
	note.items[0].rate = 40
	assert note.insert().submit().docstatus == 1


def test_an_invoice_of_orders_costs_two_statements_more_and_one_without_orders_none():
	from sales_wh_flow.approval import billed_prices

	doc = invoice_of(submitted(*(service() for _ in range(5))))
	doc.insert()
	assert counted(lambda: billed_prices.check_billed_prices(doc)) <= 2
	for row in doc.items:
		row.so_detail = row.sales_order = None
	assert counted(lambda: billed_prices.check_billed_prices(doc)) == 0


def counted(work) -> int:
	with make.counted_statements() as seen:
		work()
	return len(seen)


def test_a_pricing_rule_that_came_after_the_order_bills_no_price_that_nobody_approved():
	order = submitted(service(rate=100))
	rule = {"doctype": "Pricing Rule", "title": make.unique("Sale"), "apply_on": "Item Code", "selling": 1}
	price = {"rate_or_discount": "Discount Percentage", "discount_percentage": 40, "currency": order.currency}
	items = [{"item_code": order.items[0].item_code}]
	frappe.get_doc({**rule, **price, "items": items, "company": order.company}).insert()
	made = invoice_of(order)
	made.ignore_pricing_rule = 0
	made.insert()
	assert made.items[0].rate in (60, 100)
	if made.items[0].rate == 100:
		assert made.submit().docstatus == 1  # this release keeps the order's price
	else:
		with pytest.raises(ApprovalRequired):
			made.submit()
