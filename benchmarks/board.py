"""What the Order Board costs with five thousand open orders: server time of one look, of the hourly job, and
of the morning after a holiday on which a quarter of them are late at once.

The orders are written straight into their tables, and taken out again afterwards.
"""

import statistics

from measure import Result, Stopwatch, sample

import frappe
from frappe.utils import add_days, add_to_date, now, now_datetime, nowdate

from sales_wh_flow.delays import digest, follow
from sales_wh_flow.delays.store import delayed
from sales_wh_flow.order import refresh_forecast
from sales_wh_flow.order.store import forecast
from sales_wh_flow.order_board import api
from sales_wh_flow.order_board.rules.board import COLUMNS
from tests import factories
from tests.milestones.messages_world import mail_account

OPEN = 5000
PLACES = 6
DOCTYPES = ("Sales Order", "Sales Order Item", "Order Stage Log")


def run(runs: int, say) -> list[Result]:
	"""``board_5000_ms``: everything; ``..._restricted_ms``: while a User Permission hides half of the
	customers; ``..._waiting_ms``: what waits for me; ``..._statements``; ``forecast_5000_ms``: the hourly
	job; ``alerts_1250_ms``, ``..._statements``: 1,250 late orders have their alerts raised and their people
	told; ``delay_digest_1250_ms``: the mail of somebody whose matter they all are.
	"""
	mark = frappe.generate_hash(length=6).upper()
	say(f"{OPEN} open orders")
	customers = [factories.make_customer() for _ in range(2)]
	item, places = factories.make_item(), factories.make_warehouses(PLACES)
	plain, restricted = (factories.make_user("Sales User", "Stock User") for _ in range(2))
	frappe.get_doc(
		{"doctype": "User Permission", "user": restricted, "allow": "Customer", "for_value": customers[0]}
	).insert()
	before = frappe.db.get_single_value("Sales Flow Settings", "forecast")
	frappe.db.set_single_value("Sales Flow Settings", "forecast", "On")
	_write(mark, customers, item, places)
	frappe.db.commit()
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	try:
		return [
			_measured("board_5000_ms", plain, runs),
			_measured("board_5000_restricted_ms", restricted, runs),
			_measured("board_5000_waiting_ms", plain, runs, only='["waiting_for_me"]'),
			_statements(plain),
			_job(runs),
			*_after_a_holiday(plain),
		]
	finally:
		_take_out(mark)
		frappe.db.set_single_value("Sales Flow Settings", "forecast", before or "Off")
		frappe.db.commit()


def _measured(name: str, user: str, runs: int, **asked) -> Result:
	with factories.acting_as(user):
		work = lambda: api.board(**asked)  # noqa: E731
		assert work()["whole"]["orders"] >= OPEN / len(COLUMNS)
		found = [sample(work, Stopwatch()).ms for _ in range(max(runs, 3))]
	return Result(name, statistics.median(found), 0.0, "ms", len(found))


def _statements(user: str) -> Result:
	with factories.acting_as(user):
		count = sample(api.board, Stopwatch()).statements
	return Result("board_5000_statements", count, 0.0, "statements", 1)


def _job(runs: int) -> Result:
	def work():
		names = forecast.measured_orders()
		for start in range(0, len(names), 1000):
			refresh_forecast.refresh_forecasts(names[start : start + 1000])
		frappe.db.rollback()

	found = [sample(work, Stopwatch()).ms for _ in range(max(runs, 3))]
	return Result("forecast_5000_ms", statistics.median(found), 0.0, "ms", len(found))


def _after_a_holiday(user: str) -> list[Result]:
	def work():
		happened, after = 0, ""
		while orders := delayed.delayed_orders(after, 1000):
			happened += follow.raise_and_pass_on(orders)
			after = orders[-1].order
		follow.tell_people()
		return happened

	frappe.db.set_single_value("Sales Flow Settings", "delay_alerts", "On")
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	mail_account()
	told = sample(work, Stopwatch())
	mailed = sample(lambda: digest.send_to(user), Stopwatch())
	assert frappe.db.count("Email Queue Recipient", {"recipient": user}) == 1
	frappe.db.rollback()
	frappe.clear_document_cache("Sales Flow Settings", "Sales Flow Settings")
	return [
		Result("alerts_1250_ms", told.ms, 0.0, "ms", 1),
		Result("alerts_1250_statements", told.statements, 0.0, "statements", 1),
		Result("delay_digest_1250_ms", mailed.ms, 0.0, "ms", 1),
	]


def _write(mark: str, customers: list[str], item: str, places: list[str]) -> None:
	company, begin = factories.company(), now_datetime()
	orders, lines, log = [], [], []
	for at in range(OPEN):
		order, row = f"SO-{mark}-{at:05}", f"LOG-{mark}-{at:05}"
		customer, place, stage = customers[at % 2], places[at % PLACES], COLUMNS[at % len(COLUMNS)]
		promised = add_days(nowdate(), at % 20 - 5)
		lateness = "Late" if at % 20 < 5 else "On Time"
		orders.append(
			(
				*(*_row(order), customer, customer, company.name, company.currency, 10.0 * at, 1),
				*("To Deliver and Bill", promised, promised, stage, row, lateness),
			)
		)
		lines.append(
			(
				*(*_row(f"ROW-{mark}-{at:05}"), order, "Sales Order", "items", 1, item, place, 5, 5, 1, 1),
				nowdate(),
			)
		)
		log.append(
			(
				*_row(row),
				order,
				company.name,
				place,
				stage,
				"Warehouse",
				"Us",
				add_to_date(begin, hours=-at % 90),
			)
		)
	_insert(
		"Sales Order",
		(
			*("customer", "customer_name", "company", "currency", "base_grand_total", "docstatus", "status"),
			*("delivery_date", "swf_last_promised_on", "swf_stage", "swf_stage_row", "swf_lateness"),
		),
		orders,
	)
	_insert(
		"Sales Order Item",
		(
			*("parent", "parenttype", "parentfield", "idx", "item_code", "warehouse", "qty", "stock_qty"),
			*("conversion_factor", "docstatus", "delivery_date"),
		),
		lines,
	)
	_insert(
		"Order Stage Log",
		("sales_order", "company", "warehouse", "stage", "stage_owner", "delay_of", "entered_on"),
		log,
	)


def _row(name: str) -> tuple:
	return (name, now(), now(), "Administrator", "Administrator")


def _insert(doctype: str, fields: tuple[str, ...], rows: list[tuple]) -> None:
	own = ("name", "creation", "modified", "owner", "modified_by")
	frappe.db.bulk_insert(doctype, (*own, *fields), rows, chunk_size=1000)


def _take_out(mark: str) -> None:
	for doctype, prefix in zip(DOCTYPES, ("SO", "ROW", "LOG"), strict=True):
		frappe.db.delete(doctype, {"name": ("like", f"{prefix}-{mark}-%")})
	frappe.db.commit()
