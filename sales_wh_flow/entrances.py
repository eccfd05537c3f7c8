"""Frappe's and ERPNext's own entrances to the documents of the flow, which hooks.py sends here.

Each does just what it did, in a fresh transaction, and again, a few times, when the database refused because
somebody else was quicker: a deadlock, a lock wait that was too long, a record changed since it was read. With
Stock Lock off, and for every other document, they are what they were. Permissions are checked by those whose
place they take.
"""

import re
from collections.abc import Callable
from functools import partial

import frappe
from frappe import _, client, handler
from frappe.api import v1
from frappe.desk.doctype.bulk_update import bulk_update
from frappe.desk.form import save as form

from erpnext.selling.doctype.sales_order import sales_order

from sales_wh_flow.settings import STOCK_LOCK, is_on
from sales_wh_flow.store.retry import from_a_fresh_transaction

DOCTYPES = frozenset(
	{
		"Asset Capitalization",
		"Delivery Note",
		"Material Request",
		"Pick List",
		"POS Invoice",
		"Purchase Invoice",
		"Purchase Order",
		"Purchase Receipt",
		"Sales Invoice",
		"Sales Order",
		"Stock Entry",
		"Stock Reconciliation",
		"Stock Reservation Entry",
		"Subcontracting Order",
		"Subcontracting Receipt",
		"Work Order",
	}
)
"""Documents that lock Bins or orders."""

_MANY_DOCUMENTS, _MOST_DOCUMENTS = 20, 500
"""From how many on Frappe works through a list in the background, and how many it takes at all."""

_RESOURCE = re.compile(r"^/api(?:/v1)?/resource/(?P<doctype>[^/]+)(?:/(?P<name>.+?))?/?$")


@frappe.whitelist(methods=["POST", "PUT"])
def savedocs(doc: str, action: str) -> None:
	"""Save, Submit, Update and Cancel of a form."""
	_again_if_refused(lambda: form.savedocs(doc, action), _doctype_of(doc))


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
def insert(doc: str | dict | None = None) -> dict:
	"""``frappe.client.insert``."""
	return _again_if_refused(lambda: client.insert(doc), _doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def save(doc: str | dict) -> dict:
	"""``frappe.client.save``."""
	return _again_if_refused(lambda: client.save(doc), _doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def submit(doc: str | dict) -> dict:
	"""``frappe.client.submit``."""
	return _again_if_refused(lambda: client.submit(doc), _doctype_of(doc))


@frappe.whitelist(methods=["POST", "PUT"])
def cancel(doctype: str, name: str) -> dict:
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
	doctype = dt or _doctype_of(docs)
	_again_if_refused(lambda: handler.run_doc_method(method, docs, dt, dn, arg, args), doctype)


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def update_order_status(status: str, name: str) -> None:
	"""Close, Hold and Re-open of a Sales Order's form."""
	_again_if_refused(lambda: sales_order.update_status(status, name), "Sales Order")


@frappe.whitelist(methods=["GET", "POST", "PUT"])
def submit_cancel_or_update_docs(
	doctype: str,
	docnames: str | list,
	action: str = "submit",
	data: str | dict | None = None,
	task_id: str | None = None,
) -> list | None:
	"""Submit, cancel or edit what is ticked in a list."""
	names = frappe.parse_json(docnames)
	if not _is_ours(doctype) or len(names) > _MOST_DOCUMENTS:
		return bulk_update.submit_cancel_or_update_docs(doctype, docnames, action, data, task_id)
	values = {"doctype": doctype, "docnames": names, "action": action, "data": data, "task_id": task_id}
	if len(names) < _MANY_DOCUMENTS:
		return bulk_action(**values)
	frappe.msgprint(_("Bulk operation is enqueued in background."), alert=True)
	frappe.enqueue("sales_wh_flow.entrances.bulk_action", queue="short", timeout=1000, **values)
	return None


def bulk_action(doctype: str, docnames: list, action: str, data, task_id: str | None) -> list:
	"""What failed, as Frappe says it. It is tried once more: by then whoever was quicker has finished."""
	failed = bulk_update._bulk_action(doctype, docnames, action, data, task_id)
	if failed:
		frappe.clear_messages()
		failed = bulk_update._bulk_action(doctype, failed, action, data, task_id)
	return failed


@frappe.whitelist(methods=["POST", "PUT"])
def resource() -> None:
	"""``/api/resource/DOCTYPE[/NAME]``; the answer is the one Frappe gives there."""
	target = frappe.flags.swf_resource
	if not target:
		raise frappe.DoesNotExistError
	frappe.local.form_dict.pop("cmd", None)
	doctype, name = target
	if name is None:
		work = partial(v1.create_doc, doctype)
	elif frappe.request.method == "PUT":
		work = partial(v1.update_doc, doctype, name)
	else:
		work = partial(v1.execute_doc_method, doctype, name)
	found = _again_if_refused(work, doctype)
	if found is not None:
		frappe.response["data"] = found


def send_resources_here() -> None:
	"""Before a request: let ``resource`` answer writes to the flow's documents, which no hook redirects."""
	request = frappe.local.request
	found = _RESOURCE.match(request.path) if request and request.method in ("POST", "PUT") else None
	if found and _is_ours(found["doctype"]):
		request.environ["PATH_INFO"] = "/api/method/sales_wh_flow.entrances.resource"
		frappe.flags.swf_resource = (found["doctype"], found["name"])


def _doctype_of(doc: str | dict | None) -> str | None:
	return (frappe.parse_json(doc) or {}).get("doctype")


def _is_ours(doctype: str | None) -> bool:
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
