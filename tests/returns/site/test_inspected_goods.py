"""Goods whose item asks for inspection come back into stock by ERPNext's Quality Inspection."""

import pytest

import frappe

from sales_wh_flow.returns import api
from tests import factories as make
from tests.returns import returns_world as world


@pytest.fixture(autouse=True)
def returns_are_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Submitted")
	world.name_places(world.a_place(scrap_warehouse=make.make_warehouse("Scrap", swf_is_sellable=0)))
	frappe.db.set_single_value("Stock Settings", "action_if_quality_inspection_is_rejected", "Stop")


@pytest.fixture
def case(place):
	"""Two pieces that are here again, of an item that asks for inspection."""
	item = make.stocked(5, place)
	_order, note = world.delivered(make.line(item, qty=5), warehouse=place)
	frappe.db.set_value("Item", item, "inspection_required_before_delivery", 1)
	frappe.clear_document_cache("Item", item)
	return world.opened(world.asked(note, 2))


def inspected(case, status="Accepted"):
	doc = frappe.get_doc("Quality Inspection", api.inspect_returned(case.name, case.rows[0].name))
	doc.update({"manual_inspection": 1, "status": status})
	doc.submit()
	return case.reload()


def test_accepted_goods_are_restocked(case):
	case = world.decided(inspected(case), inspected_qty=2)
	assert api.post_return(case.name)["state"] == "Posted"


def test_the_inspection_is_made_once_and_leaves_the_one_before_delivery_alone(case):
	first = api.inspect_returned(case.name, case.rows[0].name)
	assert api.inspect_returned(case.name, case.rows[0].name) == first
	frappe.get_doc("Quality Inspection", first).submit()
	row = frappe.get_doc("Delivery Note Item", case.rows[0].delivery_note_item)
	assert not row.quality_inspection


def test_goods_without_an_inspection_are_not_restocked(case):
	case = world.decided(case, inspected_qty=2)
	with pytest.raises(frappe.ValidationError, match="Make its Quality Inspection"):
		api.post_return(case.name)


def test_rejected_goods_are_scrapped_and_not_restocked(case):
	case = world.decided(inspected(case, "Rejected"), inspected_qty=2)
	with pytest.raises(frappe.ValidationError, match="rejects it"):
		api.post_return(case.name)
	world.decided(case.reload(), decision="Scrap")
	assert api.post_return(case.name)["state"] == "Posted"


def test_a_draft_that_the_case_made_is_submitted_by_hand_without_asking_again(case, switches):
	switches(stock_lock=True, fulfilment=True, returns=True, return_documents="Draft")
	world.decided(case, decision="Scrap")
	api.post_return(case.name)
	(note,) = world.notes_of(case.reload())
	assert note.submit().docstatus == 1


def test_the_inspection_of_other_goods_is_none_of_these(case, place):
	other = inspected(case)
	stranger = make.make_item(inspection_required_before_delivery=1)
	frappe.db.set_value("Quality Inspection", other.rows[0].quality_inspection, "item_code", stranger)
	case = world.decided(other.reload(), inspected_qty=2)
	with pytest.raises(frappe.ValidationError, match="Make its Quality Inspection"):
		api.post_return(case.name)
