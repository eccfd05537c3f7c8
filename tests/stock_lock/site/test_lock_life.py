"""The life of a lock: it expires by policy, is warned of, extended once, and given to another order."""

from datetime import timedelta

import pytest

import frappe
from frappe.utils import add_days, get_datetime, now_datetime

from sales_wh_flow.audit import api as audit_api
from sales_wh_flow.base.said import word_all, worded
from sales_wh_flow.picking import pick
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import expire, jobs, tell_sellers
from sales_wh_flow.stock_lock.serving import api as serving_api
from sales_wh_flow.stock_lock.serving import serve
from sales_wh_flow.stock_lock.store import reservations, waiting_lines
from tests.factories import (
	acting_as,
	line,
	make_customer,
	make_customer_group,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)

DAY = 86400


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, fulfilment=True)
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	frappe.db.sql("update `tabServing Policy` set enabled = 0")


@pytest.fixture
def told(monkeypatch):
	heard = []
	monkeypatch.setattr(tell_sellers, "notify", lambda *args: heard.append(word_all(list(args))))
	return heard


@pytest.fixture
def locked():
	"""``locked(qty)``: a submitted order that holds all ten of its item, and its item."""

	def make(qty=10, age_days=0, **values):
		item, place = make_item(), values.pop("warehouse", None) or make_warehouse()
		receive(item, qty, place)
		order = make_order(line(item, qty=qty, warehouse=place), submit=True, **values)
		grow_old(order, age_days)
		return order

	return make


def grow_old(order, days):
	frappe.db.sql(
		"""update `tabStock Reservation Entry` set creation = date_sub(creation, interval %s day)
		where voucher_no = %s""",
		(days, order.name),
	)


def policy(**values):
	doc = {"doctype": "Stock Lock Policy", "title": frappe.generate_hash(length=8), "company": "", **values}
	return frappe.get_doc({"customer_group": "", **doc}).insert()


def held(order):
	return sum(lock.qty_stock for lock in reservations.open_of_order(order.name))


def field(order, name):
	return frappe.db.get_value("Sales Order", order.name, name)


def events(order, event):
	return frappe.get_all(
		"Stock Lock Event", {"sales_order": order.name, "event": event}, ["qty_stock", "reason", "actor"]
	)


def test_a_lock_ends_when_it_is_too_old_and_its_demand_waits_again(locked, told):
	policy(expire_after=5 * DAY, rest_for=DAY)
	old, young = locked(age_days=6), locked(age_days=4)
	now = now_datetime()
	assert old.name in expire.orders_to_look_at(now) and young.name not in expire.orders_to_look_at(now)

	assert expire.expire_order(old.name, now).freed_stock == 10
	assert expire.expire_order(young.name, now).freed_stock == 0

	assert (held(old), held(young)) == (0, 10)
	assert field(old, "swf_flow_status") == "Backordered"
	assert abs(field(old, "swf_waits_from") - (now + timedelta(days=1))) < timedelta(seconds=1)
	assert [it.qty_stock for it in waiting_lines.lines_of(old.name)] == [10]
	((_users, order, subject, _text),) = told
	assert order == old.name and "10 locked" in subject and "locked long enough" in subject
	(event,) = events(old, "Expired")
	assert event.qty_stock == -10 and worded(event.reason).startswith(
		"it was locked long enough, by Stock Lock Policy"
	)


def test_run_again_the_job_finds_nothing_to_do(locked):
	policy(expire_after=5 * DAY)
	order = locked(age_days=6)
	now = now_datetime()
	expire.expire_order(order.name, now)

	assert expire.expire_order(order.name, now) == expire.Expiry()
	assert len(events(order, "Expired")) == 1


def test_expired_demand_is_not_served_before_its_rest_is_over(locked):
	policy(expire_after=5 * DAY, rest_for=DAY)
	order = locked(age_days=6)
	expire.expire_order(order.name, now_datetime())

	assert order.name not in {grant.order for grant in serve.plan_serving().plan.grants}
	frappe.db.set_value("Sales Order", order.name, "swf_waits_from", add_days(now_datetime(), -1))
	assert order.name in {grant.order for grant in serve.plan_serving().plan.grants}


def test_demand_is_given_up_where_the_policy_says_so(locked):
	policy(expire_after=5 * DAY, afterwards="Give Up")
	order = locked(age_days=6)

	expire.expire_order(order.name, now_datetime())

	assert waiting_lines.lines_of(order.name) == []
	assert field(order, "swf_waits_from") is None


def test_an_unpaid_order_loses_its_lock_and_a_paid_one_does_not(locked):
	policy(unpaid_after=2 * DAY)
	unpaid, paid = locked(age_days=3), locked(age_days=3)
	frappe.db.set_value("Sales Order", paid.name, "advance_paid", 50)
	now = now_datetime()

	assert expire.expire_order(unpaid.name, now).freed_stock == 10
	assert expire.expire_order(paid.name, now).freed_stock == 0


