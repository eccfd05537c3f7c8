"""What leaves without a Pick List leaves as the batches and serial numbers that are locked for the order."""

import pytest

import frappe

from erpnext.utilities import bulk_transaction

from sales_wh_flow.dispatch import api as dispatch_api
from sales_wh_flow.picking import api as picking_api
from tests.factories import line, make_item, make_order, make_warehouse, receive, stocked, unique
from tests.returns.returns_world import delivered, name_places, returned

pytestmark = pytest.mark.usefixtures("in_this_transaction")

SERIES = "{}-.####"


@pytest.fixture(autouse=True)
def numbers_are_typed_in_rows(switches):
	"""As ERPNext has it on a new site."""
	switches(stock_lock=True, fulfilment=True)
	before = frappe.db.get_single_value("Stock Settings", "use_serial_batch_fields")
	frappe.db.set_single_value("Stock Settings", "use_serial_batch_fields", 1)
	yield
	frappe.db.set_single_value("Stock Settings", "use_serial_batch_fields", before)  # ERPNext 15 remembers it


def by_erpnexts_button(order):
	asked = {"for_reserved_stock": 1}
	return dispatch_api.make_delivery_note_of_order(order.name, kwargs=asked).insert().submit().name


def all_at_once(order):
	(note,) = picking_api.send_order(order.name)
	return note


def from_the_list(order):
	bulk_transaction.task(order.name, "Sales Order", "Delivery Note")
	(note,) = set(frappe.get_all("Delivery Note Item", {"against_sales_order": order.name}, pluck="parent"))
	return frappe.get_doc("Delivery Note", note).submit().name


def lots_of(kind, name):
	"""{batch or serial number: quantity} of a document."""
	column = "voucher_no" if kind == "Serial and Batch Bundle" else "name"
	rows = frappe.db.sql(
		f"""select coalesce(entry.serial_no, entry.batch_no), sum(abs(entry.qty))
		from `tabSerial and Batch Entry` entry join `tab{kind}` doc on doc.name = entry.parent
		where doc.{column} = %s and doc.docstatus = 1 group by 1""",
		name,
	)
	return dict(rows)


def locked(order):
	(lock,) = frappe.get_all("Stock Reservation Entry", {"voucher_no": order.name}, pluck="name")
	return lots_of("Stock Reservation Entry", lock)


@pytest.mark.parametrize("sends", [by_erpnexts_button, all_at_once, from_the_list])
@pytest.mark.parametrize("numbered", ["batch", "serial"])
def test_each_order_gets_its_own_batches_and_serial_numbers(sends, numbered):
	place, series = make_warehouse(), SERIES.format(unique("L").replace(" ", "-"))
	of = {"has_batch_no": 1, "create_new_batch": 1, "batch_number_series": series}
	item = make_item(**(of if numbered == "batch" else {"has_serial_no": 1, "serial_no_series": series}))
	for _ in range(3):
		receive(item, 3, place)
	first, second = (make_order(line(item, qty=4), warehouse=place, submit=True) for _ in range(2))
	wanted = {order: locked(order) for order in (second, first)}

	for order, lots in wanted.items():
		assert lots_of("Serial and Batch Bundle", sends(order)) == lots


def test_the_list_of_orders_sends_nothing_anew_that_came_back(switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	name_places()
	place = make_warehouse()
	order, note = delivered(line(stocked(9, place), qty=5, warehouse=place), warehouse=place)
	returned(note, 2)

	with pytest.raises(frappe.ValidationError, match="nothing that is picked or locked"):
		bulk_transaction.task(order.name, "Sales Order", "Delivery Note")
	frappe.flags.pop("bulk_transaction")  # ERPNext leaves it to the end of its job
