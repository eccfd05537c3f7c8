"""What routing does when an order is submitted, and after."""

import pytest

import frappe
from frappe.utils import add_days, nowdate

from tests.factories import (
	acting_as,
	company,
	counted_statements,
	line,
	make_customer,
	make_items,
	make_order,
	make_routing_rule,
	make_rule,
	make_user,
	receive,
)
from tests.factories import stocked_in as stocked
from tests.routing.routing_world import rows, stored

pytestmark = pytest.mark.usefixtures("routing_on")


# submit and after


def test_at_submit_a_line_is_planned_anew_and_its_new_row_is_stored(switches, both, elsewhere):
	item = stocked((10, both[0]), (4, both[1]))
	switches(routing=True, stock_lock=True)
	doc = make_order(line(item, qty=10), line(qty=1), warehouse=elsewhere)
	assert rows(doc) == [(both[0], 10), (both[0], 1)]
	make_order(line(item, qty=4, warehouse=both[0], swf_keep_warehouse=1), submit=True)
	doc.submit()
	assert rows(doc) == [(both[0], 6), (both[1], 4), (both[0], 1)]
	assert [row[1:6] for row in stored(doc)] == [
		(1, item, both[0], 6, 6),
		(2, item, both[1], 4, 4),
		(3, doc.items[2].item_code, both[0], 1, 1),
	]
	assert {row.docstatus for row in doc.items} == {1}
	assert {values[8] for values in stored(doc)} == {1}
	locks = frappe.get_all(
		"Stock Reservation Entry",
		filters={"voucher_no": doc.name, "docstatus": 1},
		fields=["voucher_detail_no", "warehouse", "reserved_qty"],
		order_by="reserved_qty desc",
	)
	assert [tuple(row.values()) for row in locks] == [
		(doc.items[0].name, both[0], 6),
		(doc.items[1].name, both[1], 4),
	]


