"""Waiting demand is served by the Serving Policy: who gets what, who gives, and who is told."""

import pytest

import frappe
from frappe.utils import add_days, now_datetime, nowdate

from sales_wh_flow.base.said import word_all, worded
from sales_wh_flow.stock_lock import tell_sellers
from sales_wh_flow.stock_lock.serving import jobs, serve
from sales_wh_flow.stock_lock.store import cuts, picked_or_leaving, reservations, waiting_lines
from tests.factories import (
	acting_as,
	counted_statements,
	line,
	make_customer,
	make_customer_group,
	make_item,
	make_items,
	make_order,
	make_user,
	receive,
)


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, serving="By Itself", tell_sellers="1", waiting_batch=200)
	frappe.db.sql("update `tabServing Policy` set enabled = 0")
	frappe.flags.began = now_datetime()


def held(order, item=None):
	return sum(
		lock.qty_stock
		for lock in reservations.open_of_order(order.name)
		if item is None or lock.item_code == item
	)


def of_group(group, item, qty, place, **values):
	return make_order(
		line(item, qty=qty, warehouse=place), customer=make_customer(group=group), submit=True, **values
	)


def run():
	"""One pass of the job inside the test's transaction. Returns {order of the test: quantity}."""
	got = {}
	for share in serve.shares(serve.plan_serving().plan):
		got.update(serve.carry_out(share).got)
	mine = frappe.get_all("Sales Order", {"creation": (">=", frappe.flags.began)}, pluck="name")
	return {name: qty for name, qty in got.items() if name in mine}


def test_a_must_customer_is_served_before_one_who_was_first(policy, place):
	must, item = make_customer_group(), make_item()
	policy((must, "Must"))
	first = of_group(None, item, 5, place)
	key = of_group(must, item, 5, place)
	receive(item, 7, place)

	got = run()

	assert (got[key.name], got[first.name]) == (5, 2)
	assert frappe.db.get_value("Sales Order", first.name, "swf_flow_status") == "Partly Locked"


def test_a_parent_group_speaks_for_the_groups_below_it(policy, place):
	parent = make_customer_group(is_group=1)
	child, item = make_customer_group(parent=parent), make_item()
	policy((parent, "Give Up"))
	early = of_group(child, item, 5, place)
	late = of_group(None, item, 5, place)
	receive(item, 5, place)

	run()

	assert (held(early), held(late)) == (0, 5)


def test_those_who_share_get_the_same_part(policy, place):
	item = make_item()
	policy((None, "Share"))
	orders = [of_group(None, item, qty, place) for qty in (6, 3)]
	receive(item, 6, place)

	run()

	assert [held(order) for order in orders] == [4, 2]


def test_a_ship_complete_order_leaves_alone_what_completes_nothing(policy, place):
	group, (item, other) = make_customer_group(), make_items(2)
	policy((group, "Keep", 0, "Full order only"))
	whole = make_order(
		line(item, qty=5, warehouse=place),
		line(other, qty=5, warehouse=place),
		customer=make_customer(group=group),
		submit=True,
	)
	later = of_group(None, item, 5, place)
	receive(item, 5, place)
	run()
	assert (held(whole), held(later)) == (0, 5)

	receive(item, 5, place)
	receive(other, 5, place)
	run()

	assert (held(whole, item), held(whole, other)) == (5, 5)


def test_a_ship_complete_customer_locks_nothing_at_submit_before_all_is_there(policy, place):
	group, item = make_customer_group(), make_item()
	policy((group, "Keep", 0, "Full order only"))
	receive(item, 3, place)

	assert held(of_group(group, item, 5, place)) == 0
	assert held(of_group(None, item, 5, place)) == 3


def test_must_takes_from_give_up_by_policy_with_events_on_both_sides(policy, place):
	must, low, item = make_customer_group(), make_customer_group(), make_item()
	policy((must, "Must"), (low, "Give Up"), must_takes_from="Give Up")
	receive(item, 10, place)
	donor = of_group(low, item, 10, place)
	taker = of_group(must, item, 4, place)

	assert run() == {taker.name: 4}

	assert (held(donor), held(taker)) == (6, 4)
	events = frappe.get_all(
		"Stock Lock Event",
		{"item_code": item, "event": "Given"},
		["sales_order", "qty_stock", "reason"],
	)
	assert [(it.sales_order, it.qty_stock) for it in events] == [(donor.name, -4)]
	assert taker.name in worded(events[0].reason)
	bin_row = frappe.db.get_value("Bin", {"item_code": item, "warehouse": place}, "reserved_stock")
	assert bin_row == 10
	assert frappe.db.get_value("Sales Order", donor.name, "swf_flow_status") == "Partly Locked"
	assert [it.qty_stock for it in waiting_lines.lines_of(donor.name)] == [4]


