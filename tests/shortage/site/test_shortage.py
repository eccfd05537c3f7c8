"""What is missing for an order: asked for, substituted, split off, closed short; each just once."""

import pytest

import frappe
from frappe.utils import add_days, getdate, nowdate

from sales_wh_flow.base.said import worded
from sales_wh_flow.order_board import api as order_board_api
from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.shortage import by_policy, jobs
from sales_wh_flow.stock_lock import repair
from tests import factories
from tests.factories import (
	acting_as,
	company,
	line,
	make_bundle,
	make_customer_group,
	make_item,
	make_order,
	make_rule,
	make_user,
	make_warehouse,
	no_redis,
	receive,
	stocked,
)
from tests.stock_documents import supplier as make_supplier


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def short_order(ordered=8, there=3, submit=True, **values):
	"""A submitted order over ``ordered`` of an item of which ``there`` are in stock."""
	warehouse = values.pop("warehouse", None) or make_warehouse()
	item = stocked(there, warehouse, **values.pop("item", {}))
	return make_order(line(item, qty=ordered, warehouse=warehouse), submit=submit, **values)


def request_rows(name):
	doc = frappe.get_doc("Material Request", name)
	return [(row.item_code, row.qty, row.warehouse, row.from_warehouse) for row in doc.items]


def held(order):
	rows = frappe.get_all("Stock Reservation Entry", {"voucher_no": order, "docstatus": 1}, ["*"])
	return sum(row.reserved_qty - row.delivered_qty for row in rows)


def deeds(order):
	return frappe.get_all(
		"Shortage Action", {"sales_order": order}, ["action", "qty_stock", "reference_name", "actor"]
	)


def comments(order):
	rows = frappe.get_all("Comment", {"reference_name": order, "comment_type": "Info"}, ["content"])
	return " ".join(worded(row.content) for row in rows)


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


def alternative(item, other, two_way=0):
	doc = {"doctype": "Item Alternative", "item_code": item, "alternative_item_code": other}
	frappe.get_doc({**doc, "two_way": two_way}).insert()


def with_substitute(submit=True, there=3, two_way=0, **item):
	"""An order over 8 of an item with ``there`` in stock, whose substitute has 20 in stock."""
	warehouse = make_warehouse()
	old = stocked(there, warehouse, allow_alternative_item=1)
	new = stocked(20, warehouse, allow_alternative_item=1, **item)
	alternative(old, new, two_way)
	order = make_order(line(old, qty=8, warehouse=warehouse), submit=submit)
	return order, old, new, warehouse


def take(order, row, item, rule="Keep the Old Price", by="Maria Lopez", how="by telephone"):
	return shortage_api.take_substitute(order.name, row, item, rule, by, how)


def rows_of(order):
	doc = frappe.get_doc("Sales Order", order.name)
	return [(row.item_code, row.qty, row.rate, row.warehouse) for row in doc.items]


def test_a_substitute_takes_the_place_of_what_is_missing(committed):
	order, old, new, warehouse = with_substitute()
	committed()

	name = take(order, order.items[0].name, new)

	assert rows_of(order) == [(old, 3, 100, warehouse), (new, 5, 100, warehouse)]
	row = frappe.get_doc("Sales Order Item", name)
	assert row.swf_substitute_for == old
	assert "Maria Lopez, by telephone" in worded(row.swf_consent)
	assert held(order.name) == 8
	assert "Maria Lopez" in comments(order.name)
	assert repair.look().is_clean


def test_a_line_of_which_nothing_is_served_gives_way_whole(committed):
	order, _old, new, warehouse = with_substitute(there=0)
	committed()

	take(order, order.items[0].name, new)

	assert rows_of(order) == [(new, 8, 100, warehouse)]
	assert repair.look().is_clean


def test_a_draft_takes_a_substitute_as_well(committed):
	order, old, new, warehouse = with_substitute(submit=False)
	committed()

	take(order, order.items[0].name, new)

	assert rows_of(order) == [(old, 3, 100, warehouse), (new, 5, 100, warehouse)]


@pytest.mark.parametrize(
	("rule", "rate"),
	[("Keep the Old Price", 100), ("Price List of the Substitute", 80), ("Lower of Both", 80)],
)
def test_the_price_follows_the_rule(committed, rule, rate):
	order, _old, new, _warehouse = with_substitute()
	frappe.get_doc(
		{
			"doctype": "Item Price",
			"item_code": new,
			"price_list": order.selling_price_list,
			"price_list_rate": 80,
		}
	).insert()
	committed()

	name = take(order, order.items[0].name, new, rule)

	assert frappe.db.get_value("Sales Order Item", name, ["rate", "price_list_rate"]) == (rate, 80)


