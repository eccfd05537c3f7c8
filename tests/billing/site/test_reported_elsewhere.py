"""What users of ERPNext and Odoo reported about invoicing what was delivered, tried here."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return
from erpnext.controllers.accounts_controller import update_child_qty_rate
from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.billing import api, jobs
from sales_wh_flow.stock_lock.serving import serve
from tests.billing.billing_world import (
	confirm,
	drafts_of,
	invoice_of,
	make_billing_policy,
	money,
	pay,
	ship,
	shipped_order,
)
from tests.billing.site.test_billing import overdue_order, stage
from tests.factories import line, make_customer, make_warehouse, stocked
from tests.returns import returns_world
from tests.returns.returns_world import read_anew, returned


@pytest.fixture(autouse=True)
def billing_is_on(switches, in_this_transaction):
	switches(
		**dict.fromkeys(("stock_lock", "fulfilment", "returns"), True),
		**{"billing": "On", "return_documents": "Submitted", "serving": "By Itself"},
	)
	frappe.db.sql("update `tabBilling Policy` set enabled = 0")
	returns_world.name_places()
	make_billing_policy("On Dispatch")


def order_of(qty=10):
	place = make_warehouse()
	return returns_world.delivered(line(stocked(2 * qty, place), qty=qty), warehouse=place)


def test_goods_sent_again_after_they_came_back_are_invoiced_at_their_quantity():
	"""erpnext#57848: delivered, returned and delivered again, an order was invoiced with quantity 0."""
	order, note = order_of()
	returned(note, 10, remedy="Replace")
	serve.serve_order(order.name)
	ship(read_anew(order))
	jobs.draft_invoices()
	assert [qty for _name, qty, _by_note in drafts_of(order)] == [10]


def test_what_came_back_before_it_was_invoiced_keeps_no_order_from_being_paid():
	"""erpnext#58825, #52647: with one line invoiced and the other returned, it was still to be billed."""
	place = make_warehouse()
	order, note = returns_world.delivered(
		*(line(stocked(4, place), qty=4) for _ in range(2)), warehouse=place
	)
	confirm(note)
	invoice = invoice_of(read_anew(order), submit=False)
	invoice.items = [row for row in invoice.items if row.so_detail != note.items[1].so_detail]
	invoice.save().submit()
	returned(note.reload(), 4, remedy="Refund", row=1)
	assert frappe.db.get_value("Sales Order", order.name, "swf_stage") == "To Collect"
	jobs.draft_invoices()
	assert drafts_of(order) == []


def test_a_credit_note_for_the_price_alone_is_not_invoiced_again():
	"""erpnext#50768: after a credit note without goods the whole order could be invoiced a second time."""
	order = shipped_order(qty=10, left=10)
	bill = invoice_of(order)
	credit = make_return_doc("Sales Invoice", bill.name)
	credit.update_billed_amount_in_sales_order = 0
	credit.insert().submit()
	jobs.draft_invoices()
	assert drafts_of(order) == []
	assert money(order).state != "To Invoice"


@pytest.mark.parametrize("is_invoiced", [False, True])
def test_an_order_of_which_all_came_back_has_nothing_to_pay(is_invoiced):
	"""odoo#254871, odoo#264124: what was never invoiced was called invoiced, and the other way round."""
	order, note = order_of()
	confirm(note)
	if is_invoiced:
		returns_world.invoiced(note)
	returned(note.reload(), 10, remedy="Refund")
	kept = money(order)
	assert (kept.state, kept.days_to_cash) == ("Nothing to Pay", 0)
	assert frappe.db.get_value("Sales Order", order.name, "swf_stage") == "Ended"
	says = "All of it is invoiced." if is_invoiced else "All of it came back: nothing is left to invoice."
	assert api.money_of(order.name)["may"]["text"] == says


def test_parts_that_add_up_to_what_was_ordered_are_all_of_it():
	"""erpnext#10858: delivered whole in several notes, and paid, the order stayed overdue."""
	order = shipped_order(qty=3, customer=make_customer())
	for _ in range(3):
		note = ship(order, 1)
		confirm(note)
	assert frappe.db.get_value("Sales Order", order.name, "swf_stage") == "To Invoice"


def test_an_order_whose_payment_is_taken_off_its_invoice_again_is_paid_no_more():
	order, invoice = overdue_order()
	pay(invoice)
	assert (money(order).state, stage(order)[0]) == ("Paid", "Ended")
	# As ERPNext's UnReconcile leaves it: written past every event of the order and the invoice.
	entry = frappe.get_doc("Payment Entry", {"party": order.customer})
	frappe.db.set_value("Sales Invoice", invoice.name, "outstanding_amount", 400)
	frappe.db.set_value("Payment Entry Reference", {"parent": entry.name}, "allocated_amount", 0)
	frappe.db.set_value(
		"Payment Ledger Entry", {"voucher_no": entry.name, "against_voucher_no": invoice.name}, "delinked", 1
	)
	jobs.refresh_open_money()
	assert (money(order).state, stage(order)[:2]) == ("Overdue", ("To Collect", "Accounts"))


