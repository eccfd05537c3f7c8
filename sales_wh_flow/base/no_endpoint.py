"""Names of the app that can't be called: ``/api/method/sales_wh_flow.approval`` is a package, no function.

Frappe looks up any name and stumbles over what is no function. Functions that are not open to the web it
refuses itself.
"""

import inspect

import frappe

_OURS = f"{__name__.partition('.')[0]}."


def not_found() -> None:
	"""Before a request. Raises: DoesNotExistError for a name of the app that is no function."""
	name = frappe.local.form_dict.cmd or _method_of(frappe.local.request.path)
	if not (isinstance(name, str) and name.startswith(_OURS)):
		return
	if frappe.override_whitelisted_method(name) != name:
		return
	try:
		found = frappe.get_attr(name)  # noqa: TID251 - as Frappe does with it
	except Exception:  # what there is not, Frappe says itself
		return
	if not (inspect.isroutine(found) or inspect.isclass(found)):
		raise frappe.DoesNotExistError


def _method_of(path: str) -> str:
	"""What a request to Frappe's API calls; empty for any other."""
	if not path.startswith("/api/"):
		return ""
	return path.partition("/method/")[2].partition("/")[0]
