"""ERPNext 16's *Add Schedule* in a row of an order: who may, and what the flow makes of its days."""

import pytest

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, getdate, nowdate

from erpnext.selling.doctype.sales_order.sales_order import SalesOrder

from tests import factories as make

pytestmark = [
	pytest.mark.usefixtures("in_this_transaction"),
	pytest.mark.skipif(
		not hasattr(SalesOrder, "create_delivery_schedule"), reason="this ERPNext has no delivery schedules"
	),
]

SOON, LATER = 20, 50


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(approval=True, stock_lock=True, forecast=True)


def ordered(**values):
	return make.make_order(make.line(qty=5, warehouse=make.make_warehouse()), **values)


def schedule(order, *parts):
	"""As the form's dialog sends it: (in how many days, quantity) or (..., the part's name)."""
	told = [dict(zip(("delivery_date", "qty", "name"), part, strict=False)) for part in parts]
	for part in told:
		part["delivery_date"] = str(in_days(part["delivery_date"])) if part["delivery_date"] else None
	doc = frappe.get_doc("Sales Order", order.name)
	doc.check_permission("read")  # all that Frappe asks for
	doc.create_delivery_schedule({"name": order.items[0].name}, told)


def in_days(days):
	return getdate(add_days(nowdate(), days))


def parts_of(order):
	return frappe.get_all("Delivery Schedule Item", {"sales_order": order.name}, pluck="name")


def test_who_may_only_read_an_order_writes_no_schedule_of_it():
	order, other = ordered(submit=True), ordered(submit=True)
	schedule(order, (SOON, 5))
	(part,) = parts_of(order)

	with make.acting_as(make.make_user("Stock User")):
		with pytest.raises(frappe.PermissionError):
			schedule(order, (None, 2))  # without a day ERPNext saves nothing that would ask for a right
	with make.acting_as(make.make_user("Sales User")):
		with pytest.raises(frappe.ValidationError, match="stays with its row"):
			schedule(other, (SOON, 2, part))

	assert parts_of(order) == [part]
	assert parts_of(other) == []


def test_an_order_is_promised_for_the_last_day_of_its_schedule():
	order = ordered(submit=True)

	schedule(order, (SOON, 2), (LATER, 3))

	order.reload()
	assert order.items[0].delivery_date == in_days(SOON)
	assert order.swf_last_promised_on == in_days(LATER)


def test_a_first_day_that_is_too_near_is_asked_about():
	make.make_rule("Delivery Date", 3)
	order = ordered(submit=True)

	schedule(order, (1, 2), (LATER, 3))

	assert order.reload().swf_flow_status == "Pending Approval"


@pytest.mark.parametrize("end", [Document.delete, make.discarded])
def test_the_schedule_of_a_draft_ends_with_it(end):
	order = ordered()
	schedule(order, (SOON, 2))

	end(order.reload())

	assert parts_of(order) == []
