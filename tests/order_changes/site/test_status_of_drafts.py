"""An order is closed, or put on hold, once it is submitted, by whoever may submit it."""

import pytest

import frappe
from frappe.desk.doctype.bulk_update.bulk_update import submit_cancel_or_update_docs

from erpnext.selling.doctype.sales_order.sales_order import update_status

from sales_wh_flow import entrances
from tests.factories import acting_as, line, make_order, make_user, make_warehouse, stocked


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.mark.unchecked
@pytest.mark.parametrize("status", ["Closed", "On Hold"])
def test_a_draft_is_neither_closed_nor_held(status):
	place = make_warehouse()
	order = make_order(line(stocked(10, place), qty=6), warehouse=place)
	with pytest.raises(frappe.ValidationError, match=f"{order.name}.*is a draft"):
		update_status(status, order.name)


@pytest.mark.parametrize("road", ["saved so", "edited in bulk", "written before"])
def test_a_draft_that_says_it_is_closed_is_an_open_order_when_it_is_submitted(road):
	place = make_warehouse()
	order = make_order(line(stocked(10, place), qty=6), warehouse=place)
	if road == "saved so":
		order.update({"status": "Closed"}).save()
	elif road == "edited in bulk":
		submit_cancel_or_update_docs("Sales Order", [order.name], "update", {"status": "Closed"})
	else:
		frappe.db.set_value("Sales Order", order.name, "status", "Closed")
	order = frappe.get_doc("Sales Order", order.name).submit()
	assert order.status == "To Deliver and Bill"


@pytest.mark.parametrize(
	"end",
	[
		lambda order: entrances.update_order_status("Closed", order),
		lambda order: entrances.update_order_status("On Hold", order),
		lambda order: entrances.close_or_unclose_orders([order], "Closed"),
	],
	ids=["closed", "held", "closed in the list"],
)
def test_whoever_may_not_submit_an_order_releases_no_lock_of_it_by_its_status(end, monkeypatch):
	monkeypatch.setattr(entrances, "from_a_fresh_transaction", lambda work: work())
	place = make_warehouse()
	order = make_order(line(stocked(10, place), qty=6), warehouse=place, submit=True)

	with acting_as(make_user("Stock User")), pytest.raises(frappe.PermissionError):
		end(order.name)
	assert order.reload().items[0].stock_reserved_qty == 6

	with acting_as(make_user("Sales User")):
		end(order.name)
	assert order.reload().status in ("Closed", "On Hold")
