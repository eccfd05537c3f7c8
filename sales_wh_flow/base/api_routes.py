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

_WITH_CHECKS = {"validate_rename": True, "force": False}


def called_by(path: str) -> tuple[Callable | None, dict]:
	"""(what Frappe's router calls for a request that was sent there, with which arguments)"""
	environ = {**frappe.local.request.environ, "PATH_INFO": path}
	try:
		return api.API_URL_MAP.bind_to_environ(environ).match()
	except HTTPException:  # Frappe says so itself
		return None, {}


def write_of(endpoint: Callable | None, arguments: dict) -> tuple[str | None, Callable | None]:
	"""(doctype, what Frappe does for it) of a request that writes a document, (None, None) of any other.

	Arguments as ``called_by`` returns them.
	"""
	if endpoint in _SAVES:
		return arguments["doctype"], partial(_save, endpoint, arguments)
	if endpoint in _METHODS:
		return arguments["doctype"], partial(endpoint, **arguments)
	if endpoint is not None and endpoint is _RUN_DOC_METHOD:
		return doctype_of(frappe.local.form_dict.get("document")), endpoint
	return None, None


def keep_checks_of_renaming(endpoint: Callable | None, arguments: dict) -> None:
	"""A request that renames a document by its method may not leave Frappe's checks out, and with them those
	of whoever hangs on ``before_rename``: Frappe lets whoever asks say so. Arguments as ``called_by``.
	"""
	given = frappe.local.form_dict
	if endpoint in _METHODS and (arguments.get("method") or given.get("run_method")) == "rename":
		given.update(_WITH_CHECKS)
	elif endpoint is not None and endpoint is _RUN_DOC_METHOD and given.get("method") == "rename":
		given["kwargs"] = with_checks(given.get("kwargs"))


def with_checks(values: str | dict | None) -> dict:
	"""The values of a renaming, its checks in. Raises: BadArgument for values that are none."""
	return {**(border.take("kwargs", values, border.perhaps(border.mapping)) or {}), **_WITH_CHECKS}


def doctype_of(doc: str | dict | None) -> str | None:
	"""Of a document that is sent along. Raises: BadArgument for what is none."""
	return border.take("doc", doc, border.written)["doctype"] if doc else None


def _save(endpoint: Callable, arguments: dict):
	"""Raises: BadArgument for values that no document of this kind can take."""
	given, doctype = frappe.local.form_dict, arguments["doctype"]
	values = border.take("data", given["data"], border.mapping) if given.get("data") else given
	border.take("data", {**values, "doctype": doctype}, border.written)
	return endpoint(**arguments)
