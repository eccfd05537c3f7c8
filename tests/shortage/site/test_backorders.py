"""What is missing is split off as an order of its own, or closed short."""

import pytest

import frappe
from frappe.utils import add_days, getdate

from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock import repair
from tests import factories
from tests.factories import (
	company,
	make_customer_group,
	make_rule,
)
from tests.shortage.shortage_world import (
	comments,
	deeds,
	held,
	short_order,
	take,
	with_substitute,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def test_a_backorder_takes_what_is_missing_and_leaves_the_rest_as_it_was(committed):
	order = short_order(po_no="PO-77")
	before = held(order.name)
	committed()

	made = shortage_api.split_backorder(order.name)

	rest = frappe.get_doc("Sales Order", made["name"])
	assert made["docstatus"] == 1
	assert [(row.item_code, row.qty, row.rate) for row in rest.items] == [(order.items[0].item_code, 5, 100)]
	assert (rest.swf_backorder_of, rest.po_no) == (order.name, "PO-77 / 1")
	assert getdate(rest.delivery_date) == getdate(add_days(order.delivery_date, 14))
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "qty") == 3
	assert held(order.name) == before == 3
	assert [row["name"] for row in order_board_api.order_overview(order.name)["backorders"]] == [rest.name]
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert repair.look_for_drift().is_clean


def test_what_was_requested_goes_with_the_backorder(committed):
	order = short_order()
	committed()
	request = shortage_api.request_stock(order.name, "Purchase")
	frappe.db.commit()

	made = shortage_api.split_backorder(order.name)

	row = frappe.get_doc("Material Request", request).items[0]
	rest = frappe.get_doc("Sales Order", made["name"])
	assert (row.sales_order, row.sales_order_item) == (rest.name, rest.items[0].name)
	assert shortage_api.missing_lines(rest.name)["lines"][0]["asked"] == 5


def test_a_backorder_that_owes_approval_waits_for_it_as_a_draft(committed, switches):
	group = make_customer_group()
	order = short_order(ordered=10, there=2, customer=factories.make_customer(group=group))
	switches(stock_lock=True, approval=True)
	make_rule("Discount", 10, customer_group=group)
	frappe.db.set_value("Sales Order Item", order.items[0].name, "price_list_rate", 200)
	committed()

	made = shortage_api.split_backorder(order.name)

	assert made["docstatus"] == 0
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "qty") == 2
	assert held(order.name) == 2


def test_an_order_can_be_cancelled_without_its_backorder(committed):
	order = short_order()
	committed()
	made = shortage_api.split_backorder(order.name)
	frappe.db.commit()

	frappe.get_doc("Sales Order", order.name).cancel()

	assert frappe.db.get_value("Sales Order", made["name"], "docstatus") == 1


def test_a_deleted_order_leaves_no_record_of_what_it_missed(committed):
	order, _old, new, _warehouse = with_substitute(submit=False)
	committed()
	take(order, order.items[0].name, new)
	recorded = len(deeds(order.name))

	frappe.delete_doc("Sales Order", order.name)

	assert (recorded, deeds(order.name)) == (1, [])


def test_a_whole_order_is_no_backorder_of_itself(committed):
	order = short_order(there=0)
	committed()

	with pytest.raises(frappe.ValidationError, match="nothing would stay"):
		shortage_api.split_backorder(order.name)


def test_a_fixed_charge_and_discount_stay_with_the_first_order(committed):
	account = frappe.db.get_value(
		"Account", {"company": company().name, "account_type": "Tax", "is_group": 0}
	)
	freight = {"charge_type": "Actual", "account_head": account, "description": "Freight", "tax_amount": 30}
	order = short_order(taxes=[freight], discount_amount=20, apply_discount_on="Net Total")
	committed()

	made = shortage_api.split_backorder(order.name)

	rest = frappe.get_doc("Sales Order", made["name"])
	first = frappe.get_doc("Sales Order", order.name)
	assert (rest.total_taxes_and_charges, rest.discount_amount) == (0, 0)
	assert first.grand_total + rest.grand_total == 8 * 100 + 30 - 20


def test_closing_short_brings_the_order_down_to_what_is_served(committed):
	order = short_order()
	committed()

	given_up = shortage_api.close_short(order.name, "Model discontinued")

	row = frappe.get_doc("Sales Order Item", order.items[0].name)
	assert (given_up, row.qty, row.swf_closed_short) == (5, 3, 5)
	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Locked"
	assert "Model discontinued" in comments(order.name)
	assert repair.look_for_drift().is_clean


@pytest.mark.parametrize("reason", ["", "  "])
def test_closing_short_takes_a_reason(committed, reason):
	order = short_order()
	committed()

	with pytest.raises(frappe.ValidationError, match="Say why"):
		shortage_api.close_short(order.name, reason)


def test_what_is_done_twice_is_done_once(committed):
	order = short_order()
	committed()
	shortage_api.close_short(order.name, "Model discontinued")
	frappe.db.commit()

	with pytest.raises(frappe.ValidationError, match="wait for nothing any more"):
		shortage_api.close_short(order.name, "Model discontinued", [order.items[0].name])
