"""What is missing for an order: asked for, substituted, split off, closed short; each just once."""

import pytest

import frappe
from frappe.utils import nowdate

from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.shortage import by_policy, jobs
from tests import factories
from tests.factories import (
	acting_as,
	company,
	line,
	make_customer_group,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	no_redis,
	receive,
)
from tests.shortage.shortage_world import (
	comments,
	deeds,
	request_rows,
	set_policies,
	short_order,
)
from tests.stock_documents import supplier as make_supplier


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def test_the_dialog_shows_what_is_missing_and_each_way_out():
	elsewhere = make_warehouse()
	order = short_order()
	receive(order.items[0].item_code, 4, elsewhere)

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["ordered"], found["missing"], found["asked"]) == (8, 5, 0)
	ways = {one["action"]: (one["qty"], one["parts"], one["why_not"]) for one in found["actions"]}
	assert ways["Purchase"] == (5, [], "")
	assert ways["Material Transfer"] == (4, [[elsewhere, 4]], "")
	assert ways["Manufacture"][2] == "no_bom"
	assert ways["Purchase Order"][2] == "no_supplier"


def test_the_dialog_costs_the_same_statements_whatever_the_lines():
	def statements(count):
		warehouse = make_warehouse()
		order = make_order(
			*[line(make_item(), qty=2, warehouse=warehouse) for _ in range(count)], submit=True
		)
		shortage_api.missing_lines(order.name)  # warm
		with factories.counted_statements() as seen:
			shortage_api.missing_lines(order.name)
		return len(seen)

	assert statements(2) == statements(8)


def test_a_request_asks_for_just_what_is_missing_and_is_linked_to_the_line(committed):
	order = short_order()
	committed()

	name = shortage_api.request_stock(order.name, "Purchase")

	(row,) = frappe.get_doc("Material Request", name).items
	assert (row.qty, row.warehouse) == (5, order.items[0].warehouse)
	assert (row.sales_order, row.sales_order_item) == (order.name, order.items[0].name)
	assert [(it.action, it.qty_stock, it.reference_name) for it in deeds(order.name)] == [
		("Purchase", 5, name)
	]
	assert name in comments(order.name)


def test_what_was_asked_for_is_not_asked_for_again(committed):
	order = short_order()
	committed()
	shortage_api.request_stock(order.name, "Purchase")
	frappe.db.commit()

	with pytest.raises(frappe.ValidationError, match="requested or ordered already"):
		shortage_api.request_stock(order.name, "Purchase")
	with pytest.raises(frappe.ValidationError, match="requested or ordered already"):
		shortage_api.order_from_suppliers(order.name)


def test_what_is_ordered_from_a_request_counts_once(committed):
	from erpnext.stock.doctype.material_request.material_request import make_purchase_order

	order = short_order()
	committed()
	request = frappe.get_doc("Material Request", shortage_api.request_stock(order.name, "Purchase")).submit()
	bought = make_purchase_order(request.name)
	bought.update({"supplier": make_supplier(), "schedule_date": nowdate()})
	bought.items[0].qty = 2
	bought.insert()
	of_draft = shortage_api.missing_lines(order.name)["lines"][0]["asked"]
	bought.submit()

	assert of_draft == 5
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 5


def test_a_stopped_request_no_longer_counts(committed):
	order = short_order()
	committed()
	request = frappe.get_doc("Material Request", shortage_api.request_stock(order.name, "Purchase")).submit()
	request.update_status("Stopped")

	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 0


def test_a_transfer_comes_from_warehouses_that_have_it_free(committed):
	order = short_order()
	item, (north, south) = order.items[0].item_code, (make_warehouse(), make_warehouse())
	receive(item, 2, north)
	receive(item, 9, south)
	make_order(line(item, qty=6, warehouse=south), submit=True)
	committed()

	name = shortage_api.request_stock(order.name, "Material Transfer")

	here = order.items[0].warehouse
	assert request_rows(name) == [(item, 3, here, south), (item, 2, here, north)]


def test_a_disabled_or_foreign_warehouse_transfers_nothing(committed):
	order = short_order()
	closed = make_warehouse()
	receive(order.items[0].item_code, 9, closed)
	frappe.db.set_value("Warehouse", closed, "disabled", 1)
	committed()

	with pytest.raises(frappe.ValidationError, match="no other warehouse"):
		shortage_api.request_stock(order.name, "Material Transfer")


def test_a_made_item_is_requested_with_its_bill_of_materials(committed):
	order = short_order()
	part = make_item()
	bom = frappe.get_doc(
		{
			"doctype": "BOM",
			"item": order.items[0].item_code,
			"company": company().name,
			"quantity": 1,
			"is_default": 1,
			"items": [{"item_code": part, "qty": 1, "rate": 1}],
		}
	)
	bom.insert().submit()
	committed()

	request = frappe.get_doc("Material Request", shortage_api.request_stock(order.name, "Manufacture"))

	assert (request.material_request_type, request.items[0].bom_no, request.items[0].qty) == (
		"Manufacture",
		bom.name,
		5,
	)