def test_what_is_picked_is_never_taken(policy, place, switches):
	switches(stock_lock=True, fulfilment=True)
	must, low, item = make_customer_group(), make_customer_group(), make_item()
	policy((must, "Must"), (low, "Give Up"), must_takes_from="Give Up")
	receive(item, 10, place)
	donor = of_group(low, item, 10, place)
	from sales_wh_flow.picking import pick

	pick.make_lists(frappe.get_doc("Sales Order", donor.name))
	of_group(must, item, 4, place)

	assert run() == {}
	assert held(donor) == 10
	assert picked_or_leaving.untouched_locks(orders=[donor.name]) == []


def test_nobody_takes_where_the_policy_does_not_say_so(policy, place):
	must, low, item = make_customer_group(), make_customer_group(), make_item()
	policy((must, "Must"), (low, "Give Up"))
	receive(item, 10, place)
	donor = of_group(low, item, 10, place)
	of_group(must, item, 4, place)

	assert run() == {}
	assert held(donor) == 10


def test_batches_and_serial_numbers_are_served_in_bulk_too(place):
	code = frappe.generate_hash(length=8).upper()
	batched = make_item(has_batch_no=1, create_new_batch=1, batch_number_series=f"B{code}-.###")
	serial = make_item(has_serial_no=1, serial_no_series=f"S{code}-.####")
	order = make_order(
		line(batched, qty=3, warehouse=place), line(serial, qty=2, warehouse=place), submit=True
	)
	receive(batched, 5, place)
	receive(serial, 5, place)

	assert run() == {order.name: 5}
	entries = frappe.get_all(
		"Serial and Batch Entry",
		{"parent": ("in", [lock.name for lock in reservations.open_of_order(order.name)])},
		["batch_no", "serial_no", "qty"],
	)
	assert sorted(it.qty for it in entries) == [1, 1, 3]
	assert sum(bool(it.serial_no) for it in entries) == 2


def test_boxes_are_served_whole(place):
	box = {"uom": "Box", "conversion_factor": 12}
	item = make_item(uoms=[box])
	frappe.db.set_value("UOM", "Box", "must_be_whole_number", 1)
	order = make_order(line(item, qty=2, warehouse=place, **box), submit=True)
	receive(item, 20, place)

	assert run() == {order.name: 12}


def test_an_expired_order_is_not_served_before_its_time_and_then_behind_its_class(place):
	item = make_item()
	gone = of_group(None, item, 5, place)
	stays = make_order(
		line(item, qty=5, warehouse=place, delivery_date=add_days(nowdate(), 60)),
		delivery_date=add_days(nowdate(), 60),
		submit=True,
	)
	frappe.db.set_value("Sales Order", gone.name, "swf_waits_from", add_days(now_datetime(), 1))
	receive(item, 12, place)
	assert run() == {stays.name: 5}

	frappe.db.set_value("Sales Order", gone.name, "swf_waits_from", add_days(now_datetime(), -1))
	assert run() == {gone.name: 5}


def test_statements_do_not_grow_with_the_lines(place):
	run()  # whoever else waits on the site
	counts = []
	for size in (2, 12):
		items = make_items(size)
		for _ in range(3):
			make_order(*(line(item, qty=1, warehouse=place) for item in items), submit=True)
		for item in items:
			receive(item, 3, place)
		(share,) = serve.shares(serve.plan_serving().plan)
		with counted_statements() as statements:
			serve.carry_out(share)
		counts.append(len(statements))
	assert counts[0] == counts[1] <= 20


