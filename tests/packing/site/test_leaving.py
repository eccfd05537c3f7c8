"""Boxes leave with their note, and unpacked goods stay where the company says so."""

import pytest

import frappe

from sales_wh_flow.dispatch import deliver
from sales_wh_flow.order import refresh_status
from sales_wh_flow.order.store import status
from sales_wh_flow.packing import api
from tests import factories
from tests.packing.box_world import World, key, left_of


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def gate(switches):
	def switch(mode, of_companies=()):
		switches(stock_lock=True, fulfilment=True, packing=mode)
		settings = frappe.get_doc("Sales Flow Settings")
		settings.set("packing_companies", [{"company": company, "gate": to} for company, to in of_companies])
		settings.save()
		refresh_status.of_all(status.open_orders())  # the job that the settings owe

	return switch


@pytest.fixture
def world():
	return World(4, 2)


def closed_box(world, pick_list, *qtys) -> str:
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for item, qty in zip(world.items, qtys, strict=False):
		if qty:
			api.put_in(key(), box, item, pick_list=pick_list.name, qty=qty)
	api.close_box(key(), box)
	return box


def note_of_list(pick_list):
	name = deliver.make_delivery_note(frappe.get_doc("Pick List", pick_list.name))
	return frappe.get_doc("Delivery Note", name)


def status_of(order) -> str:
	return frappe.db.get_value("Sales Order", order.name, "swf_flow_status")


def note_of(box) -> str | None:
	return frappe.db.get_value("Order Box", box, "delivery_note")


def test_a_note_of_boxes_has_what_lies_in_them(world):
	order, pick_list = world.picked_order()
	boxes = [closed_box(world, pick_list, 3), closed_box(world, pick_list, 1, 1)]
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), boxes))
	sent = {}
	for row in note.items:
		sent[row.item_code] = sent.get(row.item_code, 0) + row.stock_qty
		assert row.against_sales_order == order.name and row.against_pick_list == pick_list.name
	assert sent == dict(zip(world.items, (4, 1), strict=True))
	assert {note_of(box) for box in boxes} == {note.name}
	note.submit()
	assert left_of(world, pick_list) == [0, 1]


def test_boxes_of_several_orders_leave_in_one_note(world):
	orders, boxes = [], []
	for _ in range(2):
		order, pick_list = world.picked_order()
		orders.append(order.name)
		boxes.append(closed_box(world, pick_list, 4, 2))
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), boxes))
	note.submit()
	assert {row.against_sales_order for row in note.items} == set(orders)
	assert {frappe.db.get_value("Sales Order", order, "per_delivered") for order in orders} == {100}


def test_an_order_with_a_charge_of_its_own_leaves_in_its_own_box_and_note(world):
	freight = factories.charge("Freight", 12)
	terms = [
		{"additional_discount_percentage": 10, "taxes": [freight]},
		{"taxes": [{**freight, "tax_amount": 8}]},
		{},
		{},
	]
	picked = [world.picked_order(**values) for values in terms]
	first, second = picked[:2]
	box = api.open_box(key(), pick_list=first[1].name)["name"]
	api.put_in(key(), box, world.items[0], pick_list=first[1].name)
	with pytest.raises(frappe.ValidationError, match="a box of its own") as refused:
		api.put_in(key(), box, world.items[0], pick_list=second[1].name)
	assert first[0].name in str(refused.value) and second[0].name in str(refused.value)
	api.close_box(key(), box)

	boxes = [box]
	for _order, pick_list in (second, *picked[2:]):
		other = api.open_box(key(), pick_list=pick_list.name)["name"]
		api.put_in(key(), other, world.items[0], pick_list=pick_list.name)
		api.close_box(key(), other)
		boxes.append(other)
	price = factories.PRICE
	made = api.make_delivery_note(key(), boxes)
	notes = [frappe.db.get_value("Order Box", it, "delivery_note") for it in boxes]
	assert made == notes[0] and notes[2] == notes[3] and len(set(notes)) == 3
	totals = [frappe.db.get_value("Delivery Note", it, "grand_total") for it in notes[:3]]
	assert totals == [(price + 12) * 0.9, price + 8, 2 * price]


def test_what_an_order_charges_once_is_on_one_of_its_notes_and_its_discount_on_all(world):
	terms = {
		"taxes": [factories.charge("Freight", 10)],
		"discount_amount": 60,
		"apply_discount_on": "Net Total",
	}
	_order, pick_list = world.picked_order(**terms)
	totals = []
	for qtys in ((1,), (2, 2), (1,)):
		box = closed_box(world, pick_list, *qtys)
		note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))
		totals.append((note.total, note.total_taxes_and_charges, note.discount_amount))
		note.submit()
	price = factories.PRICE
	assert totals == [(price, 10, 10), (4 * price, 0, 40), (price, 0, 10)]


@pytest.mark.unchecked
def test_what_was_sent_without_its_box_is_on_no_note_of_the_box(world):
	order, pick_list = world.picked_order()
	box = closed_box(world, pick_list, 4, 2)
	frappe.db.set_value("Sales Order Item", order.items[1].name, "delivered_qty", 2)
	with pytest.raises(frappe.ValidationError, match="nothing is left to deliver") as refused:
		api.make_delivery_note(key(), [box])
	assert world.items[1] in str(refused.value) and note_of(box) is None


