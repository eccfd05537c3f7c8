"""What Frappe's router calls for a request that writes a document, by the routes of its two APIs."""

from collections.abc import Callable
from functools import partial

from werkzeug.exceptions import HTTPException

import frappe
from frappe import api

from sales_wh_flow.base import border, borrowed

# A request must not fail because one of these is gone: then that one route is as Frappe has it.
_V1, _V2 = borrowed.module("frappe.api.v1"), borrowed.module("frappe.api.v2")

_SAVES = tuple(
	function for version in (_V1, _V2) for function in borrowed.functions(version, "create_doc", "update_doc")
)
"""What it calls to write a document's values by ``/api/resource`` and ``/api/v2/document``."""

_METHODS = tuple(
	function for version in (_V1, _V2) for function in borrowed.functions(version, "execute_doc_method")
)

_RUN_DOC_METHOD = borrowed.endpoint(_V2, borrowed.RUN_DOC_METHOD)
"""What it calls for a method of a document that is sent along; None where Frappe has no such route."""


def write_of(path: str) -> tuple[str | None, Callable | None]:
	"""(doctype, what Frappe does for it) of a request that writes a document, (None, None) of any other.

	``path``: where the request was sent to.
	"""
	environ = {**frappe.local.request.environ, "PATH_INFO": path}
	try:
		endpoint, arguments = api.API_URL_MAP.bind_to_environ(environ).match()
	except HTTPException:  # Frappe says so itself
		return None, None
	if endpoint in _SAVES:
		return arguments["doctype"], partial(_save, endpoint, arguments)
	if endpoint in _METHODS:
		return arguments["doctype"], partial(endpoint, **arguments)
	if endpoint is not None and endpoint is _RUN_DOC_METHOD:
		return doctype_of(frappe.local.form_dict.get("document")), endpoint
	return None, None


def doctype_of(doc: str | dict | None) -> str | None:
	"""Of a document that is sent along. Raises: BadArgument for what is none."""
	return border.take("doc", doc, border.written)["doctype"] if doc else None


def _save(endpoint: Callable, arguments: dict):
	"""Raises: BadArgument for values that no document of this kind can take."""
	given, doctype = frappe.local.form_dict, arguments["doctype"]
	values = border.take("data", given["data"], border.mapping) if given.get("data") else given
	border.take("data", {**values, "doctype": doctype}, border.written)
	return endpoint(**arguments)
