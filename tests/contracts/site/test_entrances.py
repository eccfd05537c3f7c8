"""Frappe's own entrances try again when the database refused because somebody else was quicker."""

import json

import pymysql
import pytest

import frappe
from frappe.api import API_URL_MAP
from frappe.core.doctype.data_import.importer import Importer
from frappe.utils import set_request

from erpnext.selling.doctype.sales_order.sales_order import SalesOrder

from sales_wh_flow import entrances, hooks
from sales_wh_flow.base import retry
from sales_wh_flow.stock_lock import lock
from tests.factories import (
	acting_as,
	line,
	make_item,
	make_order,
	make_user,
	make_warehouse,
	receive,
)

DEADLOCK = frappe.QueryDeadlockError("Deadlock found when trying to get lock; try restarting transaction")
LOCK_WAIT = frappe.QueryTimeoutError("Lock wait timeout exceeded")
RECORD_CHANGED = pymysql.err.OperationalError(1020, "Record has changed since last read")


@pytest.fixture(autouse=True)
def lock_is_on(switches, monkeypatch):
	switches(stock_lock=True)
	monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)


@pytest.fixture
def order(committed):
	warehouse = make_warehouse()
	item = make_item()
	receive(item, 10, warehouse)
	doc = make_order(line(item, qty=4), warehouse=warehouse)
	committed()
	return doc


@pytest.fixture
def refused(monkeypatch):
	"""``refused(error, times)``: the next so many locks of an order's Bins end with the error."""

	def refuse(error, times=1):
		left, native = [error] * times, lock.prepare

		def prepare(doc):
			if left:
				raise left.pop()
			native(doc)

		monkeypatch.setattr(lock, "prepare", prepare)

	return refuse


def is_submitted(order):
	return frappe.db.get_value("Sales Order", order.name, "docstatus") == 1


def held(order):
	return sum(
		frappe.get_all(
			"Stock Reservation Entry", {"voucher_no": order.name, "docstatus": 1}, pluck="reserved_qty"
		)
	)


@pytest.mark.parametrize("error", [DEADLOCK, LOCK_WAIT, RECORD_CHANGED], ids=["deadlock", "wait", "changed"])
def test_a_form_is_submitted_though_the_database_refused_it_first(order, refused, error):
	refused(error, times=2)

	entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")

	assert is_submitted(order)
	assert held(order) == 4
	assert len(frappe.response.docs) == 1


def test_after_so_many_attempts_the_user_is_told(order, refused):
	refused(DEADLOCK, times=retry.ATTEMPTS)

	with pytest.raises(frappe.QueryDeadlockError):
		entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")

	assert not is_submitted(order)


def test_a_refusal_of_the_app_is_said_once_and_not_tried_again(order, monkeypatch):
	asked = []

	def refuse(doc):
		asked.append(doc.name)
		frappe.throw("no")

	monkeypatch.setattr(lock, "prepare", refuse)

	with pytest.raises(frappe.ValidationError):
		entrances.savedocs(frappe.as_json(order.as_dict()), "Submit")

	assert len(asked) == 1


