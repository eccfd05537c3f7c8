"""The queue is emptied between the commit and the job: what was owed is done by the sweep, once."""

from unittest.mock import patch

import pytest

import frappe

from sales_wh_flow.base import background, jobs, notify, owed_work
from sales_wh_flow.picking import api as picking_api
from sales_wh_flow.shortage import by_policy
from tests.factories import (
	acting_as,
	line,
	make_order,
	make_user,
	make_warehouse,
	make_warehouses,
	no_redis,
	stocked,
	stocked_in,
	unique,
)

NOTICE = "sales_wh_flow.base.notify.write_logs"
TRANSFERS = "sales_wh_flow.reroute.jobs.request_transfers"


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)
	frappe.db.sql("delete from `tabOwed Work`")


@pytest.fixture
def lost(committed, monkeypatch):
	"""``lost()``: commit, and lose every job that was asked for; it is later now."""

	def lose():
		with patch.object(frappe, "enqueue", no_redis):
			committed()
		grow_old()

	return lose


def grow_old():
	frappe.db.sql("update `tabOwed Work` set modified = modified - interval 3 minute")
	frappe.db.commit()


def owed():
	return frappe.get_all("Owed Work", pluck="method")


def test_a_material_request_that_a_policy_owes_is_made_once(lost, committed):
	warehouse = make_warehouse()
	order = make_order(line(stocked(3, warehouse), qty=8, warehouse=warehouse), submit=True)
	settings = frappe.get_doc("Sales Flow Settings")
	settings.set("shortage_policies", [{"action": "Material Request"}])
	settings.save()
	by_policy.look_by_policy_soon(order)
	by_policy.look_by_policy_soon(order)
	lost()
	assert owed() == ["sales_wh_flow.shortage.jobs.act_on_shortage"]

	assert len(jobs.do_what_is_owed()) == 1
	assert jobs.do_what_is_owed() == []
	settings.reload().set("shortage_policies", [])
	settings.save()
	committed()

	rows = frappe.get_all("Material Request Item", {"sales_order": order.name}, ["qty"])
	assert [row.qty for row in rows] == [5]
	assert owed() == []


def test_a_picker_s_missing_goods_are_served_from_elsewhere_in_his_name(lost, switches):
	here, there = make_warehouses(2)
	item = stocked_in((6, here), (9, there))
	order = make_order(line(item, qty=6, warehouse=here), submit=True)
	switches(stock_lock=True, fulfilment=True, serve_short_picks="1")
	picker = make_user("Stock User")
	frappe.db.commit()
	with acting_as(picker), patch.object(frappe, "enqueue", no_redis):
		(name,) = picking_api.make_pick_lists(order.name)
		frappe.db.commit()
		picking_api.short_pick(name, frappe.get_doc("Pick List", name).locations[0].name, 4, "damaged")
		frappe.db.commit()
	assert frappe.get_all("Owed Work", pluck="owner") == [picker]
	switches(stock_lock=True, fulfilment=True, serve_short_picks="0")
	lost()

	jobs.do_what_is_owed()

	rows = [(it.warehouse, it.qty) for it in frappe.get_doc("Sales Order", order.name).items]
	assert rows == [(here, 4), (there, 2)]
	assert frappe.session.user == "Administrator"


def test_a_message_comes_late_and_once(lost):
	order, subject = make_order(line()), unique("Subject")
	notify.notify([make_user("Sales User")], order.name, subject)
	lost()
	assert owed() == [NOTICE]

	jobs.do_what_is_owed()
	jobs.do_what_is_owed()

	assert frappe.db.count("Notification Log", {"subject": subject}) == 1


def test_a_site_that_waits_for_its_migration_wears_nothing_out(lost):
	notify.notify([make_user("Sales User")], make_order(line()).name, unique("Subject"))
	lost()
	frappe.db.delete("Custom Field", {"dt": "Batch", "fieldname": "swf_quality_hold"})

	assert jobs.do_what_is_owed() == []
	assert frappe.get_all("Owed Work", pluck="attempts") == [0]

	frappe.db.rollback()  # migrated: nothing is missing any more
	assert len(jobs.do_what_is_owed()) == 1


