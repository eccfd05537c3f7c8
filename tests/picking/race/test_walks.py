"""Two pickers at one shelf: none walks for what the other walks for, and each scan counts once."""

import pytest

import frappe
from frappe.utils.background_jobs import get_queue

from sales_wh_flow.order import jobs as order_jobs
from sales_wh_flow.picking import api
from sales_wh_flow.picking.put_away import api as put_away
from tests import factories
from tests.picking.race import walking
from tests.picking.site.test_walk import key
from tests.racing.harness import call_of
from tests.racing.world import all_done, is_refusal, stocked_items, warehouse


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


@pytest.fixture
def two_lists(site):
	"""(an order whose goods lie in two warehouses, its two draft lists): committed."""
	places = [factories.make_warehouse() for _ in range(2)]
	item = factories.stocked(9, *places)
	order = factories.make_order(*(factories.line(item, qty=3, warehouse=it) for it in places)).submit()
	frappe.db.commit()
	names = api.make_pick_lists(order.name)
	frappe.db.commit()
	return order.name, names


def test_two_lists_of_an_order_that_are_submitted_at_once_are_both_counted(two_lists, race, round):
	"""ERPNext counts what is picked from what it read before; of two at once one was forgotten."""
	order, names = two_lists
	outcomes = race(*(call_of(walking.submit, name) for name in names))
	all_done(outcomes)
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "per_picked") == 100
	picked = frappe.get_all("Sales Order Item", {"parent": order}, pluck="picked_qty")
	assert picked == [3, 3]


def asked_about(order) -> list:
	"""The jobs that wait for a worker with something about the order's status to look at."""
	waiting = [job for queue in ("short", "default", "long") for job in get_queue(queue).jobs]
	mine = [job for job in waiting if job.kwargs["method"] == "sales_wh_flow.order.jobs.follow_statuses"]
	return [job for job in mine if order in job.kwargs["kwargs"]["orders"]]


def test_an_order_whose_lists_are_submitted_at_once_is_ready_for_dispatch(two_lists, race):
	order, (first, second) = two_lists
	all_done(race(call_of(walking.submit_slowly, first), call_of(walking.submit, second)))
	for job in asked_about(order):
		order_jobs.follow_statuses(**job.kwargs["kwargs"])
		job.delete()
	frappe.db.rollback()
	assert frappe.db.get_value("Sales Order", order, "swf_flow_status") == "Ready for Dispatch"


def test_nobody_looks_twice_at_an_order_with_one_list(to_pick):
	name, _item = to_pick
	order = frappe.get_doc("Pick List", name).submit().locations[0].sales_order
	frappe.db.commit()
	assert frappe.db.get_value("Sales Order", order, "swf_flow_status") == "Ready for Dispatch"
	assert not asked_about(order)
