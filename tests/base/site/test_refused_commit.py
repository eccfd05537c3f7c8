"""A cluster refuses at COMMIT what another node was quicker with: tried again whole, and told once."""

from collections.abc import Callable

import pytest

import frappe

from sales_wh_flow import entrances
from sales_wh_flow.approval import mail
from sales_wh_flow.base import retry, retry_each
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from tests import factories as make
from tests.factories import (
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
	stocked,
)

DEADLOCK = (1213, "WSREP detected deadlock/conflict and aborted the transaction")


@pytest.fixture(autouse=True)
def lock_is_on(switches, monkeypatch):
	switches(stock_lock=True)
	monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)


@pytest.fixture
def refuse(monkeypatch) -> Callable[[int], list]:
	"""``refuse(times)``: the server undoes what the next so many COMMITs were to keep, and says so."""
	native, left = frappe.db.sql, []

	def sql(query, *args, **kwargs):
		if left and query == "commit":
			left.pop()
			native("rollback")
			raise frappe.QueryDeadlockError(*DEADLOCK)
		return native(query, *args, **kwargs)

	def refuse(times):
		frappe.db.commit()  # what is refused is of the entrance alone
		left.extend([True] * times)
		return left

	monkeypatch.setattr(frappe.db, "sql", sql)
	return refuse


@pytest.fixture
def order(committed):
	warehouse = make_warehouse()
	doc = make_order(line(stocked(10, warehouse), qty=4, warehouse=warehouse))
	committed()
	return doc


def locked(order):
	frappe.db.rollback()
	filters = {"voucher_no": order.name, "docstatus": 1}
	return sum(frappe.get_all("Stock Reservation Entry", filters, pluck="reserved_qty"))


def docstatus(order):
	frappe.db.rollback()
	return frappe.db.get_value("Sales Order", order.name, "docstatus")


ENTRANCES = {
	"the form": lambda order: entrances.savedocs(frappe.as_json(order.as_dict()), "Submit"),
	"a client": lambda order: entrances.submit(frappe.as_json(order.as_dict())),
	"a button": lambda order: entrances.run_doc_method("submit", dt="Sales Order", dn=order.name),
}


@pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=ENTRANCES)
def test_an_order_whose_commit_is_refused_is_submitted_by_the_next_attempt(
	order, refuse, entrance, monkeypatch
):
	monkeypatch.setattr(frappe.local, "request", frappe._dict(method="POST"), raising=False)
	left = refuse(2)
	entrance(order)
	assert (left, docstatus(order), locked(order)) == ([], 1, 4)


def test_what_comes_after_the_commit_comes_once(order, refuse, monkeypatch):
	told, native = [], frappe.publish_realtime
	monkeypatch.setattr(frappe, "enqueue", lambda method, **values: None)

	def listen(event=None, *args, **values):
		if event == "swf_flow_status":
			frappe.db.after_commit.add(lambda: told.append(values["docname"]))
		return native(event, *args, **values)

	monkeypatch.setattr(frappe, "publish_realtime", listen)
	refuse(2)
	entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")
	frappe.db.commit()
	assert told.count(order.name) == len(told) > 0
	before = len(told)
	frappe.db.commit()
	assert len(told) == before
	assert len(frappe.response.docs) == 1


def test_what_fails_after_the_commit_is_not_done_again(order, monkeypatch):
	done = []

	def work():
		done.append(True)
		frappe.db.after_commit.add(fail)

	def fail():
		raise frappe.QueryDeadlockError(*DEADLOCK)

	with pytest.raises(frappe.QueryDeadlockError):
		retry.from_a_fresh_transaction(work)
	assert done == [True]


def test_after_so_many_refused_commits_nothing_is_kept_and_the_caller_hears_it(order, refuse):
	refuse(retry.ATTEMPTS)
	with pytest.raises(frappe.QueryDeadlockError):
		entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")
	assert (docstatus(order), locked(order)) == (0, 0)


def test_an_endpoint_of_the_app_is_tried_again_too(order, committed, refuse):
	order.submit()
	committed()
	left = refuse(1)
	assert stock_lock_api.release_locks(order.name, "broken") == 4
	assert (left, locked(order)) == ([], 0)


def test_a_request_that_only_reads_commits_nothing(order, monkeypatch):
	monkeypatch.setattr(frappe.local, "request", frappe._dict(method="GET"), raising=False)
	order.reload().submit()
	retry.again_if_refused(lambda: None)
	assert docstatus(order) == 0


def test_one_refused_commit_ends_no_sweep(committed, refuse):
	refuse(2 * retry.ATTEMPTS)  # those of the first thing, and of the log about it
	seen = retry_each.each_alone([("first",), ("second",)], lambda name: name, "{0} failed")
	assert [made for _thing, made in seen] == [None, "second"]


def test_a_sweep_tries_a_refused_commit_again(committed, refuse):
	left = refuse(retry.ATTEMPTS - 1)
	seen = retry_each.each_alone([("first",), ("second",)], lambda name: name, "{0} failed")
	assert [made for _thing, made in seen] == ["first", "second"]
	assert left == []


def test_waiting_demand_is_served_although_the_commit_was_refused(committed, refuse):
	item, warehouse = make_item(), make_warehouse()
	order = make_order(line(item, qty=4, warehouse=warehouse), submit=True)
	receive(item, 10, warehouse)
	committed()
	left = refuse(2)
	serving_jobs.serve_waiting_demand()
	assert (left, locked(order)) == ([], 4)


def test_a_deadlock_while_mailing_is_tried_again_not_hidden_by_a_lost_savepoint(order, monkeypatch):
	def deadlock(*_args):
		frappe.db.sql("rollback")  # as the server does it: savepoints are gone
		raise frappe.QueryDeadlockError(*DEADLOCK)

	monkeypatch.setattr(mail, "_worded", lambda request: request)
	monkeypatch.setattr(mail, "_send", deadlock)
	with pytest.raises(frappe.QueryDeadlockError) as refusal:
		mail.send(order, frappe._dict(name="x"), [make.make_user("Sales User")])
	assert retry.is_worth_retrying(refusal.value)
