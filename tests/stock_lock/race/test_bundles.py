"""Product bundles and orders for their components share the same stock."""

import pytest

import frappe

from tests import factories
from tests.racing import drafts, world
from tests.racing.harness import call


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


def make_kit(parts):
	kit = factories.make_item(is_stock_item=0)
	rows = [{"item_code": item, "qty": qty} for item, qty in parts.items()]
	frappe.get_doc({"doctype": "Product Bundle", "new_item_code": kit, "items": rows}).insert()
	frappe.db.commit()
	return kit


def test_kits_and_orders_for_their_parts_never_lock_a_unit_twice(race, round):
	pump, hose = world.stocked_items(2, 6)
	kit = make_kit({pump: 1, hose: 2})
	kits = [world.draft_order({kit: 2}) for _ in range(2)]
	part = world.draft_order({hose: 3})

	outcomes = race(*(call("submit", "Sales Order", order, start_within_s=0.05) for order in (*kits, part)))

	world.all_done(outcomes)
	for item in (pump, hose):
		stock = world.stock_of(item)
		assert stock.locked == stock.written <= 6
	pumps, hoses = world.locked_by(pump), world.locked_by(hose)
	for order in kits:
		assert hoses.get(order, 0) == 2 * pumps.get(order, 0)
	assert hoses.get(part, 0) + 2 * sum(pumps.values()) >= 5  # what is left over completes no kit


def test_a_delivery_of_a_kit_against_a_free_delivery_of_its_part(race, round):
	pump, hose = world.stocked_items(2, 4)
	order = world.draft_order({make_kit({pump: 1, hose: 2}): 2})
	world.submit(order)
	kit_note, free_note = drafts.draft_delivery_of(order), drafts.draft_delivery(hose, 1)

	shipped, taken = race(
		call("submit", "Delivery Note", kit_note, start_within_s=0.05),
		call("submit", "Delivery Note", free_note, start_within_s=0.05),
	)

	world.all_done([shipped])
	assert not taken.is_done
	assert world.is_refusal(taken), taken.text
	stock = world.stock_of(hose)
	assert (stock.on_hand, stock.ledger, stock.locked, stock.written) == (0, 0, 0, 0)
