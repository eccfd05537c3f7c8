"""Of two documents of an order each may see the other as it was before: the order tells what both came to."""

from collections.abc import Callable

import pytest

import frappe

from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

from sales_wh_flow.picking import api as picking
from tests import factories
from tests.order.race import side_by_side
from tests.racing.harness import call_of
from tests.racing.world import all_done, look_once_more, waiting_looks


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def order(site):
	"""An order whose goods lie in two warehouses."""
	places = [factories.make_warehouse() for _ in range(2)]
	item = factories.stocked(3, *places)
	order = factories.make_order(*(factories.line(item, qty=3, warehouse=it) for it in places)).submit()
	frappe.db.commit()
	return order


def lists_of(order) -> list[str]:
	names = picking.make_pick_lists(order.name)
	frappe.db.commit()
	return names


def notes_of(order) -> list[str]:
	"""Drafts, one for each warehouse."""
	found = []
	for row in order.items:
		note = make_delivery_note(order.name)
		note.items = [it for it in note.items if it.so_detail == row.name]
		found.append(note.insert().name)
	frappe.db.commit()
	return found


def status_of(order) -> str:
	frappe.db.rollback()
	return frappe.db.get_value("Sales Order", order, "swf_flow_status")


DOCUMENTS = [("Pick List", lists_of, "Ready for Dispatch"), ("Delivery Note", notes_of, "Dispatched")]


@pytest.mark.parametrize(("doctype", "drafts_of", "status"), DOCUMENTS)
def test_an_order_tells_what_two_documents_came_to_that_were_submitted_at_once(
	order, race, doctype: str, drafts_of: Callable, status: str
):
	first, second = drafts_of(order)

	all_done(
		race(
			call_of(side_by_side.submit_slowly, doctype, first),
			call_of(side_by_side.submit, doctype, second),
		)
	)
	look_once_more(order.name)

	assert status_of(order.name) == status


@pytest.mark.parametrize(("doctype", "drafts_of", "status"), DOCUMENTS)
def test_nobody_looks_once_more_at_an_order_whose_document_stands_alone(
	site, doctype: str, drafts_of: Callable, status: str
):
	place = factories.make_warehouse()
	order = factories.make_order(factories.line(factories.stocked(3, place), qty=3, warehouse=place)).submit()
	frappe.db.commit()
	(name,) = drafts_of(order)

	frappe.get_doc(doctype, name).submit()
	frappe.db.commit()

	assert (status_of(order.name), waiting_looks(order.name)) == (status, [])
