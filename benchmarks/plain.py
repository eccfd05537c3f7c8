"""ERPNext as it would be without the app, in a process that has the app.

Inside, no document event of the app is called and Bin is ERPNext's own class again: every line of Python that
the app adds to a submit is gone. What stays is what lies in the database: custom fields of the app are
columns of tables that are read and written anyway, so they add no statement. A second site without the app
would compare two databases with different data; here both sides of a comparison run on the same rows, in
turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import frappe

from erpnext.stock.doctype.bin.bin import Bin

APP = "sales_wh_flow."


@contextmanager
def plain_erpnext() -> Iterator[None]:
	with_app, controllers = frappe.get_doc_hooks(), frappe.controllers.setdefault(frappe.local.site, {})
	overridden = frappe.model.base_document.get_controller("Bin")
	frappe.local.doc_events_hooks = {
		doctype: {
			event: [path for path in paths if not path.startswith(APP)] for event, paths in events.items()
		}
		for doctype, events in with_app.items()
	}
	controllers["Bin"] = Bin
	try:
		yield
	finally:
		frappe.local.doc_events_hooks = with_app
		controllers["Bin"] = overridden
