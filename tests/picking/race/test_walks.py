"""Two pickers at one shelf: none walks for what the other walks for, and each scan counts once."""

import pytest

import frappe

from sales_wh_flow.picking import api
from sales_wh_flow.picking.put_away import api as put_away
from tests import factories
from tests.picking.race import walking
from tests.picking.site.test_walk import key
from tests.racing.harness import call_of
from tests.racing.world import all_done, is_refusal, look_once_more, stocked_items, warehouse


@pytest.fixture(autouse=True, scope="module")
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def pickers(site):
	made = [factories.make_user("Stock User") for _ in range(2)]
	frappe.db.commit()
	return made


@pytest.fixture
def to_pick(site):
	"""(a draft list of six of an item, the item): committed."""
	(item,) = stocked_items(1, 20)
	order = factories.make_order(factories.line(item, qty=6, warehouse=warehouse())).submit()
	frappe.db.commit()
	(name,) = api.make_pick_lists(order.name)
	frappe.db.commit()
	return name, item


def found(name) -> float:
	frappe.db.rollback()
	return sum(frappe.get_all("Pick List Item", {"parent": name}, pluck="swf_found_qty"))


def keys(count: int) -> list[str]:
	return [key() for _ in range(count)]


def test_of_two_first_scans_one_takes_the_list_and_the_other_is_told_who(to_pick, pickers, race, round):
	name, item = to_pick
	outcomes = race(*(call_of(walking.scan, user, name, item, keys(3)) for user in pickers))
	all_done(outcomes)
	assert sorted(it.result for it in outcomes) == [0, 3]
	assert found(name) == 3
	(winner,) = (user for user, it in zip(pickers, outcomes, strict=True) if it.result)
	assert frappe.db.get_value("Pick List", name, "swf_picker") == winner


def test_one_pickers_two_phones_find_no_more_than_is_asked_for(to_pick, pickers, race, round):
	name, item = to_pick
	outcomes = race(*(call_of(walking.scan, pickers[0], name, item, keys(5)) for _phone in range(2)))
	all_done(outcomes)
	assert sum(it.result for it in outcomes) == found(name) == 6


def test_a_list_that_is_handed_on_takes_scans_of_one_picker_at_a_time(to_pick, pickers, race, round):
	name, item = to_pick
	first, second = pickers
	api.take_list(name, key())
	frappe.db.set_value("Pick List", name, "swf_picker", first)
	frappe.db.commit()
	scanned, handed = race(
		call_of(walking.scan, first, name, item, keys(4), start_within_s=0.05),
		call_of(walking.hand_on, first, name, second, key(), start_within_s=0.1),
	)
	all_done([scanned, handed])
	assert found(name) == scanned.result
	assert frappe.db.get_value("Pick List", name, "swf_picker") == second


def test_what_is_scanned_while_the_list_is_finished_is_on_it_or_refused(to_pick, pickers, race, round):
	name, item = to_pick
	walker = pickers[0]
	frappe.set_user(walker)
	for one in keys(5):
		api.confirm_scan(name, item, one)
	frappe.db.commit()
	frappe.set_user("Administrator")
	scanned, finished = race(
		call_of(walking.scan, walker, name, item, keys(3), start_within_s=0.05),
		call_of(walking.finish, walker, name, key(), start_within_s=0.05),
	)
	all_done([scanned])
	assert finished.is_done or is_refusal(finished), finished.text
	assert found(name) == 5 + scanned.result <= 6
	picked = frappe.get_all("Pick List Item", {"parent": name}, pluck="picked_qty")
	assert sum(picked) == (6 if finished.is_done else 0)


def test_two_people_bring_the_same_goods_back_once(to_pick, pickers, race, round):
	name, item = to_pick
	api.confirm_scan(name, item, key())
	frappe.delete_doc("Pick List", name)
	frappe.db.commit()
	(task,) = (one["task"] for one in put_away.to_put_away() if one["item_code"] == item)
	outcomes = race(*(call_of(walking.bring_back, user, task, key()) for user in pickers))
	assert sum(it.is_done for it in outcomes) == 1, [it.text for it in outcomes]
	assert all(it.is_done or is_refusal(it) for it in outcomes), [it.text for it in outcomes]


def test_two_lists_of_an_order_that_are_submitted_at_once_are_both_counted(race, round):
	"""ERPNext counts what is picked from what it read before; of two at once one was forgotten."""
	places = [factories.make_warehouse() for _ in range(2)]
	item = factories.stocked(9, *places)
	rows = [factories.line(item, qty=3, warehouse=place) for place in places]
	order = factories.make_order(*rows).submit()
	frappe.db.commit()
	names = api.make_pick_lists(order.name)
	frappe.db.commit()
	outcomes = race(*(call_of(walking.submit, name) for name in names))
	all_done(outcomes)
	look_once_more(order.name)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order.name, "per_picked") == 100
	picked = frappe.get_all("Sales Order Item", {"parent": order.name}, pluck="picked_qty")
	assert picked == [3, 3]
