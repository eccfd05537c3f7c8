"""What can be wrong with a line or a routing rule: refused with row, value and next step, or left alone."""

import pytest

import frappe
from frappe.utils import strip_html

from erpnext.controllers.accounts_controller import InvalidQtyError
from erpnext.stock.utils import InvalidWarehouseCompany
from erpnext.utilities.transaction_base import UOMMustBeIntegerError

from sales_wh_flow.order import check_lines
from tests.factories import (
	company,
	counted_statements,
	line,
	make_company,
	make_customer,
	make_item,
	make_items,
	make_order,
	make_routing_rule,
	make_warehouse,
	receive,
)


@pytest.fixture(autouse=True)
def no_other_rules():
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")


@pytest.fixture(scope="module")
def foreign_warehouse(site):
	"""A warehouse of another company. Companies take seconds to make: the site keeps the first one."""
	frappe.db.rollback()
	others = frappe.get_all("Company", filters={"name": ("!=", company().name)}, pluck="name", limit=1)
	name = make_warehouse("Abroad", company=others[0] if others else make_company().name)
	frappe.db.commit()
	return name


@pytest.fixture
def routed(switches):
	"""Routing on, with one rule and its one candidate."""
	target = make_warehouse("Target")
	make_routing_rule(target)
	switches(routing=True)
	return target


def refusal(error, action, *args, **kwargs):
	"""What the user reads when the action is refused, without markup. Nothing of it may be left behind."""
	orders = frappe.db.count("Sales Order")
	entries = frappe.db.count("Stock Reservation Entry")
	with pytest.raises(error) as caught:
		action(*args, **kwargs)
	assert frappe.db.count("Sales Order") == orders
	assert frappe.db.count("Stock Reservation Entry") == entries
	return strip_html(str(caught.value))


def kept(**values):
	return line(**{"swf_keep_warehouse": 1, **values})


# warehouses


def test_an_unknown_warehouse_is_refused_by_name(routed):
	words = refusal(frappe.LinkValidationError, make_order, line(), kept(warehouse="Nowhere - X"))
	label = frappe.get_meta("Sales Order Item").get_label("warehouse")  # later ERPNext names it otherwise
	assert words == f"Could not find Row #2: {label}: Nowhere - X"


def test_a_disabled_warehouse_is_refused_by_row_and_name(routed):
	disabled, item = make_warehouse(disabled=1), make_item()
	words = refusal(frappe.ValidationError, make_order, line(), kept(item=item, warehouse=disabled))
	assert words == f"Row #2: warehouse {disabled} of item {item} is disabled. Choose another one."


def test_a_group_of_warehouses_is_refused_by_row_and_name(routed):
	group, item = make_warehouse(is_group=1), make_item()
	words = refusal(frappe.ValidationError, make_order, line(), kept(item=item, warehouse=group))
	assert words == (
		f"Row #2: {group} is a group of warehouses and holds no stock for item {item}. Choose one below it."
	)


def test_a_warehouse_of_another_company_is_refused_by_row_and_name(routed, foreign_warehouse):
	item = make_item()
	other = frappe.db.get_value("Warehouse", foreign_warehouse, "company")
	words = refusal(frappe.ValidationError, make_order, line(), kept(item=item, warehouse=foreign_warehouse))
	assert words == (
		f"Row #2: warehouse {foreign_warehouse} of item {item} belongs to {other}, not to {company().name}."
	)


def test_all_problems_are_told_at_once(routed):
	disabled, group = make_warehouse(disabled=1), make_warehouse(is_group=1)
	words = refusal(frappe.ValidationError, make_order, kept(warehouse=disabled), kept(warehouse=group))
	assert "Row #1" in words
	assert "Row #2" in words


def test_routing_moves_a_line_off_a_warehouse_that_cannot_serve_it(routed):
	doc = make_order(line(warehouse=make_warehouse(is_group=1)), line(warehouse=make_warehouse(disabled=1)))
	assert [row.warehouse for row in doc.items] == [routed, routed]


