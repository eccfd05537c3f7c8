"""The records that ERPNext's own tests take for granted, made as ERPNext's runner makes them.

They stay on the site. That runner makes first what a document links to. The app's own fields link to more,
and in another order than ERPNext's fixtures bear, so they are left out of it.
"""

from collections.abc import Callable
from contextlib import contextmanager

import frappe

OF_THE_APP = "swf_"


def make_them(doctypes: tuple[str, ...]) -> None:
	"""What these documents, and all that they point at, need; nothing where it was made before."""
	from frappe import test_runner

	native = test_runner.get_dependencies
	test_runner.get_dependencies = lambda doctype: without_the_app(doctype, native)
	have = set(frappe.get_all("DocType", pluck="name"))
	linked = set(frappe.get_all("DocField", {"fieldtype": "Link"}, pluck="options")) - {None, ""}
	# Some link to DocTypes of apps that are not there.
	frappe.local.test_objects = {doctype: [] for doctype in linked - have}
	try:
		with each_committed(test_runner):
			for doctype in doctypes:
				test_runner.make_test_records(doctype, commit=True)
	finally:
		test_runner.get_dependencies = native


def without_the_app(doctype: str, native: Callable[[str], list[str]]) -> list[str]:
	"""What the runner would make first for a document, were the app's fields not there."""
	meta = frappe.get_meta(doctype)
	fields = [*meta.get_link_fields()]
	for table in meta.get_table_fields():
		if not table.fieldname.startswith(OF_THE_APP):
			fields += frappe.get_meta(table.options).get_link_fields()
	added = {df.options for df in fields if df.fieldname.startswith(OF_THE_APP)}
	added |= {df.options for df in fields if frappe.get_meta(df.parent).module == "Sales WH Flow"}
	own = {df.options for df in fields if not df.fieldname.startswith(OF_THE_APP)}
	return [name for name in native(doctype) if name == doctype or name not in added - own]


@contextmanager
def each_committed(test_runner):
	"""A record that is there already takes back all that was not committed before it."""
	native = test_runner.make_test_records_for_doctype

	def made(*given, **more):
		native(*given, **more)
		frappe.db.commit()

	test_runner.make_test_records_for_doctype = made
	try:
		yield
	finally:
		test_runner.make_test_records_for_doctype = native
