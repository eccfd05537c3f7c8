"""The other side of the lock: whatever takes stock out is checked, and the check costs little."""

import pytest

import frappe
from frappe.utils import now, nowdate, nowtime

from sales_wh_flow.base.compat import line_reserved_is_net
from sales_wh_flow.stock_lock import repair
from sales_wh_flow.stock_lock.guard import movements
from sales_wh_flow.stock_lock.refusals import StockIsLocked
from sales_wh_flow.stock_lock.serving import api as serving_api
from tests.factories import (
	company,
	counted_statements,
	line,
	make_customer,
	make_item,
	make_items,
	make_order,
	make_warehouse,
	receive,
	unique,
)
from tests.stock_documents import (
	bill_of_materials,
	counted,
	delivery,
	invoice,
	new_doc,
	purchase,
	subcontracting_receipt,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True)


@pytest.fixture
def item(warehouse):
	"""Ten on hand, eight of them locked for an order."""
	code = make_item()
	receive(code, 10, warehouse)
	make_order(line(code, qty=8), warehouse=warehouse, submit=True)
	return code


def delivery_of_an_order_that_locks_nothing(item, qty, warehouse):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	order = make_order(line(item, qty=qty, reserve_stock=0), warehouse=warehouse, submit=True)
	return make_delivery_note(order.name)


def stock_entry(purpose, *, into=False):
	def make(item, qty, warehouse):
		row = {"item_code": item, "qty": qty, "s_warehouse": warehouse, "basic_rate": 10}
		rows = [{**row, **({"t_warehouse": make_warehouse()} if into else {})}]
		if purpose == "Repack":
			made = {"item_code": make_item(), "qty": 1, "t_warehouse": warehouse, "is_finished_item": 1}
			rows.append({**made, "basic_rate": 10})
		return new_doc("Stock Entry", stock_entry_type=purpose, purpose=purpose, items=rows)

	return make


def work_order_consumption(item, qty, warehouse):
	"""The Manufacture entry of a Work Order that takes its material straight from the warehouse."""
	from erpnext.manufacturing.doctype.work_order.work_order import make_stock_entry

	made = make_item()
	order = new_doc(
		"Work Order",
		production_item=made,
		bom_no=bill_of_materials(made, item, qty),
		qty=1,
		skip_transfer=1,
		wip_warehouse=warehouse,
		source_warehouse=warehouse,
		fg_warehouse=make_warehouse(),
		planned_start_date=nowdate(),
	)
	order.set_work_order_operations()
	order.get_items_and_operations_from_bom()
	for row in order.required_items:
		row.source_warehouse = warehouse
	order.insert().submit()
	return frappe.get_doc(make_stock_entry(order.name, "Manufacture", 1))


def asset_capitalization(item, qty, warehouse):
	"""Stock becomes part of an asset that is being built; ERPNext 16 wants that asset to be there before."""
	fixed = make_item(is_stock_item=0, is_fixed_asset=1, asset_category=asset_category())
	place = new_doc("Location", location_name=unique("Site")).insert().name
	if frappe.get_meta("Asset Capitalization").has_field("capitalization_method"):
		target = {"capitalization_method": "Create a new composite asset", "target_asset_location": place}
	else:
		target = {"target_asset": asset_that_is_built(fixed, place)}
	return new_doc(
		"Asset Capitalization",
		**target,
		target_item_code=fixed,
		posting_date=nowdate(),
		posting_time=nowtime(),
		stock_items=[{"item_code": item, "warehouse": warehouse, "stock_qty": qty}],
	)


def asset_that_is_built(fixed, place):
	"""The name of an asset to which stock and work are added before it is used."""
	asset = new_doc(
		"Asset",
		asset_name=unique("Asset"),
		asset_type="Composite Asset",
		item_code=fixed,
		location=place,
		purchase_date=nowdate(),
		cost_center=f"Main - {company().abbr}",
		net_purchase_amount=0,
	)
	return asset.insert().name


def asset_category():
	account = frappe.get_all(
		"Account",
		{"company": company().name, "account_type": "Fixed Asset", "is_group": 0},
		limit=1,
		pluck="name",
	)
	building = {"company": company().name, "account_type": "Capital Work in Progress", "is_group": 0}
	accounts = [
		{
			"company_name": company().name,
			"fixed_asset_account": account[0],
			"capital_work_in_progress_account": frappe.db.get_value("Account", building),
		}
	]
	made = new_doc("Asset Category", asset_category_name=unique("Assets"), accounts=accounts)
	return made.insert().name