def test_a_group_of_warehouses_is_refused_before_anything_is_locked(switches):
	"""ERPNext takes the order; its stock could never be locked."""
	switches(stock_lock=True)
	group, item = make_warehouse(is_group=1), make_item()
	doc = make_order(line(), line(item, warehouse=group))
	words = refusal(frappe.ValidationError, doc.submit)
	assert words == (
		f"Row #2: {group} is a group of warehouses and holds no stock for item {item}. Choose one below it."
	)
	assert frappe.db.get_value("Sales Order", doc.name, "docstatus") == 0


def test_a_warehouse_disabled_after_the_draft_was_saved_is_refused_at_submit(switches):
	switches(stock_lock=True)
	doc = make_order(line())
	warehouse = doc.items[0].warehouse
	frappe.db.set_value("Warehouse", warehouse, "disabled", 1)
	frappe.db.value_cache.clear()  # the submit is another request
	words = refusal(frappe.ValidationError, doc.submit)
	assert words == f"Disabled Warehouse {warehouse} cannot be used for this transaction."


def test_with_every_switch_off_erpnext_alone_decides(foreign_warehouse):
	assert make_order(line(warehouse=make_warehouse(is_group=1)), submit=True).docstatus == 1
	words = refusal(InvalidWarehouseCompany, make_order, line(warehouse=foreign_warehouse))
	assert words == f"Warehouse {foreign_warehouse} does not belong to company {company().name}"


def test_the_check_knows_every_code_and_asks_once(switches, foreign_warehouse):
	"""Called for an order that ERPNext has not looked at yet."""
	warehouses = ["Nowhere - X", make_warehouse(is_group=1), make_warehouse(disabled=1), foreign_warehouse]
	items = make_items(5)
	doc = make_order(
		*(line(item, warehouse=warehouse) for item, warehouse in zip(items, warehouses, strict=False)),
		line(items[4], warehouse=make_warehouse(), qty=-2),
		line(make_item(is_stock_item=0), warehouse="Nowhere - X", qty=-1),
		insert=False,
	)
	with counted_statements() as statements:
		words = refusal(frappe.ValidationError, check_lines.check_order_lines, doc)
	assert [text.split(":")[0] for text in words.split("Row ")[1:]] == ["#1", "#2", "#3", "#4", "#5"]
	assert "does not exist" in words
	assert "quantity -2" in words
	assert len([text for text in statements if "tabWarehouse" in text]) == 1


# quantities


@pytest.mark.parametrize("routing", [True, False])
def test_a_quantity_of_zero_is_refused(switches, routing):
	switches(routing=routing)
	make_routing_rule(make_warehouse())
	item = make_item()
	words = refusal(InvalidQtyError, make_order, line(), line(item, qty=0))
	assert words == f"Row #2: Quantity for Item {item} cannot be zero."


def test_a_negative_quantity_is_refused_by_row_and_value(routed):
	item = make_item()
	words = refusal(frappe.ValidationError, make_order, line(qty=9), line(item, qty=-2))
	assert words == (
		f"Row #2: quantity -2 of item {item} can't be ordered. Enter more than zero or delete the row."
	)


def test_a_negative_quantity_is_refused_with_every_switch_off(switches):
	switches()
	words = refusal(frappe.NonNegativeError, make_order, line(qty=9), line(qty=-2))
	assert words == "Sales Order Item Row #2: Value cannot be negative for Quantity"


@pytest.mark.parametrize("routing", [True, False])
def test_a_fraction_of_a_piece_is_refused(switches, routing):
	switches(routing=routing)
	make_routing_rule(make_warehouse())
	words = refusal(UOMMustBeIntegerError, make_order, line(), line(qty=1.5))
	assert words == (
		"Row 2: Quantity (1.5) cannot be a fraction. "
		"To allow this, disable 'Must be Whole Number' in UOM Nos."
	)


def test_a_fraction_of_a_box_that_makes_a_fraction_of_a_piece_is_refused(routed):
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 0)
	item = make_item(uoms=[{"uom": "Box", "conversion_factor": 12}])
	receive(item, 5, routed)
	words = refusal(UOMMustBeIntegerError, make_order, line(item, qty=0.7, uom="Box", conversion_factor=12))
	assert words.startswith("Row 1: Quantity (8.4) cannot be a fraction.")


# left alone, and served


def test_a_service_is_left_alone(switches, routed):
	switches(routing=True, stock_lock=True)
	doc = make_order(line(make_item(is_stock_item=0), warehouse=make_warehouse(disabled=0)), submit=True)
	assert doc.items[0].warehouse != routed
	assert not doc.items[0].swf_route_reason
	assert not frappe.db.exists("Stock Reservation Entry", {"voucher_no": doc.name})