def test_sellers_are_told_once_a_run_what_their_orders_got(place, monkeypatch):
	told = []
	monkeypatch.setattr(tell_sellers, "notify", lambda *args: told.append(word_all(list(args))))
	item, seller = make_item(), make_user("Sales User")
	with acting_as(seller):
		mine = [of_group(None, item, 2, place) for _ in range(2)]
	others = of_group(None, item, 2, place)

	tell_sellers.what_their_orders_got(
		{mine[0].name: 2, mine[1].name: 1.5, others.name: 2}, {mine[1].name: 3}
	)

	((_users, order, subject, text),) = [it for it in told if it[0] == [seller]]
	assert order == min(mine[0].name, mine[1].name)
	assert "2 of your orders" in subject and "taken from 1" in subject
	assert "1.5 locked" in text and "3 given" in text and others.name not in text


def test_sellers_are_told_only_of_orders_they_may_still_read(place, monkeypatch):
	told = []
	monkeypatch.setattr(tell_sellers, "notify", lambda *args: told.append(word_all(list(args))))
	item, seller, stranger = make_item(), make_user("Sales User"), make_user("Sales User")
	with acting_as(seller):
		mine, handed_over = (of_group(None, item, 2, place) for _ in range(2))
	with acting_as(stranger):
		gone = of_group(None, item, 2, place)
	frappe.get_doc(
		{"doctype": "User Permission", "user": seller, "allow": "Customer", "for_value": mine.customer}
	).insert()
	frappe.get_doc("User", stranger).remove_roles("Sales User")

	tell_sellers.what_their_orders_got(dict.fromkeys((mine.name, handed_over.name, gone.name), 2.0), {})

	((users, order, _subject, text),) = told
	assert (users, order) == ([seller], mine.name)
	assert handed_over.name not in text
	assert not tell_sellers.about_life(stranger, gone.name, "it ended")


def test_sellers_are_not_told_where_the_settings_say_so(place, monkeypatch, switches):
	switches(stock_lock=True, tell_sellers="0")
	monkeypatch.setattr(tell_sellers, "notify", lambda *args: pytest.fail("told"))

	tell_sellers.what_their_orders_got({of_group(None, make_item(), 2, place).name: 2}, {})


def test_the_job_serves_nothing_by_itself_where_somebody_is_to_look_first(place, switches, committed):
	item = make_item()
	order = of_group(None, item, 5, place)
	receive(item, 5, place)
	switches(stock_lock=True, serving="After a Look")
	committed()
	assert jobs.serve_waiting_demand() == {}

	switches(stock_lock=True, serving="By Itself")
	committed()
	assert jobs.serve_waiting_demand()[order.name] == 5


def test_one_bad_order_keeps_nobody_waiting(place, committed, monkeypatch):
	item = make_item()
	bad, good = (of_group(None, item, 5, place) for _ in range(2))
	receive(item, 10, place)
	committed()
	real = serve.carry_out

	def fails(share):
		if bad.name in share.orders:
			raise frappe.ValidationError("broken")
		return real(share)

	monkeypatch.setattr(serve, "carry_out", fails)
	got = jobs.carry_out(serve.plan_serving().plan)

	assert good.name in got.got and bad.name not in got.got
	monkeypatch.undo()
	assert jobs.serve_waiting_demand()[bad.name] == 5


@pytest.mark.unchecked
def test_a_part_of_a_plain_lock_can_be_cut_and_all_of_it_ends_it(place):
	item = make_item()
	receive(item, 10, place)
	order = of_group(None, item, 10, place)
	(lock,) = reservations.open_of_order(order.name)

	assert [it.qty_stock for it in cuts.cut_entries([lock], {lock.name: 4})] == [4]
	(left,) = reservations.open_of_order(order.name)
	assert left.qty_stock == 6
	status = frappe.db.get_value("Stock Reservation Entry", lock.name, "status")
	assert status == "Partially Reserved"

	assert [it.qty_stock for it in cuts.cut_entries([left], {lock.name: 99})] == [6]
	assert reservations.open_of_order(order.name) == []
	assert frappe.db.get_value("Stock Reservation Entry", lock.name, "docstatus") == 2


def test_there_is_one_policy_for_a_company_and_one_row_for_a_group(policy):
	policy()
	with pytest.raises(frappe.ValidationError, match="enabled for"):
		policy()
	group = make_customer_group()
	with pytest.raises(frappe.ValidationError, match="named twice"):
		policy((group, "Must"), (group, "Keep"), enabled=0)


def test_who_is_no_stock_manager_may_not_write_a_policy(policy):
	with acting_as(make_user("Stock User", "Sales Manager")), pytest.raises(frappe.PermissionError):
		policy(enabled=0)