def pos_invoice(item, qty, warehouse):
	row = {"item_code": item, "qty": qty, "warehouse": warehouse, "rate": 100}
	made = new_doc(
		"POS Invoice",
		customer=make_customer(),
		is_pos=1,
		update_stock=1,
		pos_profile=till(warehouse),
		items=[row],
	)
	made.set_missing_values()
	made.set("payments", [{"mode_of_payment": "Cash", "amount": 100 * qty}])
	made.paid_amount = made.base_paid_amount = 100 * qty  # as the till says
	return made


def till(warehouse):
	"""The name of an open till's profile; a cashier has one open till at a time."""
	of_cashier = {"user": frappe.session.user, "status": "Open", "docstatus": 1}
	profile = frappe.db.get_value("POS Opening Entry", of_cashier, "pos_profile")
	if profile and frappe.db.get_value("POS Profile", profile, "warehouse") == warehouse:
		return profile
	name, abbr = company().name, company().abbr
	if frappe.get_meta("POS Settings").has_field("invoice_type"):
		frappe.db.set_single_value("POS Settings", "invoice_type", "POS Invoice")
	cash = frappe.get_doc("Mode of Payment", "Cash")
	if not any(row.company == name for row in cash.accounts):
		account = {"company": name, "account_type": "Cash", "is_group": 0}
		cash.append("accounts", {"company": name, "default_account": frappe.db.get_value("Account", account)})
		cash.save()
	profile = new_doc(
		"POS Profile",
		name=unique("Till"),
		warehouse=warehouse,
		currency=company().currency,
		selling_price_list="Standard Selling",
		write_off_account=f"Write Off - {abbr}",
		write_off_cost_center=f"Main - {abbr}",
		payments=[{"mode_of_payment": "Cash", "default": 1}],
	)
	profile.insert()
	opened = new_doc(
		"POS Opening Entry",
		pos_profile=profile.name,
		user=frappe.session.user,
		period_start_date=now(),
		balance_details=[{"mode_of_payment": "Cash"}],
	)
	opened.insert().submit()
	return profile.name


def purchase_return(item, qty, warehouse):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	bought = purchase("Purchase Receipt", item, qty, warehouse).insert().submit()
	make_order(line(item, qty=qty), warehouse=warehouse, submit=True)
	return make_return_doc("Purchase Receipt", bought.name)


def purchase_invoice_return(item, qty, warehouse):
	from erpnext.controllers.sales_and_purchase_return import make_return_doc

	bought = purchase("Purchase Invoice", item, qty, warehouse, update_stock=1).insert().submit()
	make_order(line(item, qty=qty), warehouse=warehouse, submit=True)
	return make_return_doc("Purchase Invoice", bought.name)


def reconciliation(item, qty, warehouse):
	"""Counted: ``qty`` less than there are."""
	there = frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty")
	return counted(item, warehouse, there - qty)


TAKERS = {
	"Delivery Note of no order": delivery,
	"Delivery Note of another order": delivery_of_an_order_that_locks_nothing,
	"Sales Invoice that updates stock": invoice,
	"Material Issue": stock_entry("Material Issue"),
	"Material Transfer": stock_entry("Material Transfer", into=True),
	"Material Transfer for Manufacture": stock_entry("Material Transfer for Manufacture", into=True),
	"Send to Subcontractor": stock_entry("Send to Subcontractor", into=True),
	"Repack": stock_entry("Repack"),
	"Work Order": work_order_consumption,
	"Purchase Receipt returned": purchase_return,
	"Purchase Invoice returned": purchase_invoice_return,
	"Subcontracting Receipt": subcontracting_receipt,
	"Asset Capitalization": asset_capitalization,
	"POS Invoice": pos_invoice,
	"Stock Reconciliation": reconciliation,
}


@pytest.mark.parametrize("taker", TAKERS)
def test_no_document_takes_a_unit_that_is_locked_for_somebody_else(taker, item, warehouse):
	"""Two of ten are free, three are asked for. The guard alone is asked: ERPNext's own is blinded."""
	doc = TAKERS[taker](item, 3, warehouse)
	if doc.is_new():
		doc.insert()
	frappe.db.set_value("Stock Reservation Entry", {"item_code": item}, "creation", "2099-01-01")
	frappe.db.savepoint("taken")

	with pytest.raises(frappe.ValidationError):
		doc.submit()

	frappe.db.rollback(save_point="taken")
	assert repair.look_for_drift().is_clean


