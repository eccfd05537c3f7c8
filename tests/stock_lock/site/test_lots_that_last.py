"""What is bad before an order is due is locked for it last, at its submit and when it is served later."""

import pytest

from frappe.utils import add_days, nowdate

from sales_wh_flow.stock_lock.serving import jobs
from tests.factories import line, make_item, make_order, make_warehouse, receive
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
