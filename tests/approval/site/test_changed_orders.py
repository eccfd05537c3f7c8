"""A submitted order that changes: what needs approval now waits, what does not change keeps its locks."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from sales_wh_flow.approval import decide, gate, judge_change
from sales_wh_flow.approval.rules.needs import CREDIT_EXPOSURE, DISCOUNT
from sales_wh_flow.base.said import worded
from sales_wh_flow.order_changes import update_items
from sales_wh_flow.picking import pick
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.serving import serve
from tests import factories as make


@pytest.fixture(autouse=True)
def everything_on(site, rolled_back, switches):
	switches(approval=True, stock_lock=True, fulfilment=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def approver():
	return make.make_user("Sales Manager", "Order Approver")


@pytest.fixture
def warehouse():
	return make.make_warehouse()


def update(order, *changes, new=()):
	"""Update Items in the flow, in the test's own transaction."""
	rows = [
		{
			"docname": row.name,
			"name": row.name,
			"item_code": row.item_code,
			"qty": row.qty,
			"rate": row.rate,
			"conversion_factor": 1,
			"delivery_date": str(row.delivery_date),
			"idx": row.idx,
			**(changes[at] if at < len(changes) else {}),
		}
		for at, row in enumerate(frappe.get_doc("Sales Order", order.name).items)
		if at >= len(changes) or changes[at] is not None
	]
	rows += [{"delivery_date": add_days(nowdate(), 7), "conversion_factor": 1, **row} for row in new]
	text = frappe.as_json(rows)
	update_items.update(order.name, rows, update_items.native("Sales Order", text, order.name))


def locks_of(order):
	"""{entry: what it holds} of the order's open locks."""
	rows = frappe.get_all(
		"Stock Reservation Entry",
		{"voucher_no": order.name, "docstatus": 1, "status": ("not in", ("Delivered", "Cancelled"))},
		["name", "reserved_qty", "delivered_qty"],
	)
	return {row.name: row.reserved_qty - row.delivered_qty for row in rows}


def status_of(order):
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def open_approvals(order):
	return frappe.get_all("Order Approval", {"sales_order": order.name, "state": "Open"}, pluck="name")


def sold_at_list_price(warehouse, qty=4, stock=10, **values):
	item = make.stocked(stock, warehouse)
	return make.make_order(make.line(item, qty=qty, warehouse=warehouse), submit=True, **values)


def grant_all(order, approver):
	(name,) = gate.ask(order.name)
	with make.acting_as(approver):
		return decide.grant(order.name, name)


# What waits


def test_a_change_that_needs_approval_is_accepted_and_holds_the_order(warehouse):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	update(order, {"rate": 50})
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "rate") == 50
	assert len(open_approvals(order)) == 1
	assert status_of(order) == "Pending Approval"


def test_a_change_that_needs_none_goes_through(warehouse):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	update(order, {"rate": 95, "qty": 5})
	assert open_approvals(order) == []
	assert status_of(order) == "Locked"
	assert sum(locks_of(order).values()) == 5


def test_what_is_held_keeps_its_locks_and_gets_no_more_until_it_is_granted(warehouse, approver):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	before = locks_of(order)
	update(order, {"rate": 50, "qty": 9})
	assert locks_of(order) == before
	assert serve.serve_order(order.name) == 0
	(name,) = open_approvals(order)
	with make.acting_as(approver):
		decision = decide.grant(order.name, name)
	assert decision.waits_for == ()
	assert sum(locks_of(order).values()) == 9
	assert before.items() <= locks_of(order).items()
	assert status_of(order) == "Locked"


def test_nothing_of_a_held_order_is_picked_or_shipped(warehouse):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	update(order, {"rate": 50})
	doc = frappe.get_doc("Sales Order", order.name)
	with pytest.raises(frappe.ValidationError, match="waits for"):
		pick.make_lists(doc)
	with pytest.raises(frappe.ValidationError, match="waits for"):
		note_of(order).insert()
	with pytest.raises(frappe.ValidationError, match="waits for"):
		judge_change.check_fulfilment([order.name])