def test_the_job_strikes_out_what_it_does_and_the_sweep_leaves_it_a_while(committed):
	order, subject = make_order(line()), unique("Subject")
	asked = []
	with patch.object(frappe, "enqueue", lambda method, **values: asked.append((method, values))):
		notify.notify([make_user("Sales User")], order.name, subject)
		committed()
	assert jobs.do_what_is_owed() == [], "the job comes first"
	((method, values),) = [one for one in asked if "log" in one[1]]

	for _time in range(2):
		frappe.get_attr(method)(owed=values["owed"])
		frappe.db.commit()

	assert NOTICE not in owed()
	assert frappe.db.count("Notification Log", {"subject": subject}) == 1


def test_what_is_undone_owes_nothing():
	notify.notify([make_user("Sales User")], "SAL-ORD-1", "never")
	assert owed() == [NOTICE]
	frappe.db.rollback()
	assert NOTICE not in owed()


def test_work_asked_for_again_while_it_is_done_is_done_again(committed):
	background.owe(TRANSFERS, job_id="again", sales_order="x")
	begun = owed_work.take_owed("again")
	frappe.db.sql("update `tabOwed Work` set modified = modified + interval 1 second")
	assert not owed_work.strike_out(begun)
	assert owed() == [TRANSFERS]


def test_what_is_asked_for_while_its_job_runs_is_asked_of_another_worker_at_once(committed, monkeypatch):
	background.owe(TRANSFERS, job_id="overtaken", sales_order="x")

	def asked_for_again(**_values):
		frappe.db.sql("update `tabOwed Work` set modified = modified + interval 1 second")

	monkeypatch.setattr(frappe, "get_attr", lambda _path: asked_for_again)
	asked = []
	with patch.object(frappe, "enqueue", lambda method, **values: asked.append((method, values["owed"]))):
		jobs.do_owed("overtaken")
		frappe.db.commit()

	assert asked[-1] == ("sales_wh_flow.base.jobs.do_owed", "overtaken")
	assert owed() == [TRANSFERS]


def test_hopeless_work_ends_and_the_log_says_why(lost):
	background.owe(TRANSFERS, job_id=unique("job"), sales_order="no such order")
	(name,) = frappe.get_all("Owed Work", pluck="name")
	lost()
	for _time in range(owed_work.MOST_ATTEMPTS + 1):
		assert jobs.do_what_is_owed() == []
	assert frappe.db.get_value("Owed Work", name, "attempts") == owed_work.MOST_ATTEMPTS
	assert frappe.db.count("Error Log", {"method": ("like", f"%{name}%")}) == owed_work.MOST_ATTEMPTS
	frappe.db.delete("Owed Work", {"name": name})
	frappe.db.commit()


def test_no_row_of_the_table_runs_what_the_app_does_not_owe():
	background.owe(TRANSFERS, job_id="forged", sales_order="x")
	frappe.db.set_value("Owed Work", "forged", "method", "frappe.core.doctype.user.user.sign_up")
	with pytest.raises(frappe.PermissionError):
		jobs.do_owed("forged")
	with pytest.raises(frappe.PermissionError):
		background.owe("frappe.core.doctype.user.user.sign_up")


def test_nobody_writes_down_work_by_hand():
	with acting_as(make_user("System Manager", "Stock Manager")):
		assert not any(frappe.has_permission("Owed Work", right) for right in ("create", "write", "delete"))


def test_a_full_queue_keeps_no_order_from_its_stock(monkeypatch, switches, place):
	"""Frappe refuses whoever asks for a job while too many wait; the sweeps do what was not taken."""
	switches(stock_lock=True)
	item = stocked(5, place)
	frappe.clear_messages()
	monkeypatch.setitem(frappe.local.conf, "max_queued_jobs", -1_000_000)

	order = make_order(line(item, qty=2), warehouse=place, submit=True)
	order.cancel()
	background.now("frappe.ping")

	assert order.docstatus == 2
	assert not [it for it in frappe.get_message_log() if "queued" in str(it)]
