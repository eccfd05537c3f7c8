"""Frappe's and ERPNext's own entrances to the documents of the flow, which hooks.py sends here.

Each does just what it did, in a fresh transaction, and again, a few times, when the database refused because
somebody else was quicker: a deadlock, a lock wait that was too long, a record changed since it was read. With
Approval and Stock Lock off, and for every other document, they are what they were. Permissions are checked by
those whose place they take; where ERPNext checks none, here.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial

import frappe
from frappe import _
from frappe.utils.background_jobs import is_job_enqueued
from frappe.utils.scheduler import is_scheduler_inactive

from sales_wh_flow.approval import keep_as_draft
from sales_wh_flow.base import api_routes, border, borrowed, changed_meanwhile, import_logs
from sales_wh_flow.base.alongside import alongside_request
from sales_wh_flow.base.answers import FailedUpdate, FailedUpdates
from sales_wh_flow.base.retry import from_a_fresh_transaction
from sales_wh_flow.base.settings import APPROVAL, STOCK_LOCK, any_on, is_on

# A request must not fail because one of these is gone: then that one entrance is as Frappe has it.
client, handler = borrowed.module("frappe.client"), borrowed.module("frappe.handler")
form = borrowed.module("frappe.desk.form.save")
bulk_update = borrowed.module("frappe.desk.doctype.bulk_update.bulk_update")
importing = borrowed.module("frappe.core.doctype.data_import.data_import")
sales_order = borrowed.module("erpnext.selling.doctype.sales_order.sales_order")

DOCTYPES = frozenset(
	{
		"Asset Capitalization",
		"Delivery Note",
		"Material Request",
		"Pick List",
		"POS Invoice",
		"Production Plan",
		"Purchase Invoice",
		"Purchase Order",
		"Purchase Receipt",
		"Sales Invoice",
		"Sales Order",
		"Stock Entry",
		"Stock Reconciliation",
		"Stock Reservation Entry",
		"Subcontracting Inward Order",
		"Subcontracting Order",
		"Subcontracting Receipt",
		"Work Order",
	}
)
"""Documents that lock Bins or orders."""

_MANY_DOCUMENTS, _MOST_DOCUMENTS = 20, 500
"""From how many on Frappe works through a list in the background, and how many it takes at all."""

_MOST_IMPORTS = 3
"""How often an import goes through its rows; each time it takes those that failed before."""


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: str, action: str) -> None:
	"""Save, Submit, Update and Cancel of a form."""
	doctype = api_routes.doctype_of(doc)
	with keep_as_draft.refusing(), changed_meanwhile.telling_who(doc) if _is_ours(doctype) else nullcontext():
		_again_if_refused(lambda: form.savedocs(doc, action), doctype)


@frappe.whitelist(methods=["POST", "PUT"])
def cancel_form(
	doctype: str | None = None,
	name: str | None = None,
	workflow_state_fieldname: str | None = None,
	workflow_state: str | None = None,
) -> None:
	"""Cancel of a form."""
	_again_if_refused(lambda: form.cancel(doctype, name, workflow_state_fieldname, workflow_state), doctype)


@frappe.whitelist(methods=["POST", "PUT"])
def discard_form(doctype: str, name: str | int) -> None:
	"""Discard of a draft's form, which ERPNext 16 has."""
	if not borrowed.functions(form, "discard"):
		raise frappe.DoesNotExistError
	_again_if_refused(lambda: form.discard(doctype, name), doctype)


