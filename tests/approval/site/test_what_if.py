"""What approving an order would do, as the desk is told: exposure, margin, locks and who gets less."""

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.approval.desk import api
from tests import factories as make


@pytest.fixture(autouse=True)
def approval_and_lock_on(site, rolled_back, switches):
	switches(approval=True, stock_lock=True)
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


@pytest.fixture
def stocked():
	"""(item, warehouse) with 10 there, valued at 10 each."""
	item, warehouse = make.make_item(), make.make_warehouse()
	make.receive(item, 10, warehouse)
	return item, warehouse


def draft(stocked, qty, **values):
	item, warehouse = stocked
	return make.make_order(
		make.line(item, qty=qty, rate=values.pop("rate", 100), warehouse=warehouse), **values
	)


def pending(stocked, qty, **values):
	order = draft(stocked, qty, rate=80, **values)
	assert gate.ask(order.name)
	return order


def test_the_exposure_counts_what_the_customer_owes_and_this_order(stocked):
	customer = make.make_customer(credit_limit=1000)
	make.make_order(make.line(rate=400), customer=customer, submit=True)
	found = api.what_if(draft(stocked, 2, customer=customer).name)["exposure"]
	assert (found["limit"], found["before"], found["order"], found["after"]) == (1000, 400, 200, 600)
	assert found["share_pct"] == 60


def test_other_drafts_of_the_customer_that_wait_for_approval_are_named_beside_it(stocked):
	make.make_rule(threshold=10)
	customer = make.make_customer(credit_limit=1000)
	pending(stocked, 1, customer=customer)
	found = api.what_if(draft(stocked, 1, customer=customer).name)["exposure"]
	assert (found["pending_orders"], found["pending_value"]) == (1, 80)


def test_the_margin_is_what_is_left_over_the_warehouses_valuation(stocked):
	"""2 sold at 20 each, valued at 10: 40 - 20 = 20, half of the revenue."""
	found = api.what_if(draft(stocked, 2, rate=20).name)["margin"]
	assert (found["revenue"], found["cost"], found["margin"], found["margin_pct"]) == (40, 20, 20, 50)
	assert found["worst"][0]["idx"] == 1


@pytest.fixture
def gross_profit_is_hidden(rolled_back):
	"""ERPNext's field on a permission level that no role has; the cached meta is undone with it."""
	frappe.make_property_setter(
		{
			"doctype": "Sales Order Item",
			"fieldname": "gross_profit",
			"property": "permlevel",
			"value": 1,
			"property_type": "Int",
		}
	)
	yield
	frappe.db.rollback()
	frappe.clear_cache(doctype="Sales Order Item")


def test_the_margin_is_kept_from_who_may_not_see_gross_profit(stocked, gross_profit_is_hidden):
	order = draft(stocked, 2)
	with make.acting_as(make.make_user("Sales User")):
		assert api.what_if(order.name)["margin"] is None


def test_each_line_says_what_would_be_locked_and_what_would_be_missing(stocked):
	item, warehouse = stocked
	order = make.make_order(
		make.line(item, qty=7, warehouse=warehouse), make.line(item, qty=5, warehouse=warehouse)
	)
	lines = api.what_if(order.name)["stock"]["lines"]
	assert [(row["needed"], row["locked"], row["missing"]) for row in lines] == [(7, 7, 0), (5, 3, 2)]


def test_what_is_foretold_is_what_a_submit_locks(stocked):
	order = draft(stocked, 12)
	(foretold,) = api.what_if(order.name)["stock"]["lines"]
	order.submit()
	held = frappe.db.get_value("Stock Reservation Entry", {"voucher_no": order.name}, "reserved_qty")
	assert foretold["locked"] == held == 10


def test_drafts_that_wait_for_approval_are_told_to_get_less(stocked):
	make.make_rule(threshold=10)
	rival = pending(stocked, 6)
	others = api.what_if(draft(stocked, 8).name)["stock"]["others"]
	(row,) = others["named"]
	assert (row["sales_order"], row["before"], row["after"], row["lost"]) == (rival.name, 6, 2, 4)
	assert (others["more"], others["hidden"]) == (0, 0)


def test_a_waiting_order_is_told_to_be_served_later(stocked):
	item, warehouse = stocked
	draft(stocked, 10).submit()
	waiting = draft(stocked, 4)
	waiting.submit()
	assert not api.what_if(draft(stocked, 3).name)["stock"]["others"]["named"]  # nothing comes for anybody
	make_purchase(item, warehouse, 4)
	sooner = draft(stocked, 3)
	frappe.db.set_value("Sales Order", sooner.name, "delivery_date", frappe.utils.nowdate())
	(row,) = api.what_if(sooner.name)["stock"]["others"]["named"]
	assert (row["sales_order"], row["lost"]) == (waiting.name, 0)
	assert row["day_before"] and not row["day_after"]


def make_purchase(item, warehouse, qty):
	supplier = frappe.get_doc(
		{
			"doctype": "Supplier",
			"supplier_name": make.unique("Supplier"),
			"supplier_group": frappe.db.get_value("Supplier Group", {"is_group": 0}),
		}
	).insert()
	row = {
		"item_code": item,
		"qty": qty,
		"rate": 5,
		"warehouse": warehouse,
		"schedule_date": frappe.utils.add_days(frappe.utils.nowdate(), 3),
	}
	doc = frappe.get_doc(
		{
			"doctype": "Purchase Order",
			"supplier": supplier.name,
			"company": make.company().name,
			"schedule_date": row["schedule_date"],
			"items": [row],
		}
	)
	doc.insert().submit()


def test_orders_a_user_may_not_read_are_counted_not_named(stocked):
	make.make_rule(threshold=10)
	pending(stocked, 6)
	mine = make.make_customer()
	order = draft(stocked, 8, customer=mine)
	reader = make.make_user("Sales User")
	frappe.get_doc(
		{"doctype": "User Permission", "user": reader, "allow": "Customer", "for_value": mine}
	).insert()
	with make.acting_as(reader):
		others = api.what_if(order.name)["stock"]["others"]
	assert (others["named"], others["hidden"]) == ([], 1)


def test_who_may_not_read_the_order_is_told_nothing(stocked):
	order = draft(stocked, 1)
	with make.acting_as(make.make_user("HR User")), pytest.raises(frappe.PermissionError):
		api.what_if(order.name)


def test_without_stock_lock_nothing_is_said_of_locks(stocked, switches):
	switches(approval=True)
	assert api.what_if(draft(stocked, 1).name)["stock"] is None


def test_nothing_is_written_and_the_statements_do_not_grow_with_the_lines(stocked):
	item, warehouse = stocked
	counts = []
	for lines in (1, 25):
		order = make.make_order(*(make.line(item, warehouse=warehouse) for _ in range(lines)))
		api.what_if(order.name)  # fills the caches
		with make.counted_statements() as statements:
			api.what_if(order.name)
		assert not [
			text for text in statements if text.strip().lower().startswith(("insert", "update", "delete"))
		]
		counts.append(len(statements))
	assert counts[0] == counts[1]


@pytest.mark.parametrize(
	"roles, is_seen", [(("Stock User",), False), (("Sales User", "Accounts User"), True)]
)
def test_what_the_customer_owes_is_told_to_who_may_read_invoices(stocked, roles, is_seen):
	order = draft(stocked, 1)
	with make.acting_as(make.make_user(*roles)):
		assert (api.what_if(order.name)["exposure"] is not None) == is_seen