def test_each_default_supplier_gets_one_draft_order(committed):
	acme, bolt = make_supplier(), make_supplier()
	warehouse = make_warehouse()

	def item_of(supplier):
		return make_item(item_defaults=[{"company": company().name, "default_supplier": supplier}])

	lamps, chairs, desks = item_of(acme), item_of(acme), item_of(bolt)
	order = make_order(
		*[line(item, qty=2, warehouse=warehouse) for item in (lamps, chairs, desks)], submit=True
	)
	committed()

	names = shortage_api.order_from_suppliers(order.name)

	made = {doc.supplier: doc for doc in (frappe.get_doc("Purchase Order", name) for name in names)}
	assert {supplier: [row.item_code for row in doc.items] for supplier, doc in made.items()} == {
		acme: [lamps, chairs],
		bolt: [desks],
	}
	assert {doc.docstatus for doc in made.values()} == {0}
	assert made[bolt].items[0].sales_order_item == order.items[2].name


def test_an_order_without_a_supplier_says_so_by_row(committed):
	order = short_order()
	committed()

	with pytest.raises(frappe.ValidationError, match=r"Row #.*1.*default supplier"):
		shortage_api.order_from_suppliers(order.name, [order.items[0].name])


def test_only_the_chosen_lines_are_dealt_with(committed):
	warehouse = make_warehouse()
	first, second = make_item(), make_item()
	order = make_order(
		line(first, qty=2, warehouse=warehouse), line(second, qty=3, warehouse=warehouse), submit=True
	)
	committed()

	name = shortage_api.request_stock(order.name, "Purchase", [order.items[1].name])

	assert request_rows(name) == [(second, 3, warehouse, None)]


def test_what_a_policy_allows_runs_by_itself_and_only_once(committed):
	group = make_customer_group()
	order = short_order(customer=factories.make_customer(group=group))
	other = short_order()
	set_policies({"customer_group": group, "action": "Material Request"})
	committed()

	made = jobs.act_on_shortage(order.name)
	frappe.db.commit()
	again, of_other = jobs.act_on_shortage(order.name), jobs.act_on_shortage(other.name)
	set_policies()
	frappe.db.commit()

	assert [frappe.db.get_value("Material Request", name, "material_request_type") for name in made] == [
		"Purchase"
	]
	assert (again, of_other) == ([], [])


def test_without_redis_an_order_goes_on_and_people_see_to_what_it_misses(committed, monkeypatch):
	order = short_order()
	set_policies({"action": "Material Request"})
	monkeypatch.setattr(frappe, "enqueue", no_redis)
	by_policy.look_by_policy_soon(order)
	set_policies()
	committed()

	assert shortage_api.request_stock(order.name, "Purchase")


def test_a_policy_may_split_off_a_backorder_but_never_empties_an_order(committed):
	served, unserved = short_order(), short_order(there=0)
	set_policies({"action": "Backorder"})
	committed()

	made = jobs.act_on_shortage(served.name)
	frappe.db.commit()
	nothing = jobs.act_on_shortage(unserved.name)
	set_policies()
	frappe.db.commit()

	assert frappe.db.get_value("Sales Order", made[0], "swf_backorder_of") == served.name
	assert nothing == []


def test_a_salesperson_without_buying_rights_requests_nothing(committed):
	order = short_order()
	seller = make_user("Sales User")
	committed()

	with acting_as(seller):
		for call in (
			lambda: shortage_api.request_stock(order.name, "Purchase"),
			lambda: shortage_api.order_from_suppliers(order.name),
		):
			with pytest.raises(frappe.PermissionError):
				call()


@pytest.mark.parametrize(
	"call",
	[
		lambda order: shortage_api.missing_lines(order),
		lambda order: shortage_api.request_stock(order, "Purchase"),
		lambda order: shortage_api.order_from_suppliers(order),
		lambda order: shortage_api.take_substitute(order, "x", "y", "Keep the Old Price", "me", "mail"),
		lambda order: shortage_api.split_backorder(order),
		lambda order: shortage_api.close_short(order, "why"),
	],
	ids=["look", "request", "order", "substitute", "backorder", "close"],
)
def test_a_stranger_does_nothing_about_an_order(call):
	order = short_order()

	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		call(order.name)


def test_with_the_lock_switched_off_nothing_is_missing_because_nothing_is_known(switches):
	order = make_order(submit=True)
	switches()

	with pytest.raises(frappe.ValidationError, match="switched off"):
		shortage_api.missing_lines(order.name)


def test_the_ledger_of_actions_is_hidden_from_who_may_not_read_the_order(committed):
	order = short_order()
	committed()
	shortage_api.close_short(order.name, "Model discontinued")
	customer = factories.make_customer()
	seller = make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": seller, "allow": "Customer", "for_value": customer}
	).insert()

	with acting_as(seller):
		assert frappe.get_list("Shortage Action", {"sales_order": order.name}) == []
