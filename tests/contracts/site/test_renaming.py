"""Frappe's REST roads to a document's own rename keep its checks, whatever a program asks for."""

import pytest

import frappe
from frappe.utils import set_request

from tests.contracts.site.test_entrances import send
from tests.factories import make_order


@pytest.fixture
def order(switches, committed):
	switches(stock_lock=True)
	doc = make_order()
	committed()
	return doc


RENAMES = {
	"v1": ("/api/resource/Sales Order/{}", {"run_method": "rename"}),
	"v2": ("/api/v2/document/Sales Order/{}/method/rename", {}),
}


@pytest.mark.parametrize("road", [*RENAMES, "a document that is sent along"])
def test_a_document_is_renamed_past_the_checks_by_no_road(order, road):
	unchecked = {"name": "MINE", "validate_rename": 0, "force": 1}
	set_request(method="POST", path="/")
	with pytest.raises(frappe.ValidationError, match="not allowed to be renamed"):
		if road in RENAMES:
			path, values = RENAMES[road]
			send("POST", path.format(order.name), **values, **unchecked)
		else:
			send(
				"POST",
				"/api/v2/method/run_doc_method",
				method="rename",
				document=order.as_dict(convert_dates_to_str=True),
				kwargs=unchecked,
			)
	frappe.db.rollback()
	assert frappe.db.exists("Sales Order", order.name)
