"""What was asked for and is on its way: in the stock's unit, without what came of it and what is lost."""

import pytest

from frappe.utils import add_days, nowdate

from erpnext.buying.doctype.purchase_order.purchase_order import make_subcontracting_order
from erpnext.stock.doctype.material_request.material_request import make_in_transit_stock_entry
from erpnext.stock.doctype.stock_entry.stock_entry import make_stock_in_entry

from sales_wh_flow.shortage import api as shortage_api
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests.factories import line, make_item, make_order, make_warehouse, receive, stocked
from tests.stock_documents import bill_of_materials, new_doc
from tests.stock_documents import supplier as make_supplier


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


def test_what_is_in_transit_for_an_order_is_on_its_way_and_not_asked_for_again():
	"""ERPNext calls a request done as soon as its goods have left for the warehouse on the way."""
	here, far = make_warehouse(), make_warehouse()
	item = stocked(10, far)
	order = make_order(line(item, qty=4, warehouse=here), submit=True)
	row = {"item_code": item, "qty": 4, "schedule_date": add_days(nowdate(), 3), "from_warehouse": far}
	links = {"sales_order": order.name, "sales_order_item": order.items[0].name}
	request = new_doc(
		"Material Request",
		material_request_type="Material Transfer",
		items=[{**row, **links, "warehouse": here}],
	)
	request.insert().submit()
	sent = make_in_transit_stock_entry(request.name, make_warehouse(warehouse_type="Transit"))
	sent.insert().submit()

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["missing"], found["asked"]) == (4, 4)
	assert str(found["expected"]) == add_days(nowdate(), 3)
	arrived = make_stock_in_entry(sent.name)
	arrived.insert().submit()
	assert shortage_api.missing_lines(order.name)["lines"] == []


def test_of_what_is_in_transit_in_boxes_the_rest_is_still_on_its_way():
	"""ERPNext counts what has arrived in the row's unit or in the stock's, by its version."""
	here, far = make_warehouse(), make_warehouse()
	item = make_item(uoms=[{"uom": "Box", "conversion_factor": 10}])
	receive(item, 30, far)
	order = make_order(line(item, qty=20, warehouse=here), submit=True)
	row = {"item_code": item, "qty": 2, "uom": "Box", "conversion_factor": 10, "from_warehouse": far}
	links = {"sales_order": order.name, "sales_order_item": order.items[0].name}
	request = new_doc(
		"Material Request",
		material_request_type="Material Transfer",
		items=[{**row, **links, "warehouse": here, "schedule_date": add_days(nowdate(), 3)}],
	)
	request.insert().submit()
	sent = make_in_transit_stock_entry(request.name, make_warehouse(warehouse_type="Transit"))
	sent.insert().submit()
	arrived = make_stock_in_entry(sent.name)
	arrived.items[0].qty = 1
	arrived.insert().submit()

	(found,) = shortage_api.missing_lines(order.name)["lines"]

	assert (found["missing"], found["asked"]) == (10, 10)
	assert [it["qty"] for it in serving_api.who_has_it(item, here)["incoming"]] == [10]


def test_what_production_has_lost_does_not_come_any_more():
	warehouse, item = make_warehouse(), make_item()
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	work = new_doc(
		"Work Order",
		production_item=item,
		bom_no=bill_of_materials(item, make_item()),
		qty=4,
		skip_transfer=1,
		wip_warehouse=warehouse,
		fg_warehouse=warehouse,
		sales_order=order.name,
		sales_order_item=order.items[0].name,
	)
	work.insert().submit()
	(before,) = shortage_api.missing_lines(order.name)["lines"]

	work.db_set({"produced_qty": 1, "process_loss_qty": 2})  # as its Manufacture entry leaves it

	(after,) = shortage_api.missing_lines(order.name)["lines"]
	assert (before["asked"], before["expected"] is None) == (4, False)
	assert (after["asked"], after["expected"]) == (1, None)
	assert [it["qty"] for it in serving_api.who_has_it(item, warehouse)["incoming"]] == [1]


def test_work_that_a_subcontractor_was_given_for_a_line_is_asked_for_in_what_he_makes():
	"""The Purchase Order is over his work: two units of it for three pieces."""
	warehouse, item, work = make_warehouse(), make_item(is_sub_contracted_item=1), make_item(is_stock_item=0)
	bill_of_materials(item, make_item())
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	links = {"sales_order": order.name, "sales_order_item": order.items[0].name}
	row = {"item_code": work, "qty": 2, "rate": 5, "fg_item": item, "fg_item_qty": 3, "warehouse": warehouse}
	bought = new_doc(
		"Purchase Order",
		supplier=make_supplier(),
		is_subcontracted=1,
		supplier_warehouse=make_warehouse(),
		schedule_date=nowdate(),
		items=[{**row, **links}],
	)

	bought.insert().submit()

	assert [it["asked"] for it in shortage_api.missing_lines(order.name)["lines"]] == [3]
	made = make_subcontracting_order(bought.name).insert()
	made.submit()
	made.items[0].db_set("received_qty", 2)  # as his receipt of two leaves it
	assert [it["asked"] for it in shortage_api.missing_lines(order.name)["lines"]] == [1]
