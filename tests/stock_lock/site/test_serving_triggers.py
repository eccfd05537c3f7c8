"""Whatever brings stock in or gives it back starts the job that serves waiting orders, after the commit."""

import pytest

import frappe
from frappe.utils import add_days, nowdate, nowtime

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow import hooks
from sales_wh_flow.order_changes import api as order_changes_api
from sales_wh_flow.reroute import api as reroute_api
from sales_wh_flow.stock_lock import api as stock_lock_api
from sales_wh_flow.stock_lock import jobs as stock_lock_jobs
from sales_wh_flow.stock_lock.serving import jobs as serving_jobs
from sales_wh_flow.stock_lock.store import reservations
from tests.factories import (
	line,
	make_item,
	make_order,
	make_warehouse,
	receive,
)
from tests.stock_documents import (
	bill_of_materials,
	counted,
	delivery,
	invoice,
	new_doc,
	purchase,
)

JOB = "sales_wh_flow.stock_lock.serving.jobs.serve_waiting_demand"
QTY = 5


@pytest.fixture(autouse=True)
def lock_is_on(switches):
	switches(stock_lock=True, serving="By Itself", release_on_hold="1")
	for policy in ("Stock Lock Policy", "Serving Policy"):
		frappe.db.sql(f"update `tab{policy}` set enabled = 0")
	yield
	frappe.db.rollback()
	frappe.db.sql("update `tabStock Lock Policy` set enabled = 0")
	frappe.db.set_single_value("Sales Flow Settings", "release_on_hold", 0)
	frappe.db.commit()


@pytest.fixture
def started(monkeypatch):
	"""The jobs that were started, each once its transaction was committed."""
	seen = []
	enqueue = frappe.enqueue

	def watched(method, **options):
		if method != JOB:
			return enqueue(method, **options)
		assert options["enqueue_after_commit"] and options["deduplicate"]
		frappe.db.after_commit.add(lambda: seen.append(method))

	monkeypatch.setattr(frappe, "enqueue", watched)
	return seen


def ordered(item, place, qty=QTY, days=7):
	day = add_days(nowdate(), days)
	row = line(item, qty=qty, warehouse=place, delivery_date=day)
	return make_order(row, delivery_date=day, submit=True)


def held(order):
	return sum(lock.qty_stock for lock in reservations.open_of_order(order.name))


def submitted(doc):
	return doc.insert().submit()


# what brings stock in: (item, warehouse) -> what is to be done


def receipt(item, place):
	return lambda: submitted(purchase("Purchase Receipt", item, QTY, place))


def purchase_invoice(item, place):
	return lambda: submitted(purchase("Purchase Invoice", item, QTY, place, update_stock=1))


def material_receipt(item, place):
	return lambda: receive(item, QTY, place)


def transfer(item, place):
	source = make_warehouse()
	receive(item, QTY, source)
	row = {"item_code": item, "qty": QTY, "s_warehouse": source, "t_warehouse": place}
	return lambda: submitted(new_doc("Stock Entry", stock_entry_type="Material Transfer", items=[row]))


def manufacture(item, place):
	material, source = make_item(), make_warehouse()
	receive(material, QTY, source)
	doc = new_doc(
		"Stock Entry",
		stock_entry_type="Manufacture",
		purpose="Manufacture",
		from_bom=1,
		bom_no=bill_of_materials(item, material),
		fg_completed_qty=QTY,
		from_warehouse=source,
		to_warehouse=place,
		posting_date=nowdate(),
		posting_time=nowtime(),
	)
	doc.get_items()
	return lambda: submitted(doc)


def repack(item, place):
	material = make_item()
	receive(material, QTY, place)
	rows = [
		{"item_code": material, "qty": QTY, "s_warehouse": place, "basic_rate": 10},
		{"item_code": item, "qty": QTY, "t_warehouse": place, "is_finished_item": 1, "basic_rate": 10},
	]
	return lambda: submitted(new_doc("Stock Entry", stock_entry_type="Repack", purpose="Repack", items=rows))


def reconciliation_up(item, place):
	return lambda: submitted(counted(item, place, QTY))


def _returned(sold, item, place):
	receive(item, QTY, place)
	doc = submitted(sold(item, QTY, place))
	return lambda: submitted(make_return_doc(doc.doctype, doc.name))


def sales_return(item, place):
	return _returned(delivery, item, place)


