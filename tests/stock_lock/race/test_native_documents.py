"""ERPNext's own documents rewrite Bins while stock is being locked: what is locked stays written."""

import pytest

from tests.racing import drafts, world
from tests.racing.harness import call

pytestmark = pytest.mark.race_for_stock


@pytest.fixture(autouse=True, scope="module")
def lock_is_on(switches):
	switches(stock_lock=True)


OTHERS = {
	"Purchase Order": lambda items: drafts.draft_purchase_order(items),
	"Material Request": lambda items: drafts.draft_material_request(items),
	"Sales Order": lambda items: world.draft_order(dict.fromkeys(items, 5), lock=0),
}


@pytest.mark.parametrize("doctype", OTHERS)
@pytest.mark.parametrize("action", ["submit", "submit_and_cancel"])
def test_what_is_locked_stays_written_while_another_document_writes_the_bin(race, round, doctype, action):
	items = world.stocked_items(2, 10)
	orders = [world.draft_order(dict.fromkeys(world.shuffled(items), 4)) for _ in range(2)]
	others = [OTHERS[doctype](items) for _ in range(2)]

	outcomes = race(
		*(call("submit", "Sales Order", order, start_within_s=0.05) for order in orders),
		*(call(action, doctype, other, start_within_s=0.05) for other in others),
	)

	world.all_done(outcomes)
	extra = 10 if (doctype, action) == ("Sales Order", "submit") else 0
	for item in items:
		stock = world.stock_of(item)
		assert (stock.locked, stock.written) == (8, 8)
		assert stock.demand == 8 + extra


def test_an_order_makes_its_bin_while_a_purchase_order_makes_the_same(race, round):
	items = world.stocked_items(3, 0)
	order, other = world.draft_order(dict.fromkeys(items, 4)), drafts.draft_purchase_order(items)

	locker, _buyer = race(call("submit", "Sales Order", order), call("submit", "Purchase Order", other))

	world.all_done([locker])
	for item in items:
		assert world.count_bins(item) == 1
		assert world.stock_of(item).demand == 4