def test_only_an_order_that_could_be_picked_expires_as_unpicked(locked):
	policy(unpicked_after=2 * DAY)
	whole = locked(age_days=3)
	part = locked(age_days=3)
	frappe.db.set_value("Sales Order", part.name, "swf_flow_status", "Partly Locked")
	now = now_datetime()

	assert expire.expire_order(whole.name, now).freed_stock == 10
	assert expire.expire_order(part.name, now).freed_stock == 0
	frappe.db.set_value("Sales Order", part.name, "swf_flow_status", "Locked")


def test_an_order_on_hold_keeps_its_stock_for_as_long_as_the_policy_says(locked):
	policy(on_hold_after=2 * DAY)
	order = locked(age_days=9)
	now = now_datetime()
	assert expire.expire_order(order.name, now).freed_stock == 0

	frappe.get_doc("Sales Order", order.name).update_status("On Hold")
	since = field(order, "swf_on_hold_since")
	assert abs(since - now) < timedelta(minutes=1)
	assert expire.expire_order(order.name, since + timedelta(days=1)).freed_stock == 0
	assert expire.expire_order(order.name, since + timedelta(days=2)).freed_stock == 10


def test_what_is_on_a_pick_list_or_on_the_draft_of_a_delivery_never_expires(locked):
	from erpnext.selling.doctype.sales_order.sales_order import make_delivery_note

	policy(expire_after=DAY)
	picked, drafted = locked(age_days=6), locked(age_days=6)
	pick.make_lists(frappe.get_doc("Sales Order", picked.name))
	note = make_delivery_note(drafted.name)
	note.items[0].qty = 4
	note.insert()
	now = now_datetime()

	assert expire.expire_order(picked.name, now).freed_stock == 0
	assert expire.expire_order(drafted.name, now).freed_stock == 6
	assert (held(picked), held(drafted)) == (10, 4)


def test_the_narrower_policy_decides_and_order_value_is_a_scope(locked):
	group = make_customer_group()
	policy(expire_after=DAY, value_from=100_000)
	policy(expire_after=20 * DAY, customer_group=group)
	policy(expire_after=5 * DAY)
	now = now_datetime()

	assert expire.expire_order(locked(age_days=6).name, now).freed_stock == 10
	assert (
		expire.expire_order(locked(age_days=6, customer=make_customer(group=group)).name, now).freed_stock
		== 0
	)


def test_the_owner_is_warned_once_before_the_end(locked, told):
	policy(expire_after=5 * DAY, warn_before=2 * DAY, extend_by=3 * DAY, warn_by="To Do")
	order = locked(age_days=4)
	now = now_datetime()
	assert order.name in expire.orders_to_look_at(now)

	assert expire.expire_order(order.name, now).is_warned
	assert not expire.expire_order(order.name, now).is_warned

	((users, _order, subject, text),) = told
	assert users == [order.owner] and "is given back on" in subject and "extend the lock once" in text
	assert frappe.db.count("ToDo", {"reference_name": order.name}) == 1
	assert [it.qty_stock for it in events(order, "Warned")] == [0]


def test_a_lock_is_extended_once_with_a_reason_as_far_as_the_policy_allows(locked, committed):
	policy(expire_after=5 * DAY, extend_by=3 * DAY)
	order = locked(age_days=4)
	seller = make_user("Sales User")
	committed()
	ends = get_datetime(serving_api.lock_life(order.name)["ending"]["ends_on"])
	with acting_as(seller):
		with pytest.raises(frappe.ValidationError, match="Say why"):
			stock_lock_api.extend_locks(order.name, str(ends + timedelta(days=1)), " ")
		with pytest.raises(frappe.ValidationError, match="at the latest"):
			stock_lock_api.extend_locks(order.name, str(ends + timedelta(days=4)), "asked")
		stock_lock_api.extend_locks(order.name, str(ends + timedelta(days=2)), "The customer pays on Friday")
		frappe.db.commit()
		with pytest.raises(frappe.ValidationError, match="one extension"):
			stock_lock_api.extend_locks(order.name, str(ends + timedelta(days=3)), "once more")

	assert expire.expire_order(order.name, ends + timedelta(days=1)).freed_stock == 0
	assert field(order, "swf_lock_extension_reason") == "The customer pays on Friday"
	(event,) = events(order, "Extended")
	assert event.actor == seller and event.qty_stock == 0
	assert expire.expire_order(order.name, ends + timedelta(days=2)).freed_stock == 10


def test_who_may_not_write_the_order_may_not_extend_its_locks(locked):
	order = locked()
	with acting_as(make_user("Stock User")), pytest.raises(frappe.PermissionError):
		stock_lock_api.extend_locks(order.name, str(now_datetime()), "please")


def test_the_job_ends_what_is_over_and_a_broken_order_keeps_nobody_from_it(locked, committed, monkeypatch):
	made = policy(expire_after=5 * DAY)
	bad, good = locked(age_days=6), locked(age_days=6)
	committed()
	real = expire.expire_order

	def fails(name, now):
		if name == bad.name:
			raise frappe.ValidationError("broken")
		return real(name, now)

	monkeypatch.setattr(expire, "expire_order", fails)
	freed = jobs.expire_locks()
	monkeypatch.undo()
	assert freed.get(good.name) == 10 and bad.name not in freed
	assert jobs.expire_locks().get(bad.name) == 10
	made.db_set("enabled", 0)
	frappe.db.commit()