@frappe.whitelist(methods=["POST", "PUT"])
def insert(doc: str | dict | None = None) -> frappe._dict:
	"""``frappe.client.insert``."""
	return _again_if_refused(lambda: client.insert(doc), api_routes.doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def save(doc: str | dict) -> frappe._dict:
	"""``frappe.client.save``."""
	return _again_if_refused(lambda: client.save(doc), api_routes.doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def submit(doc: str | dict) -> frappe._dict:
	"""``frappe.client.submit``."""
	return _again_if_refused(lambda: client.submit(doc), api_routes.doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def bulk_update_docs(docs: str | list) -> FailedUpdates:
	"""``frappe.client.bulk_update``, each document in a transaction of its own: Frappe would keep what was
	written before one was refused, such as the locks that a Delivery Note took along.
	"""
	failed: list[FailedUpdate] = []
	for doc in border.take("docs", docs, border.records(doctype=border.doctype, docname=border.name)):
		values = {
			field: value for field, value in doc.items() if field not in ("doctype", "docname", "flags")
		}
		try:
			with keep_as_draft.refusing():
				from_a_fresh_transaction(partial(client.set_value, doc["doctype"], doc["docname"], values))
		except Exception:
			failed.append({"doc": doc, "exc": frappe.get_traceback()})
	return {"failed_docs": failed}


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(doctype: str, name: str) -> frappe._dict:
	"""``frappe.client.cancel``."""
	return _again_if_refused(lambda: client.cancel(doctype, name), doctype)


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def run_doc_method(
	method: str,
	docs: str | dict | None = None,
	dt: str | None = None,
	dn: str | None = None,
	arg: str | dict | None = None,
	args: str | dict | None = None,
) -> None:
	"""Buttons of a form that run a method of its document, as ERPNext's Reserve and Unreserve do."""
	doctype = dt or api_routes.doctype_of(docs)
	if method == "rename" and any_on():  # Frappe lets a reader rename past every check, if he says so
		args = api_routes.with_checks(args or arg)
	_again_if_refused(lambda: handler.run_doc_method(method, docs, dt, dn, arg, args), doctype)


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def update_order_status(status: str, name: str) -> None:
	"""Close, Hold and Re-open of a Sales Order's form, which shows them to whoever may submit it."""
	_check_may_end(name)
	_again_if_refused(lambda: sales_order.update_status(status, name), "Sales Order")


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def close_or_unclose_orders(names: str | list, status: str) -> None:
	"""Close and Re-open of what is ticked in the list of Sales Orders."""
	orders = sorted(border.take("names", names, border.names))
	for name in orders:
		_check_may_end(name)
	as_sent = frappe.as_json(orders)
	_again_if_refused(lambda: sales_order.close_or_unclose_sales_orders(as_sent, status), "Sales Order")


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def submit_cancel_or_update_docs(
	doctype: str,
	docnames: str | list,
	action: str = "submit",
	data: str | dict | None = None,
	task_id: str | None = None,
) -> list[str] | None:
	"""Submit, cancel or edit what is ticked in a list."""
	names = border.take("docnames", docnames, border.names)
	border.take("data", data, border.perhaps(border.mapping))
	can_try_again = bool(borrowed.functions(bulk_update, "_bulk_action"))
	if not _is_ours(doctype) or len(names) > _MOST_DOCUMENTS or not can_try_again:
		with keep_as_draft.refusing():
			return bulk_update.submit_cancel_or_update_docs(doctype, docnames, action, data, task_id)
	values = {"doctype": doctype, "docnames": names, "action": action, "data": data, "task_id": task_id}
	if len(names) < _MANY_DOCUMENTS:
		return bulk_action(**values)
	frappe.msgprint(_("Bulk operation is enqueued in background."), alert=True)
	frappe.enqueue(  # noqa: TID251 - as Frappe does there: the list shows what is left
		"sales_wh_flow.entrances.bulk_action", queue="short", timeout=1000, **values
	)
	return None


def bulk_action(doctype: str, docnames: list, action: str, data, task_id: str | None) -> list:
	"""What failed, as Frappe says it. It is tried once more: by then whoever was quicker has finished."""
	with keep_as_draft.refusing():
		failed = bulk_update._bulk_action(doctype, docnames, action, data, task_id)
		if failed:
			frappe.clear_messages()
			failed = bulk_update._bulk_action(doctype, failed, action, data, task_id)
	return failed


@frappe.whitelist(methods=["POST", "PUT", "PATCH"])
def resource() -> None:
	"""A write to ``/api/resource`` or ``/api/v2/document``; the answer is the one Frappe gives there."""
	path = alongside_request().resource_path
	if not path:
		raise frappe.DoesNotExistError
	frappe.local.form_dict.pop("cmd", None)
	doctype, work = api_routes.write_of(*api_routes.called_by(path))
	found = _again_if_refused(work, doctype)
	if found is not None:
		frappe.response["data"] = found


def send_resources_here() -> None:
	"""Before a request: let ``resource`` answer writes to the flow's documents, which no hook redirects."""
	request = frappe.local.request
	if not (request and request.method in ("POST", "PUT", "PATCH") and request.path.startswith("/api/")):
		return
	path = request.environ["PATH_INFO"]
	called = api_routes.called_by(path)
	if any_on():
		api_routes.keep_checks_of_renaming(*called)
	if _is_ours(api_routes.write_of(*called)[0]):
		request.environ["PATH_INFO"] = "/api/method/sales_wh_flow.entrances.resource"
		alongside_request().resource_path = path


@frappe.whitelist(methods=["POST", "PUT"])
def start_import(data_import: str) -> bool:
	"""Start Import of a Data Import's form. True when it was started, False when it is under way."""
	found = frappe.get_doc("Data Import", data_import)
	run_now = bool(frappe.flags.in_test or frappe.conf.developer_mode)
	if not _is_ours(found.reference_doctype) or (is_scheduler_inactive() and not run_now):
		return importing.form_start_import(data_import)
	found.check_permission("write")
	job_id = f"data_import::{data_import}"
	if is_job_enqueued(job_id):
		return False
	frappe.enqueue(  # noqa: TID251 - as Frappe does there: the Data Import shows what is left
		import_rows,
		queue="default",
		timeout=10000,
		event="data_import",
		job_id=job_id,
		data_import=data_import,
		now=run_now,
	)
	return True


def import_rows(data_import: str) -> None:
	"""Import, and go again through what the database refused because somebody else was quicker."""
	for _turn in range(_MOST_IMPORTS):
		importing.start_import(data_import)
		if not import_logs.was_refused_by_the_database(data_import):
			return


def _check_may_end(order: str) -> None:
	"""ERPNext asks for no right on the order that it closes: its locks would be anybody's to release.

	Raises: PermissionError.
	"""
	if any_on():
		frappe.get_doc("Sales Order", order).check_permission("submit")


def _is_ours(doctype: str | None) -> bool:
	"""Whether the flow locks rows for such documents: stock for all, a customer's credit for orders."""
	if doctype == "Sales Order" and is_on(APPROVAL):
		return True
	return doctype in DOCTYPES and is_on(STOCK_LOCK)


def _again_if_refused(work: Callable, doctype: str | None):
	"""What ``work`` returns. Each attempt begins with the request as it came in, and says nothing of those
	before.
	"""
	if not _is_ours(doctype):
		return work()
	given = dict(frappe.local.form_dict)

	def attempt():
		frappe.local.form_dict = frappe._dict(given)
		frappe.clear_messages()
		frappe.response.docs = []
		return work()

	return from_a_fresh_transaction(attempt)