def test_an_open_box_and_one_of_another_address_do_not_leave(world):
	_order, pick_list = world.picked_order()
	opened = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), opened, world.items[0], pick_list=pick_list.name)
	with pytest.raises(frappe.ValidationError, match="Close it first"):
		api.make_delivery_note(key(), [opened])
	_other, others = world.picked_order(customer=factories.make_customer())
	with pytest.raises(frappe.ValidationError, match="one ship-to"):
		api.make_delivery_note(key(), [closed_box(world, pick_list, 1), closed_box(world, others, 1)])


@pytest.mark.parametrize("end", [frappe.model.document.Document.delete, factories.discarded])
def test_a_box_is_on_one_note_only(world, end):
	_order, pick_list = world.picked_order()
	box = closed_box(world, pick_list, 4)
	note = api.make_delivery_note(key(), [box])
	with pytest.raises(frappe.ValidationError, match=note):
		api.make_delivery_note(key(), [box])
	with pytest.raises(frappe.ValidationError, match=note):
		api.open_again(key(), box, "Wrong item")
	end(frappe.get_doc("Delivery Note", note))
	assert not note_of(box)
	api.open_again(key(), box, "Wrong item")


def test_a_note_made_from_the_list_takes_the_boxes_along(world):
	_order, pick_list = world.picked_order()
	box = closed_box(world, pick_list, 4, 2)
	note = note_of_list(pick_list)
	note.submit()
	assert note_of(box) == note.name
	note.cancel()
	assert not note_of(box)
	assert left_of(world, pick_list) == [0, 0]


@pytest.mark.unchecked
def test_a_note_does_not_take_goods_out_of_a_box_that_stays(world):
	_order, pick_list = world.picked_order()
	box = closed_box(world, pick_list, 3, 2)
	note = note_of_list(pick_list)
	note.items = [row for row in note.items if row.item_code == world.items[0]]
	note.save()
	with pytest.raises(frappe.ValidationError, match=box):
		note.submit()


def test_what_was_not_packed_leaves_beside_the_boxes(world):
	_order, pick_list = world.picked_order()
	box = closed_box(world, pick_list, 3)
	note = note_of_list(pick_list)
	next(row for row in note.items if row.item_code == world.items[0]).qty = 1
	note.save().submit()
	assert not note_of(box)
	assert left_of(world, pick_list) == [0, 0]


def cut_note(world, pick_list, qty):
	"""(box of 3, box of 1, their draft note, whose first item was cut by hand to so much)."""
	boxes = [closed_box(world, pick_list, 3), closed_box(world, pick_list, 1, 1)]
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), boxes))
	next(it for it in note.items if it.item_code == world.items[0]).qty = qty
	return *boxes, note.save()


@pytest.mark.unchecked
def test_a_note_that_was_cut_does_not_take_the_boxes_of_more(world, gate):
	gate("Block")
	_order, pick_list = world.picked_order()
	first, second, note = cut_note(world, pick_list, 3)
	with pytest.raises(frappe.ValidationError, match=f"Row #1: box .*{second}.* holds .*1") as refused:
		note.submit()
	assert first not in str(refused.value)


def test_a_note_that_was_cut_says_so_and_leaves_where_the_gate_warns(world, gate):
	gate("Warn")
	_order, pick_list = world.picked_order()
	_first, second, note = cut_note(world, pick_list, 3)
	frappe.clear_messages()
	note.submit()
	assert second in str(frappe.get_message_log())
	assert findings_of(note) == [("Warn", world.items[0], 1)]


def test_a_box_none_of_whose_rows_are_left_stays_and_is_free(world):
	_order, pick_list = world.picked_order()
	boxes = [closed_box(world, pick_list, 4), closed_box(world, pick_list, 0, 1)]
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), boxes))
	note.items = [it for it in note.items if it.item_code == world.items[1]]
	note.save().submit()
	assert [note_of(box) for box in boxes] == [None, note.name]
	api.open_again(key(), boxes[0], "Wrong item")


@pytest.mark.unchecked
def test_blocked_goods_do_not_leave_unpacked(world, gate):
	gate("Block")
	order, pick_list = world.picked_order()
	closed_box(world, pick_list, 4)
	note = note_of_list(pick_list)
	with pytest.raises(frappe.ValidationError, match=world.items[1]) as refused:
		note.submit()
	assert world.items[0] not in str(refused.value) and order.name in str(refused.value)
	closed_box(world, pick_list, 0, 2)
	note.reload().submit()


@pytest.mark.unchecked
def test_goods_in_an_open_box_are_not_packed(world, gate):
	gate("Block")
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for item, qty in zip(world.items, (4, 2), strict=True):
		api.put_in(key(), box, item, pick_list=pick_list.name, qty=qty)
	with pytest.raises(frappe.ValidationError, match="no closed box"):
		note_of_list(pick_list).submit()


