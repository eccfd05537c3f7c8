"""Only the store speaks SQL, locks rows and writes past a document; what is evidence has one writer."""

import ast
import re
from functools import cache

import pytest

from tests.contracts.app_source import (
	APP,
	CAPABILITIES,
	at,
	capability_of,
	dotted,
	imports,
	layer_of,
	meant,
	python_files,
	shown,
	tree,
	walk,
)
from tests.contracts.names_in_source import report

MAY_WRITE_SQL = {"store"}


MAY_CHANGE_TABLES = {"setup", "patches"}
"""Where columns and indexes of the app come and go, and values of other DocTypes are set once."""


MUST_WORD_CONDITIONS = {"permissions"}
"""Frappe takes the conditions of who sees what in lists as SQL text; running SQL stays the store's."""


SQL_CALL = re.compile(r"(^|\.)(db\.(sql|sql_list|multisql|bulk_insert|bulk_update|_cursor|_conn)|qb)(\.|$)")


TABLE_CALL = re.compile(r"(^|\.)db\.(sql_ddl|set_value|set_single_value|delete|truncate)$")


PAST_ITS_DOCUMENT = {"db_set", "db_update", "db_insert", "db_update_all"}


SQL_TEXT = re.compile(
	r"\b(from|into|update|join)\s+`?tab[A-Z{]|^\s*(distinct|sum|count|max|min|avg)\s*\(", re.IGNORECASE
)


CLASSES = {"overrides"}
"""Classes that stand in for Frappe's, and write as those do."""


def sql_uses(path):
	layer = layer_of(path)
	for node in walk(path, ast.Attribute, ast.Constant, ast.Name):
		if isinstance(node, ast.Constant):
			is_text = isinstance(node.value, str) and SQL_TEXT.search(node.value)
			if is_text and layer not in MUST_WORD_CONDITIONS:
				yield node, "SQL text"
		elif SQL_CALL.search(name := meant(path, node)):
			yield node, name
		elif TABLE_CALL.search(name) and layer not in MAY_CHANGE_TABLES:
			yield node, name
		elif isinstance(node, ast.Attribute) and node.attr in PAST_ITS_DOCUMENT and layer not in CLASSES:
			yield node, f".{node.attr} writes past the document"
	for node, name in imports(path):
		if name in ("frappe.db", "frappe.qb") or name.startswith(
			("frappe.query_builder", "pypika", "pymysql")
		):
			yield node, f"import of {name}"
	yield from ((node, "locks a row") for node in hold_rows(path))


def hold_rows(path):
	"""``for_update`` handed to Frappe; a function of a store may be asked to lock."""
	for node in walk(path, ast.Call):
		if not meant(path, node.func).startswith("sales_wh_flow."):
			for keyword in node.keywords:
				if keyword.arg == "for_update" and is_of_frappe(path, node.func):
					yield node


def is_of_frappe(path, function) -> bool:
	name = meant(path, function)
	return name.startswith("frappe.") or name.endswith((".load_from_db", ".lock"))


def spoken_outside(path):
	if layer_of(path) not in MAY_WRITE_SQL:
		for node, what in sql_uses(path):
			yield f"{at(path, node)} {what}: move it into store/ (row locks: base/hold_rows.py)"


def test_only_the_store_speaks_sql():
	problems = [problem for path in python_files() for problem in spoken_outside(path)]
	assert not problems, report(problems)


def test_the_check_for_sql_sees_the_stores_own():
	"""A check that never finds anything proves nothing."""
	assert [use for path in python_files("store") for use in sql_uses(path)]


@pytest.mark.parametrize(
	"source",
	[
		"frappe.db.sql(text)",
		"conn = frappe.local.db\nconn.sql(text)",
		"frappe.db._cursor.execute(text)",
		"frappe.db.delete('Order Approval', name)",
		"frappe.db.set_value('Sales Order', name, 'status', 'Closed')",
		"write = frappe.db.set_value\nwrite('Sales Order', name, 'status', 'Closed')",
		"doc.db_set('status', 'Closed')",
		"frappe.qb.from_('Bin')",
		"frappe.get_all('Bin', fields=['sum(actual_qty)'])",
		"frappe.get_doc('Sales Order', name, for_update=True)",
		"frappe.db.get_value('Sales Order', name, 'status', for_update=True)",
	],
)
def test_the_check_for_sql_sees_one(source):
	for place in ("order/x.py", "order/api.py", "order/rules/x.py", "sales_wh_flow/doctype/a/a.py"):
		assert list(spoken_outside(shown(f"import frappe\n{source}", place)))
	assert not list(spoken_outside(shown(f"import frappe\n{source}", "order/store/x.py")))