def test_an_order_whose_price_fell_before_the_invoice_says_why_it_is_still_to_invoice():
	"""erpnext#56149: invoiced at a lower rate, what was delivered stayed partly billed for ever."""
	order, note = order_of()
	confirm(note)
	invoice = invoice_of(read_anew(order), submit=False)
	invoice.items[0].update({"rate": 80, "price_list_rate": 80})
	invoice.save()
	invoice.submit()
	assert stage(order)[0] == "To Invoice"
	told = panel_text(order)
	assert "All pieces are invoiced, for" in told and "200" in told and "Status > Close" in told
	read_anew(order).update_status("Closed")
	assert stage(order)[0] == "Ended"


def test_an_order_of_which_a_part_was_invoiced_for_the_price_of_all_says_so():
	"""erpnext#58694: 150 of 390 pieces were on no invoice, and nothing offered them any more."""
	order, note = order_of()
	confirm(note)
	invoice = invoice_of(read_anew(order), qty=5, submit=False)
	invoice.items[0].update({"rate": 200, "price_list_rate": 200})
	invoice.save()
	invoice.submit()
	assert panel_text(order).startswith("Row #1: 5 of 10 are invoiced, for the amount of all")


def test_what_is_left_to_invoice_is_counted_in_pieces_when_the_rate_is_changed():
	"""erpnext#47470: ten of thirty were invoiced; with another rate other pieces were left than twenty."""
	place = make_warehouse()
	order, _note = returns_world.delivered(line(stocked(30, place), qty=30), warehouse=place)
	invoice_of(read_anew(order), qty=10)
	row = read_anew(order).items[0]
	changed = {"docname": row.name, "name": row.name, "item_code": row.item_code, "qty": 30, "rate": 150}
	update_child_qty_rate(
		"Sales Order", frappe.as_json([{**changed, "delivery_date": str(row.delivery_date)}]), order.name
	)
	jobs.draft_invoices()
	assert [qty for _name, qty, _by_note in drafts_of(order)] == [20]


def test_an_invoice_in_instalments_is_due_with_the_first_that_is_not_paid():
	"""erpnext#26969: what mattered was the last of them."""
	order, _note = order_of()
	invoice = invoice_of(read_anew(order), submit=False)
	days = [add_days(nowdate(), ahead) for ahead in (5, 30)]
	half = {"invoice_portion": 50, "payment_amount": 500}
	invoice.set("payment_schedule", [{"due_date": day, **half} for day in days])
	invoice.save()
	invoice.submit()
	assert str(money(order).due_on) == days[0]
	pay(invoice, 500)
	assert str(money(order).due_on) == days[1]
	pay(invoice.reload())
	assert (money(order).due_on, money(order).state) == (None, "Paid")


def panel_text(order):
	return api.money_of(order.name)["may"]["text"]


def come_back(note, qty):
	"""By ERPNext's own return."""
	back = make_return_doc("Delivery Note", note.name)
	back.items[0].qty = -qty
	return back.insert().submit()


@pytest.mark.parametrize("is_by_note", [True, False])
def test_a_draft_that_nobody_has_changed_is_lowered_once_goods_came_back(is_by_note):
	"""Found on the demo desk: the order said "Submit them", and too much was invoiced."""
	if not is_by_note:
		frappe.db.sql("update `tabBilling Policy` set enabled = 0")
		make_billing_policy("On Order")
	order, note = order_of()
	jobs.draft_invoices()
	come_back(note, 4)
	assert api.money_of(order.name)["may"]["code"] == "draft_is_too_high"
	assert "10 on drafts, 6 may be invoiced" in panel_text(order)
	assert "the hourly job lowers it" in panel_text(order)
	jobs.draft_invoices()
	((draft, qty, by_note),) = drafts_of(order)
	assert (qty, by_note, frappe.db.get_value("Sales Invoice", draft, "net_total")) == (6, is_by_note, 600)
	assert panel_text(order) == "What may be invoiced stands on drafts. Submit them."
	come_back(note, 6)
	jobs.draft_invoices()
	assert drafts_of(order) == []
	assert "nothing is left to invoice" in panel_text(order)


def test_a_draft_that_somebody_has_saved_is_left_to_people_and_a_credit_is_asked_for_once_it_is_submitted():
	order, note = order_of()
	jobs.draft_invoices()
	invoice = frappe.get_doc("Sales Invoice", drafts_of(order)[0][0])
	invoice.remarks = "By ship"
	invoice.save()
	come_back(note, 4)
	assert f"{invoice.name} was last saved by" in panel_text(order)
	jobs.draft_invoices()
	assert [qty for _name, qty, _by_note in drafts_of(order)] == [10]
	invoice.reload().submit()
	assert panel_text(order) == "Row #1: 4 came back and are invoiced. A credit note is due."
	credit = make_sales_return(invoice.name)
	credit.items[0].qty = -4
	credit.insert()
	assert panel_text(order) == "All of it is invoiced."
	credit.submit()
	assert panel_text(order) == "All of it is invoiced."


def test_goods_that_were_invoiced_by_hand_before_they_left_are_invoiced_once():
	"""Dolibarr#15039: closing the shipment of an order that was invoiced already made a second invoice."""
	order = shipped_order(qty=3)
	invoice_of(order)
	ship(read_anew(order))
	jobs.draft_invoices()
	assert drafts_of(order) == []