def note_of(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	return make_delivery_note(order.name)


def test_a_delivery_note_drafted_before_the_change_cant_be_submitted(warehouse):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	note = note_of(order).insert()
	update(order, {"rate": 50})
	with pytest.raises(frappe.ValidationError, match="waits for"):
		note.reload().submit()


def test_a_refused_change_stays_held_until_it_is_taken_back(warehouse, approver):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	update(order, {"rate": 50})
	with make.acting_as(approver):
		decide.refuse_approval(order.name, open_approvals(order)[0], "too cheap")
	assert status_of(order) == "Rejected"
	with pytest.raises(frappe.ValidationError, match="waits for"):
		note_of(order).insert()
	update(order, {"rate": 100})
	assert status_of(order) == "Locked"
	note_of(order).insert()


def told():
	found = " ".join(it.message for it in frappe.get_message_log())
	frappe.clear_messages()
	return found


@pytest.mark.parametrize(("keeps", "stays"), [("0", False), ("1", True)])
def test_a_refused_change_gives_the_stock_back_unless_the_settings_say_otherwise(
	warehouse, approver, switches, keeps, stays
):
	switches(approval=True, stock_lock=True, fulfilment=True, keep_on_refusal=keeps)
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	held = sum(locks_of(order).values())
	update(order, {"rate": 50})
	assert sum(locks_of(order).values()) == held
	assert "Stock Reservation Entries" not in told(), "they are kept"

	with make.acting_as(approver):
		decide.refuse_approval(order.name, open_approvals(order)[0], "too cheap")

	assert sum(locks_of(order).values()) == (held if stays else 0)
	released = frappe.get_all(
		"Stock Lock Event", {"sales_order": order.name, "event": "Released"}, ["reason"]
	)
	assert [worded(it.reason) for it in released] == ([] if stays else ["approval refused"])
	update(order, {"rate": 100})
	assert (sum(locks_of(order).values()), status_of(order)) == (held, "Locked")


def test_a_refused_change_that_changes_again_is_asked_again(warehouse, approver):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	update(order, {"rate": 50})
	with make.acting_as(approver):
		decide.refuse_approval(order.name, open_approvals(order)[0], "too cheap")
	update(order, {"rate": 80})
	assert status_of(order) == "Pending Approval"


def test_a_better_order_keeps_its_approval(warehouse, approver):
	make.make_rule(DISCOUNT, 10)
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=4, rate=50, warehouse=warehouse))
	grant_all(order, approver)
	update(order, {"rate": 60, "qty": 3})
	assert open_approvals(order) == []
	update(order, {"rate": 40, "qty": 3})
	assert len(open_approvals(order)) == 1


def test_a_rule_made_after_the_submit_does_not_hold_an_order_that_gets_no_worse(warehouse):
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=4, rate=50, warehouse=warehouse), submit=True)
	make.make_rule(DISCOUNT, 10)
	update(order, {"qty": 3})
	assert open_approvals(order) == []
	update(order, {"rate": 45})
	assert len(open_approvals(order)) == 1


def test_a_save_that_changes_nothing_that_matters_is_not_judged(warehouse):
	order = sold_at_list_price(warehouse)
	make.make_rule("Order Value", 1)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.po_no = "PO-1"
	doc.save()
	assert open_approvals(order) == []


def test_an_edit_allowed_after_submit_is_judged_too(warehouse):
	make.make_rule("Delivery Date", 3)
	order = sold_at_list_price(warehouse)
	doc = frappe.get_doc("Sales Order", order.name)
	doc.delivery_date = doc.items[0].delivery_date = add_days(nowdate(), 1)
	doc.save()
	assert len(open_approvals(order)) == 1
	assert status_of(order) == "Pending Approval"


def test_another_address_of_an_order_on_credit_is_asked_about(warehouse, approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=50)
	order = make.make_order(make.line(make.stocked(5, warehouse), warehouse=warehouse), customer=customer)
	assert grant_all(order, approver).is_submitted
	doc = frappe.get_doc("Sales Order", order.name)
	if not doc.meta.get_field("shipping_address_name").allow_on_submit:
		pytest.skip("this ERPNext lets nobody change the address of a submitted order")
	doc.shipping_address_name = make.make_address(customer)
	doc.save()
	assert len(open_approvals(order)) == 1


def test_who_updates_items_by_code_is_held_too(warehouse):
	from erpnext.controllers.accounts_controller import update_child_qty_rate

	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	row = order.items[0]
	rows = [{"docname": row.name, "item_code": row.item_code, "qty": 4, "rate": 50, "conversion_factor": 1}]
	update_child_qty_rate("Sales Order", frappe.as_json(rows), order.name)
	assert len(open_approvals(order)) == 1
	assert status_of(order) == "Pending Approval"


def test_with_approval_off_update_items_asks_nobody(warehouse, switches):
	make.make_rule(DISCOUNT, 10)
	order = sold_at_list_price(warehouse)
	switches(stock_lock=True)
	update(order, {"rate": 50})
	assert open_approvals(order) == []


# Locks