def test_an_order_submitted_at_once_is_routed(both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	doc = make_order(line(item, qty=10), warehouse=elsewhere, insert=False)
	doc.docstatus = 1
	doc.insert()
	assert rows(doc) == [(both[0], 6), (both[1], 4)]
	assert {values[8] for values in stored(doc)} == {1}


def test_after_submit_nothing_is_routed(both, elsewhere):
	item = stocked((10, both[0]), (10, both[1]))
	doc = make_order(line(item, qty=5), warehouse=elsewhere, submit=True)
	before = stored(doc)
	make_routing_rule(both[1], priority=9)
	doc.swf_special_instructions = "Ring twice"
	doc.save()
	assert doc.swf_special_instructions == "Ring twice"
	assert stored(doc) == before


def test_cancelling_moves_nothing(both, elsewhere):
	doc = make_order(line(stocked((10, both[0]), (10, both[1])), qty=5), warehouse=elsewhere, submit=True)
	make_routing_rule(both[1], priority=9)
	doc.cancel()
	assert [(row.warehouse, row.qty) for row in doc.items] == [(both[0], 5)]


def test_the_copy_of_an_order_starts_its_own_life(split):
	copy = frappe.copy_doc(split, ignore_no_copy=False)
	assert [row.swf_route_group for row in copy.items] == [None] * 4
	copy.delivery_date = split.delivery_date
	copy.insert()
	assert [row.warehouse for row in copy.items] == [row.warehouse for row in split.items]
	assert sum(row.qty for row in copy.items if row.item_code == split.items[1].item_code) == 10


def test_an_amended_order_is_planned_as_one_line_again(split, both):
	split.submit()
	split.cancel()
	receive(split.items[1].item_code, 90, both[0])
	amended = frappe.copy_doc(split, ignore_no_copy=True)
	amended.amended_from, amended.docstatus = split.name, 0
	amended.insert()
	assert rows(amended) == [(both[0], 1), (both[0], 10), (both[0], 2)]


def test_an_order_from_a_quotation_keeps_its_link_on_each_part(both, elsewhere):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	item = stocked((6, both[0]), (7, both[1]))
	quotation = frappe.get_doc(
		{
			"doctype": "Quotation",
			"quotation_to": "Customer",
			"party_name": make_customer(),
			"company": company().name,
			"currency": company().currency,
			"items": [
				{"item_code": item, "qty": 10, "rate": 80, "price_list_rate": 80, "warehouse": elsewhere}
			],
		}
	)
	quotation.insert().submit()
	doc = make_sales_order(quotation.name)
	doc.delivery_date = add_days(nowdate(), 7)
	doc.insert().submit()
	assert rows(doc) == [(both[0], 6), (both[1], 4)]
	assert {(row.prevdoc_docname, row.quotation_item) for row in doc.items} == {
		(quotation.name, quotation.items[0].name)
	}
	assert frappe.db.get_value("Quotation", quotation.name, "status") == "Ordered"


def test_the_desk_saves_changes_and_submits_a_split_order(split, both):
	"""As the browser does it: the whole document as JSON, a new row by a name of its own."""
	from frappe.desk.form.save import savedocs

	form = frappe.parse_json(split.as_json())
	form["items"][1]["qty"] = 5  # 5 + 4 of 9
	new = {**line(qty=1), "name": "new-sales-order-item-1", "__islocal": 1, "parentfield": "items", "idx": 5}
	new.update({"doctype": "Sales Order Item", "warehouse": both[1], "delivery_date": add_days(nowdate(), 7)})
	form["items"].append(new)
	savedocs(frappe.as_json(form), "Save")
	split.reload()
	assert rows(split) == [(both[0], 1), (both[0], 6), (both[1], 3), (both[0], 2), (both[0], 1)]
	savedocs(split.as_json(), "Submit")
	split.reload()
	assert (split.docstatus, len(split.items)) == (1, 5)
	assert [row.idx for row in split.items] == [1, 2, 3, 4, 5]


def test_a_sales_user_may_save_a_routed_order(both, elsewhere):
	item = stocked((6, both[0]), (7, both[1]))
	customer = make_customer()
	with acting_as(make_user("Sales User")):
		doc = make_order(line(item, qty=10), warehouse=elsewhere, customer=customer)
	assert rows(doc) == [(both[0], 6), (both[1], 4)]


@pytest.mark.parametrize("foreign", [False, True], ids=["own currency", "foreign currency"])
def test_an_approved_order_may_be_split_otherwise_when_it_is_submitted(switches, both, elsewhere, foreign):
	"""Nobody is asked again: the approver decided on goods and prices, not on warehouses."""
	from sales_wh_flow.approval import decide, gate

	switches(routing=True, approval=True)
	make_rule("Discount", 10)
	item = stocked((10, both[0]), (4, both[1]))
	currency = (
		{"currency": "EUR", "conversion_rate": 1.0837, "plc_conversion_rate": 1.0837} if foreign else {}
	)
	customer = make_customer(**({"default_currency": "EUR"} if foreign else {}))
	# 300.30 EUR are 325.44; 180.18 and 120.12 EUR, each converted and rounded, are 325.43
	doc = make_order(
		line(item, qty=10, rate=30.03, price_list_rate=60), warehouse=elsewhere, customer=customer, **currency
	)
	assert rows(doc) == [(both[0], 10)]
	(approval,) = gate.ask(doc.name)
	frappe.db.set_value("Bin", {"item_code": item, "warehouse": both[0]}, "reserved_stock", 4)
	with acting_as(make_user("Sales User", "Order Approver")):
		decision = decide.grant(doc.name, approval)
	assert decision.is_submitted, decision.why_not
	doc.reload()
	assert rows(doc) == [(both[0], 6), (both[1], 4)]


# how much it costs


@pytest.mark.parametrize("count", [2, 40])
def test_routing_costs_the_same_statements_whatever_the_lines(both, elsewhere, count):
	from sales_wh_flow.routing import route

	items = make_items(count)
	short = stocked((6, both[0]), (7, both[1]))
	lines = [line(item) for item in items] + [line(short, qty=10)]
	doc = make_order(*lines, warehouse=elsewhere, customer=make_customer(), insert=False)
	doc.items[0].swf_keep_warehouse = 1
	route.suggest(doc)  # warms what is cached for the request
	doc = make_order(*lines, warehouse=elsewhere, customer=make_customer(), insert=False)
	doc.items[0].swf_keep_warehouse = 1
	with counted_statements() as statements:
		route.suggest(doc)
	assert len(doc.items) == count + 2
	assert len(statements) <= 6, "\n".join(statements)