ENTRANCES = {
	"frappe.client.submit": lambda order: entrances.submit(frappe.as_json(order.as_dict())),
	"frappe.client.save": lambda order: entrances.save({**order.as_dict(), "docstatus": 1}),
	"frappe.client.bulk_update": lambda order: entrances.bulk_update_docs(
		json.dumps([{"doctype": "Sales Order", "docname": order.name, "docstatus": 1}])
	),
	"run_doc_method": lambda order: entrances.run_doc_method("submit", dt="Sales Order", dn=order.name),
	"a list": lambda order: entrances.submit_cancel_or_update_docs("Sales Order", json.dumps([order.name])),
	"/api/resource": lambda order: put(order, {"docstatus": 1}),
	"/api/v2/document": lambda order: send(
		"PATCH", f"/api/v2/document/Sales Order/{order.name}", docstatus=1
	),
	"/api/v2/document/.../method": lambda order: send(
		"POST", f"/api/v2/document/Sales Order/{order.name}/method/submit"
	),
	"/api/v2/method/run_doc_method": lambda order: send(
		"POST",
		"/api/v2/method/run_doc_method",
		method="submit",
		document=order.as_dict(convert_dates_to_str=True),
	),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_every_entrance_submits_an_order_that_the_database_refused_first(order, refused, entrance):
	refused(DEADLOCK)
	set_request(method="POST", path="/")

	ENTRANCES[entrance](order)

	assert is_submitted(order)
	assert held(order) == 4


def test_a_document_refused_among_many_leaves_nothing_written(order, committed, monkeypatch):
	first, native = order.items[0], SalesOrder.on_submit
	other = make_order(line(first.item_code, qty=3), warehouse=first.warehouse)
	committed()

	def on_submit(doc):
		native(doc)
		if doc.name == order.name:
			frappe.throw("no")

	monkeypatch.setattr(SalesOrder, "on_submit", on_submit)
	rows = [{"doctype": "Sales Order", "docname": one.name, "docstatus": 1} for one in (order, other)]

	answer = entrances.bulk_update_docs(json.dumps(rows))

	assert [failed["doc"]["docname"] for failed in answer["failed_docs"]] == [order.name]
	assert not is_submitted(order)
	assert held(order) == 0
	assert is_submitted(other)
	assert held(other) > 0


def test_an_order_is_cancelled_though_the_database_refused_it_first(order, refused):
	order.submit()
	frappe.db.commit()
	refused(DEADLOCK)

	entrances.cancel("Sales Order", order.name)

	assert frappe.db.get_value("Sales Order", order.name, "docstatus") == 2


def test_the_answer_of_a_resource_is_the_one_frappe_gives(order):
	frappe.local.response = frappe._dict(docs=[])

	put(order, {"po_no": "P-1"})

	assert frappe.response["data"].po_no == "P-1"
	assert "message" not in frappe.response


def test_an_order_is_made_by_version_two_though_the_database_refused_it_first(order, monkeypatch):
	left, native = [DEADLOCK], SalesOrder.validate

	def validate(doc):
		if left:
			raise left.pop()
		native(doc)

	monkeypatch.setattr(SalesOrder, "validate", validate)
	values = frappe.copy_doc(order).as_dict(convert_dates_to_str=True, no_private_properties=True)

	send("POST", "/api/v2/document/Sales Order", **values)

	assert frappe.response["data"].name != order.name
	assert frappe.db.exists("Sales Order", frappe.response["data"].name)


@pytest.fixture
def imported(order, committed):
	"""A Data Import that gives the order a purchase order number."""
	content = f"ID,Customer's Purchase Order\n{order.name},P-7\n"
	file = frappe.get_doc({"doctype": "File", "file_name": f"{order.name}.csv", "content": content}).insert()
	made = frappe.get_doc(
		{
			"doctype": "Data Import",
			"reference_doctype": "Sales Order",
			"import_type": "Update Existing Records",
			"import_file": file.file_url,
		}
	).insert()
	committed()
	yield made.name
	frappe.db.rollback()
	for doctype, name in (("Data Import", made.name), ("File", file.name)):
		frappe.delete_doc(doctype, name)
	frappe.db.commit()


def test_an_import_goes_again_through_rows_that_the_database_refused(order, imported, monkeypatch):
	left, native = [DEADLOCK, DEADLOCK], Importer.process_doc

	def process_doc(importer, doc):
		if left:
			raise left.pop()
		return native(importer, doc)

	monkeypatch.setattr(Importer, "process_doc", process_doc)

	assert entrances.start_import(imported)

	assert frappe.db.get_value("Sales Order", order.name, "po_no") == "P-7"
	assert frappe.db.get_value("Data Import", imported, "status") == "Success"


def test_an_import_goes_once_through_rows_that_are_wrong(imported, monkeypatch):
	asked = []

	def process_doc(importer, doc):
		asked.append(doc)
		frappe.throw("no")

	monkeypatch.setattr(Importer, "process_doc", process_doc)

	entrances.start_import(imported)

	assert len(asked) == 1
	assert frappe.db.get_value("Data Import", imported, "status") == "Error"


def test_who_may_not_import_is_refused(imported, committed):
	weak = make_user("Stock User")
	committed()

	with acting_as(weak), pytest.raises(frappe.PermissionError):
		entrances.start_import(imported)


def test_reads_and_other_documents_are_not_touched():
	for method, path in (
		("GET", "/api/resource/Sales Order/X"),
		("PUT", "/api/resource/Item/X"),
		("GET", "/api/v2/document/Sales Order/X"),
		("POST", "/api/v2/document/Item"),
		("POST", "/api/v2/method/ping"),
		("POST", "/api/v2/nowhere"),
	):
		set_request(method=method, path=path)
		entrances.send_resources_here()
		assert frappe.local.request.environ["PATH_INFO"] == path


def test_with_the_lock_off_nothing_is_tried_again(order, refused, switches, committed):
	switches()
	committed()
	asked = []

	def work():
		asked.append(True)
		raise DEADLOCK

	with pytest.raises(frappe.QueryDeadlockError):
		entrances._again_if_refused(work, "Sales Order")

	assert len(asked) == 1


def test_who_may_not_submit_is_refused_at_every_entrance(order, committed):
	weak = make_user("Stock User")
	committed()
	for entrance in set(ENTRANCES) - {"a list", "frappe.client.bulk_update"}:
		set_request(method="POST", path="/")
		with acting_as(weak), pytest.raises(frappe.PermissionError):
			ENTRANCES[entrance](order)
		frappe.db.rollback()
		assert not is_submitted(order), entrance
	with acting_as(weak):
		assert ENTRANCES["frappe.client.bulk_update"](order)["failed_docs"]
	assert not is_submitted(order)


def test_every_document_that_locks_bins_is_tried_again():
	guarded = {
		doctype
		for doctypes, events in hooks.doc_events.items()
		for doctype in ([doctypes] if isinstance(doctypes, str) else doctypes)
		if any("stock_movement" in path or "stock_demand" in path for path in events.values())
	}

	assert guarded <= entrances.DOCTYPES


def put(order, values):
	send("PUT", f"/api/resource/Sales Order/{order.name}", **values)


def send(method, path, /, **values):
	"""As a request arrives; Frappe's router is asked where it goes."""
	body = frappe.as_json(values)
	set_request(method=method, path=path, data=body, content_type="application/json")
	frappe.local.form_dict = frappe._dict(json.loads(body))
	entrances.send_resources_here()
	_endpoint, arguments = API_URL_MAP.bind_to_environ(frappe.local.request.environ).match()
	assert arguments == {"method": "sales_wh_flow.entrances.resource"}
	entrances.resource()


ODD_DOCUMENTS = (
	*("{", "[", "[]", "5", '"text"', "{}", '{"doctype": 5}', '{"doctype": "No Such Thing"}'),
	*(
		'{"doctype": "Sales Order", "items": "x"}',
		'{"doctype": "Sales Order", "items": [1]}',
		'{"doctype": "Sales Order", "items": [[]]}',
		'{"doctype": "Sales Order", "taxes": {"a": 1}}',
	),
)
SAVING = {
	"savedocs": lambda odd: entrances.savedocs(odd, "Save"),
	"insert": entrances.insert,
	"save": entrances.save,
	"submit": entrances.submit,
	"run_doc_method": lambda odd: entrances.run_doc_method("create_stock_reservation_entries", docs=odd),
}


@pytest.mark.parametrize("odd", ODD_DOCUMENTS)
@pytest.mark.parametrize("entrance", SAVING)
def test_what_is_no_document_is_refused_in_words(site, rolled_back, entrance, odd):
	with pytest.raises(frappe.ValidationError, match="has to be") as refused:
		SAVING[entrance](odd)
	assert refused.value.http_status_code < 500


@pytest.mark.parametrize("given", [{"docnames": "{"}, {"docnames": '["SO-0"]', "data": "["}])
def test_a_list_that_is_none_is_refused_in_words(site, rolled_back, given):
	with pytest.raises(frappe.ValidationError, match="has to be"):
		entrances.submit_cancel_or_update_docs("Sales Order", action="submit", **given)


@pytest.mark.parametrize("data", ["{", "[]", '{"items": "x"}', '{"items": [1]}'])
def test_a_resource_with_values_that_are_none_is_refused_in_words(site, rolled_back, data):
	set_request(method="POST", path="/api/resource/Sales Order")
	frappe.local.form_dict = frappe._dict(data=data)
	entrances.send_resources_here()
	with pytest.raises(frappe.ValidationError, match="has to be"):
		entrances.resource()


@pytest.mark.parametrize(
	("on", "retried"),
	[({}, []), ({"approval": True}, ["Sales Order"]), ({"stock_lock": True}, ["Pick List", "Sales Order"])],
)
def test_what_the_flow_locks_rows_for_is_tried_again(switches, on, retried):
	"""Decisions about a customer's credit take turns, also where no stock is locked."""
	switches(**on)
	assert [it for it in ("Customer", "Pick List", "Sales Order") if entrances._is_ours(it)] == retried
