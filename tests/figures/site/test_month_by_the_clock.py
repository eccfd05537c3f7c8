"""A month of orders on a site whose clock is set by hand: what each figure says was worked out on paper.

Days are counted from a Monday; offices and warehouses work from 9 to 17, not at weekends, nor on the
Wednesday of the third week.
"""

import os
from datetime import datetime, timedelta

import pytest

import frappe
from frappe.utils import getdate

from erpnext.stock.doctype.delivery_note.delivery_note import make_sales_return

from sales_wh_flow.approval import api as approvals
from sales_wh_flow.figures import api
from sales_wh_flow.order import promise_anew
from sales_wh_flow.sales_wh_flow.report.order_figures import order_figures
from sales_wh_flow.sales_wh_flow.report.stage_times import stage_times
from sales_wh_flow.stock_lock.serving import jobs as serving
from sales_wh_flow.stock_lock.serving import serve
from tests import factories as make
from tests.billing.billing_world import confirm, invoice_of, pay, ship
from tests.moving_clock import moving_clock

pytestmark = pytest.mark.skipif(
	not os.environ.get("SWHF_IN_FULL"),
	reason="half a minute: runs with --thorough; the same figures by hand are in test_service.py",
)

TODAY = datetime.now()
MONDAY = datetime(TODAY.year, TODAY.month, TODAY.day) - timedelta(days=TODAY.weekday() + 28)


def day(number):
	return str((MONDAY + timedelta(days=number)).date())


@pytest.fixture(autouse=True)
def flow_is_on(switches, in_this_transaction):
	_fiscal_year()
	switches(
		**dict.fromkeys(("stock_lock", "fulfilment", "forecast", "approval"), True),
		**{"serving": "By Itself", "billing": "On"},
	)
	# What other tests left is looked past; undone with this one.
	frappe.db.sql("update `tabSales Order` set transaction_date = '2001-01-01'")
	frappe.db.sql("update `tabOrder Approval` set requested_on = '2001-01-01'")
	frappe.db.sql("update `tabOrder Money` set paid_on = '2001-01-01' where paid_on is not null")
	frappe.db.set_value("Company", make.company().name, "default_holiday_list", _weekends())
	frappe.clear_document_cache("Company", make.company().name)


@pytest.fixture
def at():
	"""Sets the clock: ``at(3, 12)`` is noon on Thursday."""
	with moving_clock() as set_to:
		yield lambda number, hour: set_to(MONDAY + timedelta(days=number, hours=hour, microseconds=123456))


def _weekends() -> str:
	days = [MONDAY.date() + timedelta(days=number) for number in range(60)]
	closed = MONDAY.date() + timedelta(days=16)
	off = [{"holiday_date": it, "description": "Closed"} for it in days if it.weekday() > 4 or it == closed]
	name = frappe.generate_hash(length=8)
	ends = {"from_date": days[0], "to_date": days[-1], "holidays": off}
	doc = frappe.get_doc({"doctype": "Holiday List", "holiday_list_name": name, **ends})
	return doc.insert(ignore_permissions=True).name


def _fiscal_year() -> None:
	for year in {MONDAY.year, TODAY.year, (TODAY + timedelta(days=60)).year}:
		ends = {"year_start_date": f"{year}-01-01", "year_end_date": f"{year}-12-31"}
		if not frappe.db.exists("Fiscal Year", ends):
			name = f"FY {year}"
			frappe.get_doc({"doctype": "Fiscal Year", "year": name, **ends}).insert(ignore_permissions=True)


def ordered(goods, place, qty, due, submit=True, **values):
	return make.make_order(
		make.line(goods, qty=qty, warehouse=place, delivery_date=day(due), **values.pop("row", {})),
		submit=submit,
		transaction_date=values.pop("written", None),
		**values,
	)