def test_an_item_in_two_units_is_routed_and_locked_in_stock_units(switches, routed):
	item = make_item(uoms=[{"uom": "Box", "conversion_factor": 12}])
	receive(item, 30, routed)
	switches(routing=True, stock_lock=True)
	frappe.db.set_single_value("Selling Settings", "allow_multiple_items", 1)
	doc = make_order(
		line(item, qty=2, uom="Box", conversion_factor=12),
		line(item, qty=6),
		warehouse=make_warehouse(),
		submit=True,
	)
	assert [(row.warehouse, row.uom, row.qty, row.stock_qty) for row in doc.items] == [
		(routed, "Box", 2, 24),
		(routed, "Nos", 6, 6),
	]
	locks = frappe.get_all(
		"Stock Reservation Entry", filters={"voucher_no": doc.name}, pluck="reserved_qty", order_by="name"
	)
	assert locks == [24, 6]


def test_an_order_in_a_foreign_currency_is_routed_and_locked(switches, routed):
	item = make_item()
	receive(item, 5, routed)
	switches(routing=True, stock_lock=True)
	currency = "EUR" if company().currency != "EUR" else "USD"
	frappe.db.set_value("Currency", currency, "enabled", 1)
	doc = make_order(
		line(item, qty=5),
		warehouse=make_warehouse(),
		customer=make_customer(default_currency=currency),
		currency=currency,
		conversion_rate=1.1,
		plc_conversion_rate=1.1,
		submit=True,
	)
	assert doc.base_grand_total == pytest.approx(550)
	assert doc.items[0].warehouse == routed
	assert frappe.db.get_value("Stock Reservation Entry", {"voucher_no": doc.name}, "reserved_qty") == 5


# routing rules


def test_a_good_rule_is_taken_without_a_word():
	rule = make_routing_rule(make_warehouse(), make_warehouse())
	assert rule.name == rule.title
	assert not frappe.local.message_log


@pytest.mark.parametrize(
	("values", "problem"),
	[({"is_group": 1}, "is a group without a warehouse below it"), ({"disabled": 1}, "is disabled")],
	ids=["group", "disabled"],
)
def test_a_candidate_that_holds_no_stock_is_refused(values, problem):
	bad = make_warehouse(**values)
	with pytest.raises(frappe.ValidationError) as caught:
		make_routing_rule(make_warehouse(), bad)
	words = strip_html(str(caught.value))
	assert words.startswith(f"Row #2: warehouse {bad} {problem}")


def test_a_candidate_of_another_company_is_refused(foreign_warehouse):
	with pytest.raises(frappe.ValidationError) as caught:
		make_routing_rule(foreign_warehouse)
	words = strip_html(str(caught.value))
	assert words.startswith(f"Row #1: warehouse {foreign_warehouse} belongs to ")
	assert words.endswith(f"not to {company().name}. Choose one of this company.")


def test_an_unknown_candidate_is_refused():
	with pytest.raises(frappe.LinkValidationError, match="Row #1: Warehouse: Nowhere"):
		make_routing_rule("Nowhere")


def test_a_rule_names_everything_that_is_wrong_with_it():
	name = make_warehouse()
	with pytest.raises(frappe.ValidationError) as caught:
		make_routing_rule((name, 1), (name, 0), max_splits=0)
	words = strip_html(str(caught.value))
	assert "Warehouses per Line at Most is 0" in words
	assert f"Row #2: warehouse {name} stands in row #1 already" in words
	assert f"Row #2: rank 0 of warehouse {name} is too low" in words


def test_a_rule_without_candidates_is_refused():
	with pytest.raises(frappe.ValidationError, match="Without a candidate"):
		make_routing_rule()


def test_a_rule_warns_of_candidates_without_coordinates_beside_others_that_have_them():
	blind = make_warehouse("Blind")
	make_routing_rule(blind, make_warehouse("Seen", swf_latitude=52.5, swf_longitude=13.4))
	(message,) = frappe.local.message_log
	assert f"No coordinates: <strong>{blind}</strong>" in message["message"]
	assert message["alert"] == 1