@pytest.mark.unchecked
def test_a_note_made_from_the_order_passes_no_gate_either(world, gate):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	gate("Block")
	order, _pick_list = world.picked_order()
	note = make_delivery_note(order.name).insert()
	with pytest.raises(frappe.ValidationError, match="no closed box"):
		note.submit()


@pytest.mark.unchecked
def test_an_invoice_that_moves_stock_passes_no_gate_either(world, gate):
	from erpnext.selling.doctype.sales_order.sales_order import make_sales_invoice

	gate("Block")
	order, _pick_list = world.picked_order()
	invoice = make_sales_invoice(order.name)
	invoice.update_stock = 1
	invoice.insert()
	with pytest.raises(frappe.ValidationError, match="no closed box"):
		invoice.submit()


def findings_of(note) -> list[tuple]:
	rows = frappe.get_all("Gate Finding", {"document": note.name}, ["mode", "item_code", "qty_stock"])
	return sorted((it.mode, it.item_code, it.qty_stock) for it in rows)


def test_shadow_counts_what_it_would_have_stopped(world, gate):
	gate("Shadow")
	_order, pick_list = world.picked_order()
	closed_box(world, pick_list, 4)
	note = note_of_list(pick_list)
	note.submit()
	assert findings_of(note) == [("Shadow", world.items[1], 2)]


def test_a_warning_lets_them_leave_and_says_so(world, gate):
	gate("Warn")
	_order, pick_list = world.picked_order()
	note = note_of_list(pick_list)
	frappe.clear_messages()
	note.submit()
	assert "no closed box" in str(frappe.get_message_log())
	assert len(findings_of(note)) == 2


def test_a_company_packs_otherwise_than_the_others(world, gate):
	gate("Block", [(factories.company().name, "Off")])
	order, pick_list = world.picked_order()
	assert status_of(order) == "Ready for Dispatch"
	note_of_list(pick_list).submit()


def test_an_order_is_packing_until_all_that_was_picked_is_in_closed_boxes(world, gate):
	gate("Warn")
	order, pick_list = world.picked_order()
	assert status_of(order) == "Packing"
	closed_box(world, pick_list, 4)
	assert status_of(order) == "Packing"
	last = closed_box(world, pick_list, 0, 2)
	assert status_of(order) == "Ready for Dispatch"
	api.open_again(key(), last, "Wrong item")
	assert status_of(order) == "Packing"


def test_without_packing_a_picked_order_is_ready_as_before(world):
	order, _pick_list = world.picked_order()
	assert status_of(order) == "Ready for Dispatch"


def test_erpnext_s_packing_slips_pack_as_well(world, gate):
	gate("Block")
	order, pick_list = world.picked_order()
	note = note_of_list(pick_list)
	slip = frappe.get_doc(
		{
			"doctype": "Packing Slip",
			"delivery_note": note.name,
			"from_case_no": 1,
			"to_case_no": 1,
			"items": [
				{
					"item_code": row.item_code,
					"qty": row.qty,
					"dn_detail": row.name,
					"stock_uom": row.stock_uom,
				}
				for row in note.items
			],
		}
	).insert()
	assert status_of(order) == "Packing"
	slip.submit()
	assert status_of(order) == "Ready for Dispatch"
	note.reload().submit()


def test_a_bundle_leaves_when_its_parts_lie_in_boxes(gate):
	gate("Block")
	world = World(4, 2)
	kit = factories.make_bundle(dict(zip(world.items, (2, 1), strict=True)))
	world.items, world.qtys = [kit], [2]
	_order, pick_list = world.picked_order()
	parts = {row.item_code: row.picked_qty for row in pick_list.locations}
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for item, qty in parts.items():
		api.put_in(key(), box, item, pick_list=pick_list.name, qty=qty)
	api.close_box(key(), box)
	note = frappe.get_doc("Delivery Note", api.make_delivery_note(key(), [box]))
	assert [(row.item_code, row.qty) for row in note.items] == [(kit, 2)]
	note.submit()
	assert note_of(box) == note.name


def test_parts_of_a_bundle_that_make_no_whole_one_do_not_leave():
	world = World(4, 2)
	kit = factories.make_bundle(dict(zip(world.items, (2, 1), strict=True)))
	part = world.items[0]
	world.items, world.qtys = [kit], [2]
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	api.put_in(key(), box, part, pick_list=pick_list.name, qty=2)
	api.close_box(key(), box)
	with pytest.raises(frappe.ValidationError, match="no whole one"):
		api.make_delivery_note(key(), [box])


@pytest.mark.parametrize("lines", [1, 6])
def test_a_scan_takes_as_many_statements_however_long_the_list(lines):
	world = World(*[2] * lines)
	_order, pick_list = world.picked_order()
	box = api.open_box(key(), pick_list=pick_list.name)["name"]
	for item in world.items:
		api.put_in(key(), box, item, pick_list=pick_list.name)
	with factories.counted_statements() as statements:
		api.put_in(key(), box, world.items[0], pick_list=pick_list.name)
	assert len(statements) == 18, statements
