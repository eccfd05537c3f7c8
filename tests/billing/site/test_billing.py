"""Invoices by policy, and the money of an order, on a site."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval.refusals import ApprovalRequired
from sales_wh_flow.billing import api, draft, jobs
from sales_wh_flow.billing.judge import judge_orders
from sales_wh_flow.billing.store import due
from sales_wh_flow.events.billing import on_journal
from sales_wh_flow.order import refresh_status
from tests.billing.billing_world import (
	confirm,
	drafts_of,
	invoice_of,
	make_billing_policy,
	money,
	pay,
	promise,
	ship,
	shipped_order,
)
from tests.factories import (
	PRICE,
	acting_as,
	charge,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_user,
)


@pytest.fixture(autouse=True)
def billing_is_on(switches, in_this_transaction):
	switches(billing="On", stock_lock=True)


@pytest.fixture
def run(monkeypatch):
	"""Runs the job that drafts invoices for these orders alone."""

	def draft_of(*orders, today=None):
		names = {order.name for order in orders}
		ready = [it for it in due.ready_orders() if it.order in names]
		judged = judge_orders(names, with_drafts=True)
		wanted = draft.wanted_invoices(ready, judged, frappe.utils.getdate(today))
		return [name for it in wanted if (name := draft.draft_invoice(it))]

	return draft_of


def code_of(order):
	return api.money_of(order.name)["may"]["code"]


def test_an_order_says_why_it_may_not_be_invoiced_and_when_it_may():
	make_billing_policy("On Proof")
	order = shipped_order()
	assert code_of(order) == "is_not_proved"
	note = ship(order)
	assert code_of(order) == "is_not_proved"
	assert not money(order).may_be_invoiced
	confirm(note)
	assert code_of(order) == "may_be_invoiced"
	assert (money(order).may_be_invoiced, money(order).state) == (1, "To Invoice")


def test_the_job_drafts_just_what_has_left_and_drafts_it_once(run):
	make_billing_policy("On Dispatch")
	order = shipped_order(qty=4, left=3)
	(invoice,) = run(order)
	assert drafts_of(order) == [(invoice, 3, True)]
	assert run(order) == []
	assert code_of(order) == "is_drafted"
	frappe.get_doc("Sales Invoice", invoice).submit()
	ship(order)
	(second,) = run(order)
	assert drafts_of(order) == [(second, 1, True)]


def test_an_order_that_is_invoiced_when_ordered_needs_no_note(run):
	make_billing_policy("On Order")
	order = shipped_order(qty=4)
	(invoice,) = run(order)
	assert drafts_of(order) == [(invoice, 4, False)]


def test_services_go_with_the_last_goods(run):
	make_billing_policy("On Dispatch")
	service = line(make_item(is_stock_item=0), qty=1)
	order = shipped_order(qty=4, lines=[service])
	note = ship(order, 2)
	assert note.items
	(first,) = run(order)
	rows = frappe.get_all("Sales Invoice Item", {"parent": first}, ["item_code", "qty"])
	assert {row.qty for row in rows if row.item_code != service["item_code"]} == {2}


def test_each_note_has_an_invoice_of_its_own_where_the_policy_says_so(run):
	make_billing_policy("On Dispatch", invoice_per="Delivery Note")
	order = shipped_order(qty=4, left=1)
	ship(order, 2)
	assert len(run(order)) == 2
	assert [qty for _name, qty, _by_note in drafts_of(order)] in ([1, 2], [2, 1])
	assert run(order) == []


@pytest.mark.parametrize("per", ["Order", "Delivery Note"])
def test_what_an_order_charges_once_is_invoiced_once_however_often_it_leaves(run, per):
	make_billing_policy("On Dispatch", invoice_per=per)
	freight, free = charge("Freight", 10), charge("Freight", 0)
	order = shipped_order(qty=4, taxes=[freight], discount_amount=60, apply_discount_on="Net Total")
	ship(order, 1, taxes=[freight], discount_amount=15)
	early = run(order) if per == "Order" else []
	ship(order, 1, taxes=[free], discount_amount=15)
	ship(order, 2, taxes=[{**freight, "tax_amount": 5}], discount_amount=30)  # more, typed by hand
	invoices = [frappe.get_doc("Sales Invoice", name) for name in (*early, *run(order))]
	borne = [(it.total, it.total_taxes_and_charges, it.discount_amount) for it in invoices]
	first = [(PRICE, 10, 15)]
	assert borne == first + ([(3 * PRICE, 5, 45)] if early else [(PRICE, 0, 15), (2 * PRICE, 5, 30)])


def test_the_charges_of_orders_that_share_an_invoice_add_up(run):
	make_billing_policy("On Dispatch", invoice_per="Customer and Period", period="Month")
	customer = make_customer()
	for amount in (10, 8):
		shipped_order(qty=2, left=2, customer=customer, taxes=[charge("Freight", amount)])
	orders = [
		frappe.get_doc("Sales Order", it)
		for it in frappe.get_all("Sales Order", {"customer": customer}, pluck="name")
	]
	(invoice,) = run(*orders, today=add_days(nowdate(), 40))
	assert frappe.db.get_value("Sales Invoice", invoice, "grand_total") == 4 * PRICE + 18


def test_a_customers_orders_of_a_period_that_is_over_share_one_invoice(run):
	make_billing_policy("On Dispatch", invoice_per="Customer and Period", period="Month")
	customer = make_customer()
	orders = [shipped_order(qty=2, left=2, customer=customer) for _ in range(2)]
	assert run(*orders) == []
	(invoice,) = run(*orders, today=add_days(nowdate(), 40))
	assert {row.sales_order for row in frappe.get_doc("Sales Invoice", invoice).items} == {
		order.name for order in orders
	}
	assert run(*orders, today=add_days(nowdate(), 40)) == []


@pytest.mark.unchecked
def test_what_waits_for_approval_is_not_invoiced(run):
	make_billing_policy("On Order")
	order = shipped_order()
	frappe.db.set_value("Sales Order", order.name, "swf_flow_status", "Pending Approval")
	assert run(order) == []
	assert code_of(order) == "waits_for_approval"


def test_a_policy_that_does_not_draft_by_itself_leaves_it_to_people(run):
	make_billing_policy("On Order", draft_by_itself=0)
	order = shipped_order()
	assert run(order) == []
	invoice = api.draft_invoice(order.name)
	assert [name for name, _qty, _by_note in drafts_of(order)] == [invoice]
	with pytest.raises(frappe.ValidationError, match="stands on drafts"):
		api.draft_invoice(order.name)


def test_in_shadow_nothing_is_drafted_but_orders_say_what_might_be(switches):
	switches(billing="Shadow", stock_lock=True)
	make_billing_policy("On Order")
	order = shipped_order()
	assert jobs.draft_invoices() == []
	assert money(order).may_be_invoiced


def gate(mode):
	frappe.get_doc("Sales Flow Settings").update({"early_invoices": mode}).save()


def test_an_invoice_before_its_moment_is_refused_where_settings_block_it():
	make_billing_policy("On Dispatch")
	gate("Block")
	order = shipped_order(qty=4, left=1)
	with pytest.raises(frappe.ValidationError, match="may be invoiced by Billing Policy"):
		invoice_of(order)
	frappe.clear_messages()
	assert invoice_of(order, qty=1).docstatus == 1


@pytest.mark.parametrize(("mode", "notes"), [("Shadow", 1), ("Warn", 1), ("Off", 0)])
def test_shadow_and_warn_let_it_pass_and_leave_a_line_on_the_order(mode, notes):
	make_billing_policy("On Dispatch")
	gate(mode)
	order = shipped_order()
	assert invoice_of(order).docstatus == 1
	found = frappe.get_all(
		"Comment", {"reference_name": order.name, "content": ("like", "%billing.timeline.invoiced_early%")}
	)
	assert len(found) == notes
	counted = frappe.get_all("Gate Finding", {"sales_order": order.name}, ["gate", "mode", "qty_stock"])
	assert [(it.gate, it.mode, it.qty_stock) for it in counted] == [("Early Invoice", mode, 4)] * notes


def test_an_order_keeps_what_is_invoiced_paid_and_overdue():
	order = shipped_order(qty=4, left=4)
	invoice = invoice_of(order)
	assert (money(order).invoiced, money(order).paid, money(order).state) == (400, 0, "Invoiced")
	pay(invoice, 150)
	assert (money(order).paid, money(order).state, money(order).overdue) == (150, "Partly Paid", 0)
	pay(invoice.reload())
	kept = money(order)
	assert (kept.paid, kept.state, str(kept.paid_on), kept.days_to_cash) == (400, "Paid", nowdate(), 0)


def overdue_order():
	"""Delivered, invoiced, and due ten days ago."""
	order = shipped_order(qty=4)
	confirm(ship(order))
	day = add_days(nowdate(), -20)
	invoice = invoice_of(
		order,
		set_posting_time=1,
		posting_date=day,
		due_date=add_days(nowdate(), -10),
		payment_schedule=[],
		payment_terms_template="",
	)
	return order, invoice


def stage(order):
	frappe.db.get_value("Sales Order", order.name, "swf_stage")
	row = frappe.db.get_value("Sales Order", order.name, "swf_stage_row")
	return frappe.db.get_value("Order Stage Log", row, ["stage", "stage_owner", "delay_of"])


def test_what_is_overdue_is_ours_to_press_for_until_the_customer_promises_to_pay():
	order, invoice = overdue_order()
	assert (money(order).state, money(order).overdue) == ("Overdue", 400)
	assert stage(order) == ("To Collect", "Accounts", "Us")
	made = promise(order, add_days(nowdate(), 3))
	assert money(order).state == "Promised"
	assert stage(order) == ("To Collect", "Customer", "Customer")
	pay(invoice)
	assert frappe.db.get_value("Payment Promise", made.name, "state") == "Kept"


def test_a_promise_whose_day_has_passed_is_broken_and_the_clock_is_ours_again():
	order, _invoice = overdue_order()
	made = promise(order, nowdate())
	frappe.db.set_value("Payment Promise", made.name, "promised_on", add_days(nowdate(), -1))
	assert jobs.refresh_open_money() > 0
	assert frappe.db.get_value("Payment Promise", made.name, "state") == "Broken"
	assert stage(order) == ("To Collect", "Accounts", "Us")


def test_a_promise_for_a_day_that_has_passed_is_refused():
	order = shipped_order()
	for day in (add_days(nowdate(), -1), "0001-01-01"):
		with pytest.raises(frappe.ValidationError, match="has passed"):
			promise(order, day)


def test_a_credit_note_lowers_what_is_invoiced():
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import make_sales_return

	order = shipped_order(qty=4, left=4)
	invoice = invoice_of(order)
	credit = make_sales_return(invoice.name)
	credit.items[0].qty = -1
	credit.insert().submit()
	assert money(order).invoiced == 300


def test_a_cancelled_invoice_counts_no_more():
	make_billing_policy("On Order")
	order = shipped_order(qty=4)
	invoice = invoice_of(order)
	before = (money(order).invoiced, money(order).may_be_invoiced)
	invoice.reload().cancel()
	assert (before, money(order).invoiced, money(order).may_be_invoiced) == ((400, 0), 0, 1)


def test_a_journal_entry_that_pays_an_invoice_moves_its_orders_status():
	order = shipped_order(qty=4, left=4)
	row = {"reference_type": "Sales Invoice", "reference_name": invoice_of(order).name}
	known = frappe.db.get_value("Sales Order", order.name, "swf_flow_status")
	frappe.db.set_value("Sales Order", order.name, "swf_flow_status", "Draft")

	on_journal(frappe._dict(accounts=[frappe._dict(row)]))

	assert known != "Draft"
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == known


def test_the_panel_links_erpnexts_dunning():
	from erpnext.accounts.doctype.sales_invoice.sales_invoice import create_dunning

	order, invoice = overdue_order()
	dunning = create_dunning(invoice.name)
	dunning.insert(ignore_mandatory=True)
	assert [it["name"] for it in api.money_of(order.name)["dunnings"]] == [dunning.name]


def test_who_may_not_read_invoices_sees_no_debts():
	order, invoice = overdue_order()
	with acting_as(make_user("Sales User")):
		shown = api.money_of(order.name)
	assert (shown["invoices"], shown["sees_debts"]) == ([], False)
	assert not {"overdue", "paid", "state"} & set(shown["figures"])
	with acting_as(make_user("Accounts User")):
		assert [it["name"] for it in api.money_of(order.name)["invoices"]] == [invoice.name]


def test_who_may_not_make_invoices_drafts_none():
	make_billing_policy("On Order")
	order = shipped_order()
	with acting_as(make_user("Sales User")), pytest.raises(frappe.PermissionError):
		api.draft_invoice(order.name)


def test_nobody_writes_the_money_of_an_order_by_hand():
	order = shipped_order()
	with pytest.raises(frappe.PermissionError):
		money(order).update({"paid": 1}).save()


def test_a_deleted_order_takes_its_money_along():
	order = shipped_order()
	order.cancel()
	assert not frappe.db.exists("Order Money", order.name)


@pytest.mark.parametrize("mode", ["Off", "On"])
def test_looking_at_the_money_of_orders_costs_four_statements_at_most_and_none_while_off(switches, mode):
	from sales_wh_flow.billing.money import refresh_money

	switches(billing=mode, stock_lock=True)
	make_billing_policy("On Dispatch")
	names = [shipped_order().name for _ in range(3)]
	refresh_money(names)
	with counted_statements() as statements:
		refresh_money(names)
	assert len(statements) <= (4 if mode == "On" else 0), statements
	refresh_status.of_all(names)


def test_a_job_that_meets_a_refusal_goes_on_with_the_next_order(monkeypatch):
	make_billing_policy("On Order")
	first, second = sorted((shipped_order(), shipped_order()), key=lambda it: it.name)
	native = draft.draft_invoice
	logged = []
	monkeypatch.setattr("sales_wh_flow.base.retry_each.log_failure", logged.append)

	def refuse_first(wanted, check=None):
		if first.name in wanted.orders:
			raise ApprovalRequired("held")
		return native(wanted, check)

	monkeypatch.setattr(draft, "draft_invoice", refuse_first)
	jobs.draft_invoices()
	assert logged and drafts_of(first) == []
	assert len(drafts_of(second)) == 1


@pytest.mark.parametrize("left_out", ["sales_order", "so_detail"])
@pytest.mark.parametrize("refusal", ["may be invoiced by Billing Policy", "not both the Sales Order"])
def test_half_a_link_to_an_order_is_no_way_round_the_gate(switches, left_out, refusal):
	switches(billing="On", stock_lock=refusal.startswith("may"))  # the lock completes it
	make_billing_policy("On Dispatch")
	gate("Block")
	order = shipped_order(qty=4)
	invoice = invoice_of(order, submit=False)
	invoice.items[0].set(left_out, None)
	with pytest.raises(frappe.ValidationError, match=refusal):
		invoice.submit()


@pytest.mark.parametrize("change", ["day", "order"])
def test_a_promise_stands_once_it_is_written(change):
	order, other = shipped_order(qty=4), shipped_order(qty=4)
	made = promise(order, add_days(nowdate(), 3))
	made.update({"promised_on": add_days(nowdate(), 30)} if change == "day" else {"sales_order": other.name})
	with pytest.raises(frappe.ValidationError, match="stands"):
		made.save()
	made.reload()
	made.withdrawn = 1
	made.save()
	assert made.state == "Withdrawn"


def test_nobody_promises_to_pay_in_a_thousand_years():
	with pytest.raises(frappe.ValidationError, match="more than a year"):
		promise(shipped_order(qty=4), "9999-12-31")