# tables of the app: one capability writes what is evidence, and nobody reads above himself


WRITTEN = re.compile(
	r"(?:update|(?:insert|replace)(?: ignore)? into|delete (?:\w+ )?from)\s+`tab([A-Z][\w ]+)`", re.I
)
READ = re.compile(r"`tab([A-Z][\w ]+)`")
WRITERS = re.compile(r"^frappe\.(db\.(set_value|delete)|delete_doc)$|\.base\.bulk\.(insert|set_\w+)$")

WRITES_IN_ANOTHERS = {
	("delivery", "Order Box Item"): "what the customer took of each row of a box, written with the proof",
}
READS_ABOVE = {
	"order/store/status.py": "the facts of all flow statuses in one statement, whoever wrote them",
	"scanning/store/barcodes.py": "whose barcode it is: a box has one, too",
}
"""Stores that know tables of a floor above, and why that is cheaper than a way round."""


@cache
def evidence() -> tuple[str, ...]:
	for node in tree(APP / "base" / "records.py").body:
		if isinstance(node, ast.Assign) and dotted(node.targets[0]) == "EVIDENCE":
			return ast.literal_eval(node.value)
	raise AssertionError("base/records.py names no EVIDENCE")


@cache
def texts(path):
	"""(node, text) of each text, with the file's own constants filled in."""
	known = {
		dotted(node.targets[0]): node.value.value
		for node in tree(path).body
		if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
	}
	found = [(node, node.value) for node in walk(path, ast.Constant) if isinstance(node.value, str)]
	for node in walk(path, ast.JoinedStr):
		parts = [
			part.value if isinstance(part, ast.Constant) else str(known.get(dotted(part.value), "?"))
			for part in node.values
		]
		found.append((node, "".join(parts)))
	for node in walk(path, ast.Call):
		if WRITERS.search(meant(path, node.func)) and node.args:
			first = node.args[0]
			name = first.value if isinstance(first, ast.Constant) else known.get(dotted(first))
			found.append((node, f"update `tab{name}`"))
	return found


def evidence_written(path):
	for node, text in texts(path):
		for doctype in WRITTEN.findall(text):
			if doctype in evidence():
				yield node, doctype


@cache
def writers() -> dict[str, str]:
	"""{evidence: the capability that writes it}"""
	found = {}
	for path in python_files("store"):
		for _node, doctype in evidence_written(path):
			if (capability_of(path), doctype) not in WRITES_IN_ANOTHERS:
				found.setdefault(doctype, capability_of(path))
	return found


def written_by_others(path):
	if layer_of(path) != "patches":
		for node, doctype in evidence_written(path):
			own = (capability_of(path), doctype)
			if own[0] != writers().get(doctype) and own not in WRITES_IN_ANOTHERS:
				yield f"{at(path, node)} writes {doctype}: call {writers().get(doctype)}/store for it"


def test_evidence_is_written_by_one_capability():
	assert len(writers()) > 15
	problems = [problem for path in python_files() for problem in written_by_others(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"frappe.db.set_value('Stock Lock Event', name, 'reason', '')",
		"frappe.delete_doc('Order Approval', name, force=True)",
		"D = 'Order Gate'\nfrappe.db.sql(f'update `tab{D}` set x = 1')",
		"from sales_wh_flow.base import bulk\nbulk.insert('Order Message', (), [])",
	],
)
def test_the_check_for_writers_of_evidence_sees_one(source):
	assert list(written_by_others(shown(f"import frappe\n{source}", "picking/store/x.py")))


def read_above(path):
	floor = CAPABILITIES.get(capability_of(path), 99)
	for node, text in texts(path):
		for doctype in READ.findall(text):
			if CAPABILITIES.get(writers().get(doctype), -1) > floor:
				yield f"{at(path, node)} knows {doctype} of {writers()[doctype]}, a floor above: ask there"


def test_a_store_reads_no_evidence_of_a_floor_above():
	found = {str(path.relative_to(APP)): list(read_above(path)) for path in python_files()}
	problems = [problem for path, seen in found.items() if path not in READS_ABOVE for problem in seen]
	assert not problems, report(problems)
	assert all(found[path] for path in READS_ABOVE)
	assert list(read_above(shown("frappe.db.sql('select name from `tabOrder Box`')", "order/store/x.py")))