def test_without_a_policy_nothing_expires(locked):
	order = locked(age_days=999)

	assert expire.orders_to_look_at(now_datetime()) == []
	assert expire.expire_order(order.name, now_datetime()) == expire.Expiry()


@pytest.mark.parametrize(
	("values", "says"),
	[
		({}, "Say when a lock ends"),
		({"expire_after": DAY, "value_from": 5, "value_to": 4}, "no order would match"),
		({"expire_after": DAY, "warn_before": DAY}, "before the stock is locked"),
	],
)
def test_a_policy_that_could_never_work_is_refused(values, says):
	with pytest.raises(frappe.ValidationError, match=says):
		policy(**values)


# by hand


def test_stock_is_given_to_an_order_that_waits_for_it(locked, committed, told):
	giver = locked()
	row = giver.items[0]
	receiver = make_order(line(row.item_code, qty=4, warehouse=row.warehouse), submit=True)
	manager = make_user("Stock Manager", "Sales User")
	committed()

	with acting_as(manager):
		receivers = serving_api.lock_life(giver.name)["receivers"]
		given = serving_api.give_locks(giver.name, receiver.name, "The hospital needs it today")
	frappe.db.commit()

	assert [(it["sales_order"], it["qty"]) for it in receivers] == [(receiver.name, 4)]
	assert given == 4 and (held(giver), held(receiver)) == (6, 4)
	(event,) = events(giver, "Given")
	assert (
		event.qty_stock == -4
		and "The hospital needs it today" in worded(event.reason)
		and event.actor == manager
	)
	assert "given by" in worded(events(receiver, "Locked")[0].reason)
	assert [field(it, "swf_flow_status") for it in (giver, receiver)] == ["Partly Locked", "Locked"]
	assert {order for _users, order, *_rest in told} <= {giver.name, receiver.name}


def test_no_more_is_given_than_was_said(locked, committed):
	giver = locked()
	row = giver.items[0]
	receiver = make_order(line(row.item_code, qty=8, warehouse=row.warehouse), submit=True)
	committed()

	assert serving_api.give_locks(giver.name, receiver.name, "half", {row.name: 3}) == 3
	frappe.db.commit()


def test_what_is_picked_is_not_given(locked, committed):
	giver = locked()
	row = giver.items[0]
	receiver = make_order(line(row.item_code, qty=4, warehouse=row.warehouse), submit=True)
	pick.make_lists(frappe.get_doc("Sales Order", giver.name))
	committed()

	with pytest.raises(frappe.ValidationError, match="neither picked"):
		serving_api.give_locks(giver.name, receiver.name, "please")
	with pytest.raises(frappe.ValidationError, match="Say why"):
		serving_api.give_locks(giver.name, receiver.name, "")


def test_only_stock_managers_give_plan_apply_and_mend(locked):
	order = locked()
	with acting_as(make_user("Sales Manager", "Stock User", "Sales User")):
		for refused in (
			lambda: serving_api.give_locks(order.name, order.name, "mine"),
			serving_api.plan_serving,
			lambda: serving_api.apply_serving("x"),
			audit_api.mend_locks,
		):
			with pytest.raises(frappe.PermissionError):
				refused()
		assert serving_api.lock_life(order.name)["receivers"] == []


def test_who_may_not_read_the_order_learns_nothing_of_its_life(locked):
	order = locked()
	with acting_as(make_user("HR User")), pytest.raises(frappe.PermissionError):
		serving_api.lock_life(order.name)


def test_a_plan_is_shown_before_it_is_applied_and_applied_as_shown(committed):
	item, place = make_item(), make_warehouse()
	first, second = (make_order(line(item, qty=5, warehouse=place), submit=True) for _ in range(2))
	receive(item, 7, place)
	committed()

	shown = serving_api.plan_serving()
	rows = {it["sales_order"]: (it["gets"], it["left"]) for it in shown["rows"]}
	assert (rows[first.name], rows[second.name]) == ((5, 0), (2, 3))
	assert held(first) == 0, "a dry run changes nothing"
	with pytest.raises(frappe.ValidationError, match="Look at the new plan"):
		serving_api.apply_serving("another plan")

	done = serving_api.apply_serving(serving_api.plan_serving()["digest"])
	assert done["orders"] >= 2
	assert (held(first), held(second)) == (5, 2)


def test_the_repair_says_what_it_mended_and_what_is_left(locked, committed):
	order = locked()
	row = order.items[0]
	where = {"item_code": row.item_code, "warehouse": row.warehouse}
	frappe.db.set_value("Bin", where, "reserved_stock", 3)
	committed()
	assert any(it["item_code"] == row.item_code for it in audit_api.check_locks())

	said = audit_api.mend_locks()

	assert any(row.item_code in sentence and "said 3 locked" in sentence for sentence in said["mended"])
	assert not [it for it in said["left"] if it["item_code"] == row.item_code]
	assert frappe.db.get_value("Bin", where, "reserved_stock") == 10