def test_boxes_are_substituted_by_pieces_where_the_substitute_has_no_boxes(committed):
	warehouse = make_warehouse()
	old = make_item(allow_alternative_item=1, uoms=[{"uom": "Box", "conversion_factor": 12}])
	new = stocked(50, warehouse, allow_alternative_item=1)
	alternative(old, new)
	order = make_order(
		line(old, qty=2, uom="Box", conversion_factor=12, rate=120, price_list_rate=120, warehouse=warehouse),
		submit=True,
	)
	committed()

	name = take(order, order.items[0].name, new)

	row = frappe.get_doc("Sales Order Item", name)
	assert (row.qty, row.uom, row.rate, row.stock_qty) == (24, "Nos", 10, 24)


@pytest.mark.parametrize(
	("change", "said"),
	[
		({"disabled": 1}, "disabled"),
		({"is_sales_item": 0}, "not sold"),
		({"stock_uom": "Meter"}, "no conversion"),
	],
)
def test_a_substitute_that_can_not_be_used_is_refused_in_words(committed, change, said):
	order, _old, new, _warehouse = with_substitute()
	frappe.db.set_value("Item", new, change)
	if "stock_uom" in change:
		frappe.db.delete("UOM Conversion Detail", {"parent": new})
	committed()

	with pytest.raises(frappe.ValidationError, match=said):
		take(order, order.items[0].name, new)


def test_an_item_that_is_no_alternative_is_refused(committed):
	order, *_rest = with_substitute()
	committed()

	with pytest.raises(frappe.ValidationError, match="no substitute"):
		take(order, order.items[0].name, make_item())


@pytest.mark.parametrize(("by", "how"), [("", "by mail"), ("Maria Lopez", " ")])
def test_no_substitute_without_the_customers_consent(committed, by, how):
	order, _old, new, _warehouse = with_substitute()
	committed()

	with pytest.raises(frappe.ValidationError, match="who at the customer agreed"):
		take(order, order.items[0].name, new, by=by, how=how)


def test_a_substituted_line_is_not_offered_its_old_item_again(committed):
	order, old, new, warehouse = with_substitute(there=0, two_way=1)
	third = stocked(0, warehouse, allow_alternative_item=1)
	alternative(new, third)
	alternative(third, old)
	receive_back = frappe.get_doc("Bin", {"item_code": new, "warehouse": warehouse})
	make_order(line(new, qty=receive_back.actual_qty, warehouse=warehouse), submit=True)
	committed()

	name = take(order, order.items[0].name, new)
	frappe.db.commit()

	(found,) = shortage_api.missing_lines(order.name)["lines"]
	assert [one["item_code"] for one in found["substitutes"]] == [third]
	with pytest.raises(frappe.ValidationError, match="no substitute"):
		take(order, name, old)


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
	assert repair.look().is_clean


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
	assert repair.look().is_clean


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


def test_only_the_chosen_lines_are_dealt_with(committed):
	warehouse = make_warehouse()
	first, second = make_item(), make_item()
	order = make_order(
		line(first, qty=2, warehouse=warehouse), line(second, qty=3, warehouse=warehouse), submit=True
	)
	committed()

	name = shortage_api.request_stock(order.name, "Purchase", [order.items[1].name])

	assert request_rows(name) == [(second, 3, warehouse, None)]


def set_policies(*rows):
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("shortage_policies", [])
	for row in rows:
		settings.append("shortage_policies", row)
	settings.save()


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
	by_policy.soon(order)
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


def short_bundles(ordered=5, **values):
	"""A submitted order of kits of one pump and three hoses, with pumps for all and hoses for three."""
	warehouse = make_warehouse()
	pump, hose = make_item(), make_item(**values)
	receive(pump, 9, warehouse)
	receive(hose, 11, warehouse)
	kit = make_bundle({pump: 1, hose: 3})
	return make_order(line(kit, qty=ordered, warehouse=warehouse), submit=True), pump, hose


def test_a_bundle_says_which_component_it_waits_for_and_what_that_keeps_back():
	order, _pump, hose = short_bundles()

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["idx"], found["item_code"], found["ordered"], found["missing"]) == (1, hose, 15, 4)
	assert found["bundle"] == {
		"row": order.items[0].name,
		"item_code": order.items[0].item_code,
		"missing": 2,
		"ordered": 5,
	}
	ways = {one["action"]: one["qty"] for one in found["actions"]}
	assert (ways["Purchase"], ways["Backorder"], ways["Close Short"]) == (4, 2, 2)


def test_a_draft_of_bundles_says_what_is_not_there():
	warehouse, pump, hose = make_warehouse(), make_item(), make_item()
	receive(pump, 9, warehouse)
	order = make_order(line(make_bundle({pump: 1, hose: 3}), qty=2, warehouse=warehouse))

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["item_code"], found["missing"], {one["why_not"] for one in found["actions"]}) == (
		hose,
		6,
		{"draft"},
	)


