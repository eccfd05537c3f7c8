"""An approval under a condition: what the sales user accepts changes the order, and lets it go."""

import pytest

import frappe

from sales_wh_flow.approval import prepayment, under_condition
from sales_wh_flow.approval.refusals import ApprovalRequired
from tests import factories as make
from tests.approval import deciding as world
from tests.approval.deciding import (
	approver,
	asked,
	docstatus,
	grant,
	history,
	request,
	user,
	waiting_for,
)
from tests.billing import billing_world
from tests.billing.billing_world import invoice_of
from tests.stock_documents import supplier


@pytest.fixture(autouse=True)
def approval_on(site, rolled_back, switches):
	switches(approval=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def boss():
	return approver()


def offer(who, order, name, kind, value=0.0, comment=None):
	with make.acting_as(who):
		return under_condition.offer(order.name, name, kind, value, comment)


def accept(order, name):
	with make.acting_as(order.owner):
		return under_condition.accept(order.name, name)


def lines(order):
	rows = frappe.get_doc("Sales Order", order.name).items
	return [(row.qty, row.rate) for row in rows]


def draft(*rows, **values):
	customer = make.make_customer()
	with make.acting_as(make.make_user("Sales User")):
		return make.make_order(*rows, customer=customer, **values)


def test_a_smaller_discount_is_worked_into_the_lines_and_the_order_goes(boss):
	warehouse = make.make_warehouse()
	order = draft(make.line(rate=80), make.line(rate=95), warehouse=warehouse)
	order, name = asked(user(boss), order=order)
	offered = offer(boss, order, name, "Smaller Discount", 12, "the most I give")
	assert (offered.state, offered.condition_state) == ("Open", "Offered")
	assert docstatus(order) == 0 and waiting_for(boss) == set()
	answer = accept(order, name)
	assert answer.is_submitted, answer.why_not
	assert lines(order) == [(1, 88), (1, 95)]
	assert docstatus(order) == 1
	assert (request(name).state, request(name).decided_by) == ("Approved", boss)
	assert history(name)[1:] == [
		(1, "Condition Offered", boss),
		(1, "Condition Accepted", order.owner),
		(1, "Approved", boss),
	]


def test_a_discount_of_the_whole_order_is_capped_as_well(boss):
	order = draft(
		make.line(rate=100),
		warehouse=make.make_warehouse(),
		apply_discount_on="Net Total",
		additional_discount_percentage=30,
	)
	order, name = asked(user(boss), order=order)
	offer(boss, order, name, "Smaller Discount", 20)
	assert accept(order, name).is_submitted
	changed = frappe.get_doc("Sales Order", order.name)
	assert (changed.items[0].rate, changed.discount_amount, changed.grand_total) == (80, 0, 80)


def test_the_order_waits_for_the_answer_and_nobody_else_decides_meanwhile(boss):
	other = approver()
	order, name = asked(user(boss), user(other))
	offer(boss, order, name, "Smaller Discount", 15)
	with pytest.raises(frappe.ValidationError, match="accept or decline"):
		grant(other, order, name)
	with pytest.raises(ApprovalRequired):
		frappe.get_doc("Sales Order", order.name).submit()


def test_going_back_to_the_larger_discount_is_asked_again(boss):
	order = draft(make.line(rate=80), warehouse=make.make_warehouse())
	order, name = asked(user(boss), order=order)
	order, _other = asked(user(approver()), order=order)  # keeps the order a draft
	offer(boss, order, name, "Smaller Discount", 12)
	accept(order, name)
	assert (request(name).state, docstatus(order)) == ("Approved", 0)
	back = frappe.get_doc("Sales Order", order.name)
	back.items[0].rate = 80
	back.save()
	assert request(name).state == "Superseded"


def test_a_condition_on_the_first_level_leaves_the_second_to_decide(boss):
	director = approver()
	order, name = asked(user(boss), user(director, 2))
	offer(boss, order, name, "Smaller Discount", 15)
	answer = accept(order, name)
	assert (answer.state, answer.level, answer.is_submitted) == ("Open", 2, False)
	assert waiting_for(director) == {name}
	assert grant(director, order, name).is_submitted


def test_declined_it_goes_back_to_the_approver(boss):
	order, name = asked(user(boss))
	offer(boss, order, name, "Smaller Discount", 15)
	with make.acting_as(order.owner):
		assert under_condition.decline(order.name, name, "the customer insists").condition_state == "Declined"
	assert lines(order) == [(1, 80)]
	assert waiting_for(boss) == {name}
	with make.acting_as(order.owner), pytest.raises(frappe.ValidationError, match="no condition"):
		under_condition.accept(order.name, name)
	assert grant(boss, order, name).is_submitted


def test_only_what_is_there_is_ordered(boss):
	warehouse = make.make_warehouse()
	short, full, gone = make.make_items(3)
	make.receive(short, 4, warehouse)
	make.receive(full, 9, warehouse)
	rows = [make.line(item, rate=80, qty=6) for item in (short, full, gone)]
	order, name = asked(user(boss), order=draft(*rows, warehouse=warehouse))
	offer(boss, order, name, "Available Quantity")
	assert accept(order, name).is_submitted
	assert lines(order) == [(4, 80), (6, 80)]


def test_what_is_locked_for_others_is_not_available(boss, switches):
	switches(approval=True, stock_lock=True)
	warehouse, item = make.make_warehouse(), make.make_item()
	make.receive(item, 10, warehouse)
	make.make_order(make.line(item, qty=7), warehouse=warehouse, submit=True)
	order, name = asked(user(boss), order=draft(make.line(item, rate=80, qty=6), warehouse=warehouse))
	offer(boss, order, name, "Available Quantity")
	assert accept(order, name).is_submitted
	assert lines(order) == [(3, 80)]


@pytest.mark.parametrize(
	("kind", "value", "problem"),
	[
		("Nicer Weather", 1, "no condition the flow knows"),
		("Smaller Discount", 100, "makes no sense"),
		("Smaller Discount", 30, "meets this condition already"),
		("Prepayment", 0, "makes no sense"),
		("Available Quantity", 0, "nothing would be left"),
	],
)
def test_a_condition_that_makes_no_sense_is_refused(boss, kind, value, problem):
	order, name = asked(user(boss))
	with pytest.raises(frappe.ValidationError, match=problem):
		offer(boss, order, name, kind, value)
	assert request(name).condition_state in (None, "")


def test_only_who_may_write_the_order_accepts(boss):
	order, name = asked(user(boss))
	offer(boss, order, name, "Smaller Discount", 15)
	reader = make.make_user("Accounts User")
	for answer in (under_condition.accept, lambda *args: under_condition.decline(*args, "no")):
		with make.acting_as(reader), pytest.raises(frappe.PermissionError):
			answer(order.name, name)
	assert request(name).condition_state == "Offered"


def test_only_who_may_decide_sets_a_condition(boss):
	order, name = asked(user(boss))
	with pytest.raises(frappe.PermissionError):
		offer(approver(), order, name, "Smaller Discount", 15)


def test_a_changed_order_has_nothing_to_accept(boss):
	order, name = asked(user(boss))
	offer(boss, order, name, "Smaller Discount", 15)
	changed = frappe.get_doc("Sales Order", order.name)
	changed.items[0].rate = 50
	changed.save()
	with pytest.raises(frappe.ValidationError):
		accept(order, name)
	assert lines(order) == [(1, 50)]


# Prepayment


@pytest.fixture
def prepaid(boss):
	"""A submitted order of 80 that was approved if half of it is paid first, and its Delivery Note."""
	warehouse, item = make.make_warehouse(), make.make_item()
	make.receive(item, 5, warehouse)
	order, name = asked(user(boss), order=draft(make.line(item, rate=80), warehouse=warehouse))
	offer(boss, order, name, "Prepayment", 50)
	assert accept(order, name).is_submitted
	return order


def delivery_of(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	return make_delivery_note(order.name).insert()


def pay(order, amount):
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	entry = get_payment_entry("Sales Order", order.name, party_amount=amount)
	entry.update({"reference_no": "1", "reference_date": frappe.utils.nowdate()})
	return entry.insert().submit()


def test_goods_wait_for_the_prepayment(prepaid):
	assert frappe.db.get_value("Sales Order", prepaid.name, "swf_prepayment_pct") == 50
	note = delivery_of(prepaid)
	with pytest.raises(frappe.ValidationError, match="50 % is paid first"):
		note.submit()
	pay(prepaid, 30)
	with pytest.raises(frappe.ValidationError, match="Record a payment of"):
		frappe.get_doc("Delivery Note", note.name).submit()
	pay(prepaid, 10)
	frappe.get_doc("Delivery Note", note.name).submit()


def is_held(paper) -> bool:
	"""Whether the document is refused because the prepayment is missing."""
	try:
		frappe.get_doc(paper.doctype, paper.name).submit()
	except frappe.ValidationError as problem:
		assert "paid first" in str(problem), problem
		frappe.clear_messages()
		return True
	return False


def write_off(bill):
	values = {"doctype": "Journal Entry", "voucher_type": "Write Off Entry", "company": bill.company}
	party = {"party_type": "Customer", "party": bill.customer, "reference_type": "Sales Invoice"}
	rows = [
		{**party, "reference_name": bill.name, "account": bill.debit_to, "credit_in_account_currency": 80},
		{"account": bill.items[0].income_account, "debit_in_account_currency": 80},
	]
	rows[1]["cost_center"] = bill.items[0].cost_center
	doc = frappe.get_doc({**values, "posting_date": frappe.utils.nowdate(), "accounts": rows})
	doc.insert().submit()


def credit(bill):
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

	note = make_sales_return(bill.name)
	note.update_outstanding_for_self = 0
	note.insert().submit()


@pytest.mark.parametrize("settle", [credit, write_off])
def test_an_invoice_that_was_settled_without_money_is_no_prepayment(prepaid, settle):
	bill = invoice_of(prepaid)
	settle(bill)
	assert frappe.db.get_value("Sales Invoice", bill.name, "outstanding_amount") == 0
	assert is_held(delivery_of(prepaid))


def test_what_is_paid_of_an_invoice_of_two_orders_is_shared_by_their_rows(prepaid):
	bill, paid = invoice_of(prepaid, submit=False), billing_world.pay
	other = make.make_order(make.line(rate=240), customer=prepaid.customer, submit=True)
	bill.append("items", invoice_of(other, submit=False).items[0].as_dict(no_default_fields=True))
	bill.save().submit()
	paid(bill, 156)
	note = delivery_of(prepaid)
	assert is_held(note), "39 of the 40 that it owes"
	paid(bill, 4)
	assert not is_held(note)


def test_a_supplier_sends_nothing_of_an_order_before_its_prepayment(boss):
	row = make.line(make.make_item(delivered_by_supplier=1), rate=80)
	sent = {"delivered_by_supplier": 1, "supplier": supplier()}
	order, name = asked(user(boss), order=draft({**row, **sent}, warehouse=make.make_warehouse()))
	offer(boss, order, name, "Prepayment", 50)
	assert accept(order, name).is_submitted
	order.reload()
	bought = purchase_of(order)
	assert is_held(bought)
	pay(order, 40)
	assert not is_held(bought)


def purchase_of(order):
	row = order.items[0]
	bought = {"item_code": row.item_code, "qty": 1, "rate": 10, "schedule_date": row.delivery_date}
	links = {"sales_order": order.name, "sales_order_item": row.name, "delivered_by_supplier": 1}
	values = {"doctype": "Purchase Order", "supplier": row.supplier, "company": order.company}
	return frappe.get_doc({**values, "items": [{**bought, **links, "warehouse": row.warehouse}]}).insert()


def test_clearing_the_field_by_code_opens_nothing(prepaid):
	frappe.db.set_value("Sales Order", prepaid.name, "swf_prepayment_pct", 0)
	with pytest.raises(frappe.ValidationError, match="paid first"):
		delivery_of(prepaid).submit()


def test_with_the_switch_off_nothing_is_looked_up(prepaid, switches):
	note = delivery_of(prepaid)
	switches(approval=False)
	prepayment.check_prepayment(note)  # the settings are read into the cache
	with make.counted_statements() as statements:
		prepayment.check_prepayment(note)
	assert statements == []


def test_an_order_without_the_condition_goes(boss):
	warehouse, item = make.make_warehouse(), make.make_item()
	make.receive(item, 5, warehouse)
	order, name = asked(user(boss), order=draft(make.line(item, rate=80), warehouse=warehouse))
	assert grant(boss, order, name).is_submitted
	delivery_of(order).submit()


def test_the_form_is_told_of_the_condition(boss):
	from sales_wh_flow.approval import api

	order, name = asked(user(boss))
	offer(boss, order, name, "Smaller Discount", 15, "last word")
	with make.acting_as(order.owner):
		(row,) = api.approvals_of(order.name)["approvals"]
	assert row["may_i_accept_condition"] and not row["may_i_decide"]
	assert row["condition"]["by"] == frappe.utils.get_fullname(boss)
	assert (row["condition"]["value"], row["condition"]["comment"]) == (15, "last word")
	with make.acting_as(boss):
		(row,) = api.approvals_of(order.name)["approvals"]
	assert not row["may_i_accept_condition"]
	frappe.as_json(row)
	assert world.docstatus(order) == 0
