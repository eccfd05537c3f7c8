"""Whoever waits for a lock has read before: what others committed meanwhile counts all the same."""

import pytest

import frappe

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return

from sales_wh_flow.order_changes import api as changes_api
from sales_wh_flow.order_changes import update_items
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.picking import pick
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.reroute import move
from sales_wh_flow.stock_lock import release
from sales_wh_flow.stock_lock.serving import serve
from tests.racing import drafts, world


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True, post_counts_of_locked_stock="1")


def locked_order(item: str, qty: float = 10):
	"""A submitted order that holds so much, as a form has loaded it."""
	name = world.draft_order({item: qty})
	world.submit(name)
	return frappe.get_doc("Sales Order", name)


def lower_to(order, qty: float) -> None:
	"""What a person does in Update Items."""
	(row,) = order.items
	changed = {
		"docname": row.name,
		"item_code": row.item_code,
		"qty": qty,
		"rate": row.rate,
		"uom": row.uom,
		"conversion_factor": row.conversion_factor,
		"delivery_date": str(row.delivery_date),
	}
	changes_api.update_items("Sales Order", frappe.as_json([changed]), order.name)


def set_status(order, status: str) -> None:
	frappe.get_doc("Sales Order", order.name).update_status(status)
	frappe.db.commit()


def test_a_return_taken_back_gives_up_what_its_order_got_for_it_meanwhile(site):
	(item,) = world.stocked_items(1, 10)
	order = locked_order(item)
	note = frappe.get_doc("Delivery Note", drafts.draft_delivery_of(order.name)).submit()
	back = make_sales_return(note.name)
	back.update({"swf_replace": 1, "set_warehouse": ""})
	back.insert().submit()
	frappe.db.commit()
	back = frappe.get_doc("Delivery Note", back.name)
	frappe.get_all("Stock Reservation Entry", limit=1)

	with world.somebody_else():
		serve.serve_order(order.name)
	back.cancel()
	frappe.db.commit()

	assert world.locked_by(item) == {}


@pytest.mark.parametrize(
	("before", "after", "asked"), [("", "Closed", 0), ("", "On Hold", 0), ("On Hold", "Draft", 10)]
)
def test_what_another_order_asks_stays_asked_while_an_order_is(site, before, after, asked):
	(item,) = world.stocked_items(1, 20)
	order, other = locked_order(item), world.draft_order({item: 5})
	if before:
		set_status(order, before)
	order = frappe.get_doc("Sales Order", order.name)

	with world.somebody_else():
		frappe.get_doc("Sales Order", other).submit()
	order.update_status(after)
	frappe.db.commit()

	assert world.stock_of(item).demand == asked + 5


def submitted_while_waiting(monkeypatch, module, order: str) -> None:
	"""Whoever holds Bins first by this module waits for somebody who submits the order."""
	hold_bins, waited = module.hold_rows.hold_bins, []

	def wait(keys):
		if not waited:
			waited.append(True)
			with world.somebody_else():
				frappe.get_doc("Sales Order", order).submit()
		return hold_bins(keys)

	monkeypatch.setattr(module.hold_rows, "hold_bins", wait)


def test_what_another_order_asks_stays_asked_while_items_are_updated(site, monkeypatch):
	(item,) = world.stocked_items(1, 20)
	order, other = locked_order(item), world.draft_order({item: 5})
	submitted_while_waiting(monkeypatch, update_items, other)

	lower_to(order, 4)

	assert world.stock_of(item).demand == 4 + 5


def test_what_another_order_asks_stays_asked_while_a_line_goes_to_two_warehouses(site, monkeypatch):
	(item,) = world.stocked_items(1, 20)
	order, places = locked_order(item), [world.other_warehouse() for _ in range(2)]
	other = world.draft_order({item: 5}, at=places[1])
	submitted_while_waiting(monkeypatch, move, other)

	moves = [{"row": order.items[0].name, "warehouse": place, "qty": 3} for place in places]
	reroute_api.reroute(order.name, moves, "nearer")

	assert frappe.db.get_value("Bin", {"item_code": item, "warehouse": places[1]}, "reserved_qty") == 3 + 5


def test_an_order_that_is_opened_again_locks_what_it_asks_for_by_now(site):
	(item,) = world.stocked_items(1, 20)
	order = locked_order(item)
	set_status(order, "Closed")
	order = frappe.get_doc("Sales Order", order.name)

	with world.somebody_else():
		lower_to(order, 2)
	order.update_status("Draft")
	frappe.db.commit()

	assert world.locked_by(item) == {order.name: 2}


def test_a_count_takes_nothing_off_a_list_that_was_made_meanwhile(site):
	(item,) = world.stocked_items(1, 10)
	order = locked_order(item)
	count = frappe.get_doc("Stock Reconciliation", drafts.draft_reconciliation(item, 4))
	frappe.get_all("Pick List", limit=1)

	with world.somebody_else():
		picking_api.make_pick_lists(order.name)
	with pytest.raises(frappe.ValidationError, match="Pick List"):
		count.submit()
	frappe.db.rollback()

	assert world.locked_by(item) == {order.name: 10}


def test_a_refusal_takes_nothing_off_a_list_that_was_made_meanwhile(site):
	(item,) = world.stocked_items(1, 10)
	order = locked_order(item)

	with world.somebody_else():
		picking_api.make_pick_lists(order.name)
	release.after_refusal(order)
	frappe.db.commit()

	assert world.locked_by(item) == {order.name: 10}


def test_a_list_names_the_batch_of_what_was_locked_meanwhile(site):
	item = world.stocked_batch_item(10)
	order = locked_order(item)
	release.end_locks(order.name, serve.STOCK_CAME_IN)
	frappe.db.commit()
	order = frappe.get_doc("Sales Order", order.name)
	frappe.get_all("Serial and Batch Entry", limit=1)

	with world.somebody_else():
		serve.serve_order(order.name)
	(name,) = pick.make_lists(order)
	frappe.db.commit()

	(row,) = frappe.get_doc("Pick List", name).locations
	assert (row.batch_no, row.stock_qty) == (world.batches(item)[0], 10)