@pytest.fixture
def weeks(at):
	"""Five orders, as the clock goes."""
	at(0, 8)
	place, there, missing = make.make_warehouse(), make.make_item(), make.make_item()
	make.receive(there, 50, place)
	group = make.make_customer_group()
	make.make_rule(customer_group=group)
	seller, approver = make.make_user("Sales User"), make.make_user("Order Approver", "Sales User")
	at(0, 9)
	plain = ordered(there, place, 2, due=3, written=day(0))
	with make.acting_as(seller):
		asked = ordered(
			*(there, place, 2),
			**{"due": 7, "submit": False, "row": {"rate": 80}, "written": day(0)},
			customer=make.make_customer(group=group),
		)
		(name,) = approvals.ask_for_approval(asked.name)["asked"]
	at(0, 10)
	waits = ordered(missing, place, 5, due=2, written=day(0))
	at(1, 9)
	ordered(there, place, 1, due=3, written=day(1))
	promise_anew.promise(waits.reload(), day(4), "The supplier is late")
	at(1, 10)
	first = ship(plain)
	at(1, 11)
	with make.acting_as(approver):
		assert approvals.approve(name)["submitted"]
	at(2, 9)
	second = ship(asked.reload())
	at(2, 11)
	make.receive(missing, 5, place)
	_serve()
	at(3, 9)
	third = ship(waits.reload())
	confirm(second)
	at(3, 12)
	confirm(first)
	at(4, 9)
	terms = {"payment_schedule": [], "payment_terms_template": "", "due_date": day(20)}
	bill = invoice_of(plain.reload(), **terms)
	at(4, 15)
	confirm(third)
	at(8, 9)
	back = make_sales_return(second.name)
	back.items[0].qty = -1
	back.insert().submit()
	at(9, 9)
	pay(bill)
	ordered(there, place, 1, due=30, written=day(9))
	at(11, 17)
	return place


@pytest.fixture
def month(at, weeks):
	"""Four orders more: one as planned, one in two parts of which the second comes late, one early that is
	paid, one that leaves late and is still on its way.
	"""
	there = frappe.get_all("Bin", {"warehouse": weeks, "actual_qty": [">", 20]}, pluck="item_code")[0]
	at(14, 9)
	planned = ordered(there, weeks, 4, due=17, written=day(14))
	at(14, 10)
	parts = ordered(there, weeks, 3, due=18, written=day(14))
	at(15, 9)
	early = ordered(there, weeks, 2, due=22, written=day(15))
	note = ship(planned)
	at(15, 11)
	half = ship(parts, 2)
	at(17, 9)
	soon = ship(early)
	confirm(note)
	at(17, 11)
	rest = ship(parts.reload())
	at(18, 9)
	bill = invoice_of(early.reload(), payment_schedule=[], payment_terms_template="", due_date=day(30))
	confirm(half)
	at(21, 9)
	late = ordered(there, weeks, 1, due=24, written=day(21))
	for it in (rest, soon):
		confirm(it)
	at(25, 9)
	pay(bill)
	ship(late)
	at(27, 17)
	return weeks


def _serve():
	"""As the job does, in this transaction."""
	serving.carry_out(serve.plan_serving().plan)


def report(**filters):
	return order_figures.execute({"company": make.company().name, "from_date": day(0), **filters})[1]


def test_two_weeks_come_to_the_figures_worked_out_on_paper(weeks):
	(whole,) = report(show="By Company")
	# Decided: all but the last. By the first promise had left: plain (Tuesday, for Thursday) and asked.
	assert (whole["orders"], whole["line_fill"], whole["order_fill"]) == (5, 50, 50)
	# 200 + 160 of 200 + 160 + 500 + 100.
	assert whole["value_fill"] == round(100 * 360 / 960, 2)
	# All there: plain on Thursday, as promised; asked on Thursday, early; waits on Friday, as promised anew.
	assert (whole["on_requested"], whole["on_first"], whole["on_last"]) == (50, 50, 75)
	# Four of five lines were locked at once; one of the three that left came back.
	assert (whole["at_once"], whole["came_back"]) == (80, 33.33)
	# Monday 9 to Tuesday 11: eight hours and two. Monday of the first to Wednesday of the second week: nine
	# days.
	assert api.approval_hours()["value"] == 10
	assert api.days_to_cash()["value"] == 9
	assert getdate(report(show="Each Order", counts="on_last")[0]["ordered_on"]) >= getdate(day(0))


