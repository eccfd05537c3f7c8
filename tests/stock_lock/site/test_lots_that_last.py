"""What is bad before an order is due is locked for it last, at its submit and when it is served later.
What is bad is picked for no customer.
"""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from erpnext.stock.doctype.pick_list.pick_list import create_stock_entry

from sales_wh_flow.picking import api
from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import line, make_item, make_order, make_warehouse, receive
from tests.stock_documents import new_doc
from tests.stock_lock.site.test_lots import held, make_batch


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def lots():
	"""An item, a warehouse, and the item's batches: one that is bad after tomorrow, one that lasts a year."""
	item, warehouse = make_item(has_batch_no=1, create_new_batch=0, has_expiry_date=1), make_warehouse()
	soon, later = (make_batch(item, expiry_date=add_days(nowdate(), days)) for days in (1, 365))
	return item, warehouse, soon, later


def order_due_in(days, qty, item, warehouse):
	due = add_days(nowdate(), days)
	lines = line(item, qty=qty, warehouse=warehouse, delivery_date=due)
	return make_order(lines, delivery_date=due, submit=True)


def come_in(item, warehouse, *names):
	for name in names:
		receive(item, 10, warehouse, batch_no=name, use_serial_batch_fields=1)


def test_a_batch_that_is_bad_before_the_order_is_due_is_locked_last(lots):
	item, warehouse, soon, later = lots
	come_in(item, warehouse, soon, later)

	assert held(order_due_in(11, 7, item, warehouse)) == {later: 7}
	assert held(order_due_in(1, 4, item, warehouse)) == {soon: 4}
	assert held(order_due_in(11, 5, item, warehouse)) == {later: 3, soon: 2}


def test_an_order_that_waits_is_served_from_what_lasts(lots, committed):
	item, warehouse, soon, later = lots
	waits = order_due_in(11, 6, item, warehouse)
	come_in(item, warehouse, soon, later)
	committed()
	jobs.serve_waiting_demand()

	assert held(waits) == {later: 6}


@pytest.mark.parametrize("is_on", [True, False])
def test_a_batch_on_hold_is_picked_for_the_transfer_to_quarantine(is_on, lots, switches):
	switches(stock_lock=is_on, fulfilment=is_on)
	item, warehouse, _soon, later = lots
	come_in(item, warehouse, later)
	frappe.db.set_value("Batch", later, "swf_quality_hold", 1)
	quarantine = make_warehouse("Quarantine", swf_is_sellable=0)
	row = {"item_code": item, "qty": 4, "schedule_date": nowdate(), "from_warehouse": warehouse}
	request = new_doc(
		"Material Request",
		material_request_type="Material Transfer",
		items=[{**row, "warehouse": quarantine}],
	)
	request.insert().submit()
	names = {"material_request": request.name, "material_request_item": request.items[0].name}
	row = {"item_code": item, "qty": 4, "stock_qty": 4, "picked_qty": 4, "conversion_factor": 1, **names}
	pick_list = new_doc(
		"Pick List",
		purpose="Material Transfer",
		material_request=request.name,
		pick_manually=1,
		locations=[{**row, "warehouse": warehouse, "batch_no": later, "use_serial_batch_fields": 1}],
	)

	pick_list.insert().submit()

	moved = frappe.get_doc(create_stock_entry(frappe.as_json(pick_list.as_dict()))).insert().submit()
	assert (moved.items[0].t_warehouse, moved.items[0].transfer_qty) == (quarantine, 4)


@pytest.mark.unchecked
def test_a_batch_on_hold_is_not_picked_for_a_customer(lots):
	item, warehouse, _soon, later = lots
	come_in(item, warehouse, later)
	order = order_due_in(11, 4, item, warehouse)
	(name,) = api.make_pick_lists(order.name)
	frappe.db.set_value("Batch", later, "swf_quality_hold", 1)

	with pytest.raises(frappe.ValidationError, match=later):
		frappe.get_doc("Pick List", name).submit()
