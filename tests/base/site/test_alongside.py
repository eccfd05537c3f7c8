"""What the flow keeps in memory alongside a document."""

import pytest

import frappe

from sales_wh_flow.base.alongside import AlongsideDocument, alongside


def test_only_what_is_known_can_be_kept():
	with pytest.raises(AttributeError):
		AlongsideDocument().demnad = {}


def test_what_is_taken_is_gone():
	beside = AlongsideDocument(demand={})
	assert (beside.take("demand"), beside.take("demand")) == ({}, None)


def test_what_somebody_else_left_under_our_flag_is_not_taken_for_ours():
	doc = frappe.new_doc("Sales Order")
	doc.flags.swf_alongside = {"writer": "anybody"}
	assert alongside(doc).writer is None
	assert alongside(doc) is alongside(doc)


def test_no_caller_can_send_what_is_kept():
	sent = {"doctype": "Sales Order", "flags": {"swf_alongside": {"put": {"swf_flow_status": "Delivered"}}}}
	assert alongside(frappe.get_doc(sent)).put == {}