def test_locks_of_what_did_not_change_are_the_same_entries(warehouse):
	first, second = make.stocked(10, warehouse), make.stocked(10, warehouse)
	order = make.make_order(
		make.line(first, qty=4, warehouse=warehouse),
		make.line(second, qty=6, warehouse=warehouse),
		submit=True,
	)
	before = locks_of(order)
	update(order, {"qty": 7}, new=[{"item_code": make.stocked(5, warehouse), "qty": 2, "rate": 100}])
	assert before.items() <= locks_of(order).items()
	assert sum(locks_of(order).values()) == 13 + locked_of_new_row(order)
	assert repair.look_for_drift().is_clean


def locked_of_new_row(order):
	"""ERPNext gives a row without a warehouse the item's or the company's own; only ours holds stock."""
	row = frappe.get_doc("Sales Order", order.name).items[-1]
	return frappe.db.get_value("Sales Order Item", row.name, "stock_reserved_qty")


def test_a_smaller_line_gives_back_what_is_too_much(warehouse):
	order = sold_at_list_price(warehouse, qty=8)
	(entry,) = locks_of(order)
	update(order, {"qty": 3})
	assert locks_of(order) == {entry: 3}
	assert repair.look_for_drift().is_clean


def test_a_line_that_is_deleted_gives_back_all(warehouse):
	first, second = make.stocked(10, warehouse), make.stocked(10, warehouse)
	order = make.make_order(
		make.line(first, qty=4, warehouse=warehouse),
		make.line(second, qty=6, warehouse=warehouse),
		submit=True,
	)
	update(order, None)
	assert sum(locks_of(order).values()) == 6
	assert repair.look_for_drift().is_clean


def test_a_smaller_line_of_a_batch_item_keeps_what_it_needs(warehouse):
	series = f"B{frappe.generate_hash(length=4)}.###"
	item = make.make_item(has_batch_no=1, create_new_batch=1, batch_number_series=series)
	make.receive(item, 10, warehouse)
	order = make.make_order(make.line(item, qty=8, warehouse=warehouse), submit=True)
	update(order, {"qty": 3})
	assert sum(locks_of(order).values()) == 3
	assert repair.look_for_drift().is_clean


def test_a_delivered_part_keeps_its_entry_when_the_rest_changes(warehouse):
	order = sold_at_list_price(warehouse, qty=8)
	note = note_of(order)
	note.items[0].qty = 3
	note.insert().submit()
	update(order, {"qty": 6})
	assert sum(locks_of(order).values()) == 3
	note.reload().cancel()
	assert sum(locks_of(order).values()) == 6


# Credit


def test_approved_credit_is_not_refused_again(warehouse, approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=150)
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=3, warehouse=warehouse), customer=customer)
	assert grant_all(order, approver).is_submitted
	doc = frappe.get_doc("Sales Order", order.name)
	doc.po_no = "PO-1"
	doc.save()
	update(order, {"qty": 2})
	doc.reload().update_status("Closed")
	doc.reload().update_status("Draft")
	note_of(order).insert().submit()
	invoice_of(order).insert().submit()


def invoice_of(order):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	return make_sales_invoice(order.name)


@pytest.mark.unchecked  # refused halfway
def test_approved_credit_opens_the_door_for_no_other_order(warehouse, approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=150)
	order = make.make_order(
		make.line(make.stocked(5, warehouse), qty=3, warehouse=warehouse), customer=customer
	)
	assert grant_all(order, approver).is_submitted
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")
	with pytest.raises(frappe.ValidationError, match=r"[Cc]redit limit"):
		make.make_order(customer=customer, warehouse=warehouse).submit()


def test_a_raised_order_on_approved_credit_waits_instead_of_being_refused(warehouse, approver):
	make.make_rule(CREDIT_EXPOSURE, 100)
	customer = make.make_customer(credit_limit=150)
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=1, warehouse=warehouse), customer=customer, submit=True)
	update(order, {"qty": 4})
	assert len(open_approvals(order)) == 1
	with make.acting_as(approver):
		decide.grant(order.name, open_approvals(order)[0])
	assert status_of(order) == "Locked"


@pytest.mark.unchecked  # refused halfway
def test_erpnexts_own_limit_stays_where_no_credit_rule_judges_the_update(warehouse):
	customer = make.make_customer(credit_limit=150)
	item = make.stocked(10, warehouse)
	order = make.make_order(make.line(item, qty=1, warehouse=warehouse), customer=customer, submit=True)
	with pytest.raises(frappe.ValidationError, match=r"[Cc]redit limit"):
		update(order, {"qty": 4})