@pytest.mark.parametrize("taker", [name for name in TAKERS if "returned" not in name])
def test_every_document_may_take_what_is_free(taker, item, warehouse):
	if taker == "Stock Reconciliation":
		pytest.skip("ERPNext counts no Bin that holds reservations")
	doc = TAKERS[taker](item, 2, warehouse)
	if doc.is_new():
		doc.insert()

	doc.submit()

	moved = frappe.get_all("Stock Ledger Entry", {"voucher_no": doc.name}, ["item_code", "warehouse"])
	assert {(row.item_code, row.warehouse) for row in moved} <= movements.bin_keys(doc)
	left = 10 if taker == "POS Invoice" else 8  # its goods leave the ledger when the day is closed
	assert frappe.db.get_value("Bin", {"item_code": item, "warehouse": warehouse}, "actual_qty") == left
	assert repair.look_for_drift().is_clean


def test_a_till_sells_no_more_than_another_till_has_left(item, warehouse):
	"""Two of ten are free; what was sold first is on hand still, as the day is not closed."""
	pos_invoice(item, 1, warehouse).insert().submit()
	second = pos_invoice(item, 2, warehouse).insert()
	frappe.db.savepoint("sold")

	with pytest.raises(StockIsLocked):
		second.submit()

	frappe.db.rollback(save_point="sold")
	pos_invoice(item, 1, warehouse).insert().submit()


def test_what_a_till_has_sold_is_locked_for_nobody(item, warehouse, in_this_transaction):
	"""Two of ten are free and a till sells them: on hand until the day is closed, but not in the shop."""
	pos_invoice(item, 2, warehouse).insert().submit()

	order = make_order(line(item, qty=2), warehouse=warehouse, submit=True)

	assert frappe.db.get_value("Sales Order", order.name, "swf_flow_status") == "Backordered"
	receive(item, 1, warehouse)
	serving_api.lock_waiting(order.name)
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "stock_reserved_qty") == 1


def test_a_till_sells_what_is_not_locked_as_erpnext_does(warehouse):
	code = make_item()
	receive(code, 2, warehouse)

	pos_invoice(code, 2, warehouse).insert().submit()

	with pytest.raises(frappe.ValidationError) as refused:
		pos_invoice(code, 1, warehouse).insert().submit()
	assert code in str(refused.value) and warehouse in str(refused.value)


@pytest.mark.parametrize("taker", ["Delivery Note of no order", "Material Issue", "Material Transfer"])
@pytest.mark.parametrize("lines", [1, 12])
def test_the_check_of_an_outgoing_document_costs_three_statements(taker, lines, warehouse, monkeypatch):
	items = make_items(lines)
	for code in items:
		receive(code, 10, warehouse)
	doc = TAKERS[taker](items[0], 2, warehouse)
	first = doc.items[0].as_dict()
	for code in items:
		if code != first.item_code:
			doc.append("items", {**first, "name": None, "idx": None, "item_code": code})
		if doc.items[0].get("t_warehouse"):
			receive(code, 1, doc.items[0].t_warehouse)
	doc.insert()
	counts = []
	for step in ("hold_stock", "settle"):
		monkeypatch.setattr(movements, step, _counting(getattr(movements, step), counts))

	doc.submit()

	assert sum(counts) == 3


def _counting(step, counts):
	def counted(doc):
		with counted_statements() as statements:
			step(doc)
		counts.append(len(statements))

	return counted


def test_the_check_of_a_delivery_of_a_locked_order_stays_small_whatever_the_lines(warehouse, monkeypatch):
	"""Orders and Bins, what was locked before, what leaves of each lock and whether it has to be split, its
	Bins, what is left, and the events of what was delivered.
	"""
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	counts = []
	for step in ("hold_stock", "settle"):
		monkeypatch.setattr(movements, step, _counting(getattr(movements, step), counts))
	found = {}
	for lines in (1, 8, 1):  # the first one only warms the caches
		items = make_items(lines)
		for code in items:
			receive(code, 10, warehouse)
		order = make_order(*(line(code, qty=4) for code in items), warehouse=warehouse, submit=True)
		note = make_delivery_note(order.name).insert()
		counts.clear()
		note.submit()
		found[lines] = sum(counts)

	expected = 9 + line_reserved_is_net()  # what the line says it holds, where that is less after a delivery
	assert found == {1: expected, 8: expected}