def test_the_stages_of_two_weeks_took_the_hours_worked_out_on_paper(weeks):
	rows = stage_times.execute({"warehouse": weeks})[1]
	found = {row["stage"]: (row["stays"], row["lasting"], row["p50_h"], row["longest_h"]) for row in rows}
	# plain Mon 9 to Tue 10: 9 h; asked Tue 11 to Wed 9: 6; waits Wed 11 to Thu 9: 6; late since Tue 9: nine
	# days of eight hours; the last since Wed 9 of the second week: three.
	assert found["To Pick"] == (5, 2, 6, 72)
	# The clock on the wall: Mon 10 to Wed 11.
	assert found["Waiting for Stock"] == (1, 0, 49, 49)
	# Tue 10 to Thu 12, Wed 9 to Thu 9, Thu 9 to Fri 15.
	assert found["In Transit"] == (3, 0, 30, 50)
	assert found["Approval"] == (1, 0, 10, 10)
	# Fri 9 to Wed 9 of the second week; nobody has paid anything else.
	assert found["To Collect"] == (1, 0, 120, 120)


def test_a_month_comes_to_the_figures_worked_out_on_paper(month):
	(whole,) = report(show="By Company")
	# Decided: all but the one for day 30. Left by the first promise: plain, asked, planned, parts, early; not
	# waits, late of the first week, late of the fourth.
	assert (whole["orders"], whole["line_fill"], whole["order_fill"]) == (9, 62.5, 62.5)
	# 200 + 160 + 400 + 300 + 200 of these and 500 + 100 + 100.
	assert whole["value_fill"] == round(100 * 1260 / 1960, 2)
	# All there in time: plain, asked, planned, early; as promised anew: waits, too.
	assert (whole["on_requested"], whole["on_first"], whole["on_last"]) == (50, 50, 62.5)
	# Eight of nine lines at once; of seven that left one came back.
	assert (whole["at_once"], whole["came_back"]) == (88.89, 14.29)
	# Nine days and ten: Tuesday of the third week to Friday of the fourth.
	assert api.days_to_cash()["value"] == 9.5


def test_the_stages_of_a_month_took_the_hours_worked_out_on_paper(month):
	rows = stage_times.execute({"warehouse": month})[1]
	found = {row["stage"]: (row["stays"], row["lasting"], row["p50_h"], row["longest_h"]) for row in rows}
	# 9, 6, 6 of two weeks; planned Mon 9 to Tue 9: 8; early Tue 9 to Thu 9 over the closed day: 8; parts
	# Mon 10 to Thu 11: 7 + 8 + 2 = 17; late Mon 9 to Fri 9: 32. The first late one since Tue 9: 18 days of
	# eight hours.
	assert found["To Pick"] == (9, 2, 8, 144)
	# 50, 24, 30; planned Tue 9 to Thu 9: 48; early Thu 9 to Mon 9: 96; parts Thu 11 to Mon 9: 94; late
	# lasts since Fri 9: 56.
	assert found["In Transit"] == (7, 1, 49, 96)
	# plain Thu 12 to Fri 9: 5; asked since Thu 9 of the first week: 16 days of eight hours; three others.
	assert found["To Invoice"] == (5, 4, 5, 128)
	# 120; early Mon 9 to Fri 9: 96.
	assert found["To Collect"] == (2, 0, 108, 120)
	assert found["Waiting for Stock"] == (1, 0, 49, 49)