def test_the_missing_components_alone_are_requested_and_only_once(committed):
	from erpnext.stock.doctype.material_request.material_request import make_purchase_order

	order, _pump, hose = short_bundles()
	committed()

	request = frappe.get_doc("Material Request", shortage_api.request_stock(order.name, "Purchase")).submit()

	(row,) = request.items
	part = next(it for it in order.packed_items if it.item_code == hose)
	assert (row.item_code, row.qty, row.sales_order, row.sales_order_item) == (hose, 4, order.name, part.name)
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	bought = make_purchase_order(request.name)
	bought.update({"supplier": make_supplier(), "schedule_date": nowdate()})
	bought.insert().submit()
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	frappe.db.commit()
	with pytest.raises(frappe.ValidationError, match="requested or ordered already"):
		shortage_api.request_stock(order.name, "Purchase")


def test_a_component_is_transferred_and_locked_with_its_bundle_when_it_comes(committed):
	from erpnext.stock.doctype.material_request.material_request import make_stock_entry

	order, _pump, hose = short_bundles()
	elsewhere = make_warehouse()
	receive(hose, 6, elsewhere)
	committed()

	request = frappe.get_doc(
		"Material Request", shortage_api.request_stock(order.name, "Material Transfer")
	).submit()
	assert request_rows(request.name) == [(hose, 4, order.items[0].warehouse, elsewhere)]
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	make_stock_entry(request.name).insert().submit()

	assert held(order.name) == 5 + 15
	assert shortage_api.missing_lines(order.name)["lines"] == []


def test_a_component_is_ordered_as_erpnext_links_what_it_orders_for_bundles(committed):
	supplier = make_supplier()
	defaults = [{"company": company().name, "default_supplier": supplier}]
	order, _pump, hose = short_bundles(item_defaults=defaults)
	committed()

	(name,) = shortage_api.order_from_suppliers(order.name)

	bought = frappe.get_doc("Purchase Order", name)
	(row,) = bought.items
	part = next(it for it in order.packed_items if it.item_code == hose)
	assert (row.item_code, row.qty, row.sales_order_item) == (hose, 4, None)
	assert (row.sales_order_packed_item, row.product_bundle) == (part.name, order.items[0].item_code)
	assert shortage_api.missing_lines(order.name)["lines"][0]["asked"] == 4
	bought.submit()
	assert frappe.db.get_value("Packed Item", part.name, "ordered_qty") == 4


def test_bundles_are_split_off_whole_and_take_what_was_requested_along(committed):
	order, _pump, hose = short_bundles()
	committed()
	request = shortage_api.request_stock(order.name, "Purchase")
	frappe.db.commit()

	made = frappe.get_doc("Sales Order", shortage_api.split_backorder(order.name)["name"])

	order.reload()
	assert (order.items[0].qty, made.items[0].qty) == (3, 2)
	assert held(order.name) == 3 + 9
	part = next(it for it in made.packed_items if it.item_code == hose)
	(row,) = frappe.get_doc("Material Request", request).items
	assert (row.sales_order, row.sales_order_item) == (made.name, part.name)
	assert [(it.action, it.qty_stock) for it in deeds(order.name) if it.action == "Backorder"] == [
		("Backorder", 2)
	]
	assert repair.look().is_clean


def test_bundles_are_closed_short_by_whole_ones(committed):
	order, *_parts = short_bundles()
	committed()

	assert shortage_api.close_short(order.name, "The customer takes three") == 2

	order.reload()
	assert (order.items[0].qty, order.items[0].swf_closed_short) == (3, 2)
	assert held(order.name) == 3 + 9
	assert shortage_api.missing_lines(order.name)["lines"] == []


def test_an_order_of_nothing_but_missing_bundles_is_not_emptied(committed):
	warehouse = make_warehouse()
	kit = make_bundle({make_item(): 1, make_item(): 3})
	order = make_order(line(kit, qty=2, warehouse=warehouse), submit=True)
	committed()

	with pytest.raises(frappe.ValidationError, match="so nothing would stay in it"):
		shortage_api.close_short(order.name, "None there")


def test_a_component_is_not_substituted_and_the_way_out_is_told(committed):
	order, _pump, hose = short_bundles()
	committed()
	row = shortage_api.missing_lines(order.name)["lines"][0]["row"]

	with pytest.raises(frappe.ValidationError, match=f"{hose}.* is a component of"):
		take(order, row, make_item())


@pytest.mark.parametrize("action", ["Material Request", "Backorder"])
def test_a_policy_sees_to_missing_components(committed, action):
	set_policies({"action": action})
	order, *_parts = short_bundles()
	committed()

	jobs.act_on_shortage(order.name)

	done = [(it.action, it.qty_stock) for it in deeds(order.name)]
	assert done == ([("Purchase", 4)] if action == "Material Request" else [("Backorder", 2)])


def test_bundles_cost_the_dialog_the_same_statements_whatever_their_number():
	def statements(count):
		warehouse = make_warehouse()
		kits = [make_bundle({make_item(): 1, make_item(): 2}) for _ in range(count)]
		order = make_order(*[line(kit, qty=2, warehouse=warehouse) for kit in kits], submit=True)
		shortage_api.missing_lines(order.name)  # warm
		with factories.counted_statements() as seen:
			shortage_api.missing_lines(order.name)
		return len(seen)

	assert statements(1) == statements(4)