def invoice_return(item, place):
	return _returned(invoice, item, place)


def cancelled_delivery(item, place):
	receive(item, QTY, place)
	return submitted(delivery(item, QTY, place)).cancel


def cancelled_issue(item, place):
	receive(item, QTY, place)
	row = {"item_code": item, "qty": QTY, "s_warehouse": place}
	return submitted(new_doc("Stock Entry", stock_entry_type="Material Issue", items=[row])).cancel


# what gives a lock back


def _holder(item, place):
	"""An order that holds all there is, and is due later than whoever waits."""
	receive(item, QTY, place)
	return ordered(item, place, days=30)


def closed(item, place):
	order = _holder(item, place)
	return lambda: order.update_status("Closed")


def put_on_hold(item, place):
	order = _holder(item, place)
	return lambda: order.update_status("On Hold")


def order_cancelled(item, place):
	return _holder(item, place).cancel


def released_by_hand(item, place):
	order = _holder(item, place)
	return lambda: stock_lock_api.release_locks(order.name, "the customer has time")


def unreserved_in_erpnext(item, place):
	order = _holder(item, place)
	return lambda: order.cancel_stock_reservation_entries()


def edited_to_less(item, place):
	receive(item, QTY + 1, place)
	order = ordered(item, place, qty=QTY + 1, days=30)
	row = {"docname": order.items[0].name, "item_code": item, "qty": 1, "rate": order.items[0].rate}
	return lambda: order_changes_api.update_items("Sales Order", frappe.as_json([row]), order.name)


def moved_elsewhere(item, place):
	order, other = _holder(item, place), make_warehouse()
	moves = [{"row": order.items[0].name, "warehouse": other, "qty": QTY}]
	return lambda: reroute_api.reroute(order.name, moves, "it is nearer")


def expired(item, place):
	order = _holder(item, place)
	policy = {"doctype": "Stock Lock Policy", "title": frappe.generate_hash(length=8), "company": ""}
	frappe.get_doc({**policy, "customer_group": "", "expire_after": 86400, "rest_for": 864000}).insert()
	frappe.db.sql(
		"""update `tabStock Reservation Entry` set creation = date_sub(creation, interval 2 day)
		where voucher_no = %s""",
		order.name,
	)
	return stock_lock_jobs.expire_locks


SUPPLIES = (
	*(receipt, purchase_invoice, material_receipt, transfer, manufacture, repack, reconciliation_up),
	*(sales_return, invoice_return, cancelled_delivery, cancelled_issue),
	*(closed, put_on_hold, order_cancelled, released_by_hand, unreserved_in_erpnext, edited_to_less),
	*(moved_elsewhere, expired),
)


@pytest.mark.parametrize("supply", SUPPLIES, ids=lambda supply: supply.__name__)
def test_the_job_starts_after_the_commit_and_the_waiting_order_gets_the_stock(
	supply, place, started, committed
):
	item = make_item()
	bring = supply(item, place)
	waiting = ordered(item, place)
	assert held(waiting) == 0
	committed()
	started.clear()

	bring()
	committed()

	assert started
	assert serving_jobs.serve_waiting_demand()[waiting.name] == QTY
	assert held(waiting) == QTY


def test_nothing_starts_where_the_document_is_undone(place, started, committed):
	item = make_item()
	ordered(item, place)
	committed()
	started.clear()

	receive(item, QTY, place)
	frappe.db.rollback()
	committed()

	assert not started


def test_switching_the_lock_on_serves_open_orders_at_once(place, started, committed, switches):
	item = make_item()
	switches()
	waiting = ordered(item, place)
	receive(item, QTY, place)
	committed()
	started.clear()

	switches(stock_lock=True, serving="By Itself")
	frappe.db.sql("update `tabSales Order Item` set reserve_stock = 1 where parent = %s", waiting.name)
	frappe.db.commit()

	assert started
	assert serving_jobs.serve_waiting_demand()[waiting.name] == QTY


def test_the_sweep_serves_what_no_document_asked_for(place, started, committed):
	"""As when Redis was down, or a worker was killed."""
	item = make_item()
	waiting = ordered(item, place)
	receive(item, QTY, place)
	committed()
	(methods,) = (found for cron, found in hooks.scheduler_events["cron"].items() if cron == "*/5 * * * *")
	assert JOB in methods

	frappe.get_attr(JOB)()

	assert held(waiting) == QTY
