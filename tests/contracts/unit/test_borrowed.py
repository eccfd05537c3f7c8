"""What the app borrows from inside Frappe and ERPNext is all in one table, and what changes is named."""

import ast
import json
import re
import runpy
import sys
from types import SimpleNamespace

import pytest

from sales_wh_flow.base import borrowed
from tests.contracts.app_source import (
	APP,
	ROOT,
	at,
	dotted,
	imports,
	meant,
	python_files,
	shown,
	walk,
)
from tests.contracts.names_in_source import report

sys.path.insert(0, str(ROOT / "script" / "lib"))

import record_borrowed
import test_command

NAMES = {loan.name for loan in borrowed.LOANS}
SOURCE = 'def pay(order, amount=1):\n\t"""Pays."""\n\treturn order - amount  # a comment\n'
LOAN = borrowed.Loan("frappe.shop.pay", "it pays", "nobody pays")


@pytest.fixture
def shop(tmp_path, monkeypatch):
	"""``shop(source)``: folders of a bench whose Frappe has that source in shop.py."""
	monkeypatch.setattr(borrowed, "LOANS", (LOAN,))

	def write(source: str) -> dict:
		borrowed._PARSED.clear()
		folder = tmp_path / "frappe"
		folder.mkdir(exist_ok=True)
		(folder / "shop.py").write_text(source)
		return {"frappe": folder}

	yield write
	borrowed._PARSED.clear()


WRITTEN_IN_MANY_WAYS = """def pay(order: "Order | None" = None, *, note='it\\'s "paid"'):
	rows: dict[str, int] = {row["name"]: row.qty for row in order.get("items", [])}
	first, *rest = rows[order.name, 0] if rows else (None,)
	return f"{order.name!r}: {'-'.join(rest):>{10}} {order['title']} {{kept}} \\n \u20ac"
"""
"""What Pythons 3.10 to 3.14 read alike and write down differently."""


@pytest.fixture
def as_recorded(shop, monkeypatch):
	looks = borrowed.look_at_borrowed(LOAN.name, shop(SOURCE))
	monkeypatch.setattr(borrowed, "recorded", lambda: {"frappe": {"15.1.0": {LOAN.name: looks}}})


def test_every_endpoint_that_the_app_answers_in_anothers_place_is_in_the_table():
	hooks = runpy.run_path(str(APP / "hooks.py"))
	overridden = {name for name in hooks["override_whitelisted_methods"] if not name.startswith(APP.name)}
	known = {name.rpartition(".")[2] for name in NAMES}
	others = {name for name in overridden if name not in NAMES}
	assert others == {"run_doc_method", "runserverobj", "frappe.handler.runserverobj"}  # one function
	assert "run_doc_method" in known
	classes = hooks.get("override_doctype_class") or hooks["extend_doctype_class"]
	assert all(any("." + name + "." in loan for loan in NAMES) for name in classes)


def test_every_check_of_erpnexts_that_is_waived_is_in_the_table():
	texts = {
		value.value
		for path in python_files()
		for node in walk(path, ast.Assign)
		if dotted(node.targets[0]) in ("_NATIVE", "_NATIVE_COUNTERS", "CREDIT_CHECK")
		for value in ast.walk(node.value)
		if isinstance(getattr(value, "value", None), str)
	}
	assert len(texts) > 8 and texts <= {name.rpartition(".")[2] for name in NAMES}


PUBLIC = re.compile(
	r"frappe\.\w+$|frappe\.(utils|db|qb|local|flags|session|conf|cache|response|request|types)\.|frappe\.types$|frappe\.model$"
)
"""What Frappe has for other apps: itself and its utils."""

PUBLIC_TOO = {
	"erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry": "whitelisted",
	"erpnext.accounts.doctype.sales_invoice.sales_invoice.get_bank_cash_account": "whitelisted",
	"erpnext.accounts.party.get_party_account": "whitelisted",
	"erpnext.selling.doctype.sales_order.sales_order.make_sales_invoice": "whitelisted",
	"erpnext.setup.utils.before_tests": "a hook of other apps' tests",
	"erpnext.setup.utils.get_exchange_rate": "whitelisted",
	"erpnext.stock.doctype.delivery_note.delivery_note.make_sales_invoice": "whitelisted",
	"erpnext.stock.doctype.stock_entry.stock_entry": "looked into by base/compat.py, as base_document",
	"erpnext.stock.stock_ledger.NegativeStockError": "what ERPNext raises and other apps expect",
	"frappe.api.API_URL_MAP": "a constant",
	"frappe.commands.get_site": "for commands of other apps",
	"frappe.commands.pass_context": "for commands of other apps",
	"frappe.custom.doctype.custom_field.custom_field.create_custom_fields": "for fields of other apps",
	"frappe.database.database.Database": "the class of frappe.db",
	"frappe.gettext.translate": "a module; its functions are loans",
	"frappe.model.base_document": "looked into by base/compat.py, which asks what there is",
	"frappe.model.docstatus.DocStatus": "of each Document",
	"frappe.model.docstatus.DocStatus.draft": "of each Document",
	"frappe.model.document.Document": "what documents are made of",
	"frappe.model.no_value_fields": "a constant",
	"frappe.model.table_fields": "a constant",
	"frappe.modules.import_file.import_file_by_path": "for patches of other apps",
	"frappe.permissions.AUTOMATIC_ROLES": "a constant",
}
"""Beyond that: whitelisted, which programs call by its path; constants; what is there for other apps."""


def taken(path):
	"""(node, name) of whatever a file takes from inside Frappe and ERPNext."""
	yield from ((node, name) for node, name in imports(path) if is_foreign(name))
	for node in walk(path, ast.Attribute):
		root = dotted(node).split(".")[0]
		name = meant(path, node)
		if root and root != "frappe" and is_foreign(name) and not name.startswith(root):
			yield node, name


def is_foreign(name: str) -> bool:
	return name.startswith(("frappe.", "erpnext."))


def not_in_the_table(path):
	lent = NAMES | {loan.rpartition(".")[0] for loan in NAMES} | {"frappe.handler", "frappe.api"}
	for node, name in taken(path):
		parts = name.split(".")
		known = {".".join(parts[:most]) for most in range(2, len(parts) + 1)}
		if not PUBLIC.match(name) and name not in lent and not known & (NAMES | PUBLIC_TOO.keys()):
			yield f"{at(path, node)} takes {name}: name it in base/loans.py, or here in PUBLIC_TOO"
	for node in walk(path, ast.Assign, ast.AugAssign, ast.Call):
		for target in given_another(path, node):
			yield f"{at(path, node)} changes {target} for everybody: use a hook or base/native_checks.py"


def given_another(path, node):
	"""Names of Frappe's and ERPNext's own modules and classes that a statement changes for everybody."""
	if isinstance(node, ast.Call):
		targets = [meant(path, node.args[0])] if dotted(node.func) in ("setattr", "delattr") else []
	else:
		found = node.targets if isinstance(node, ast.Assign) else [node.target]
		targets = [meant(path, it.value) for it in found if isinstance(it, ast.Attribute)]
	of_a_request = ("frappe.local", "frappe.response", "frappe.flags", "frappe.db", "frappe.request")
	return [it for it in targets if is_foreign(f"{it}.") and not it.startswith(of_a_request)]


def test_whatever_is_taken_from_inside_frappe_and_erpnext_is_in_the_table():
	problems = [problem for path in python_files() for problem in not_in_the_table(path)]
	assert not problems, report(problems)
	everything = {name for path in python_files() for _node, name in taken(path)}
	assert not PUBLIC_TOO.keys() - everything


@pytest.mark.parametrize(
	"source",
	[
		"from erpnext.stock.utils import _get_inside",
		"import erpnext.stock.utils",
		"from erpnext.stock import stock_ledger\nstock_ledger.make_sl_entries()",
		"from frappe.desk.form import save\nsave.add_data()",
		"from erpnext.stock.doctype.bin.bin import Bin\nBin.update_reserved_stock = len",
		"from erpnext.stock.doctype.bin import bin\nbin.Bin.update_reserved_stock = len",
		"frappe.model.document.Document.save = len",
		"setattr(frappe.client, 'save', len)",
	],
)
def test_the_check_for_loans_sees_one(source):
	assert list(not_in_the_table(shown(f"import frappe\n{source}")))


@pytest.mark.parametrize("app", borrowed.APPS)
def test_every_version_on_record_had_all_that_is_borrowed(app):
	since = {loan.name: int(loan.since) for loan in borrowed.LOANS if loan.app == app}
	for version, looks in borrowed.recorded()[app].items():
		there = {name for name, look in looks.items() if look}
		assert looks.keys() == since.keys(), version
		assert there == {name for name, first in since.items() if first <= int(version.split(".")[0])}, (
			version
		)


@pytest.mark.parametrize(
	("source", "what"),
	[
		(SOURCE, None),
		(SOURCE.replace("Pays.", "Pays it.").replace("# a comment", ""), None),
		(SOURCE.replace("amount=1", "amount=2"), borrowed.OTHER_ARGUMENTS),
		(SOURCE.replace("order - amount", "order"), borrowed.OTHER_CODE),
		(SOURCE.replace("pay", "spend"), borrowed.GONE),
		("", borrowed.GONE),
	],
)
@pytest.mark.parametrize("version", ["15.1.0", "15.9.0", "16.0.0-dev", "14.0.0"])
def test_what_changed_is_named_on_known_and_unknown_versions(as_recorded, shop, source, what, version):
	found = borrowed.differences("frappe", version, shop(source))
	assert found == ([(LOAN, what)] if what else [])


def test_a_method_of_a_class_is_found_where_it_stands(shop):
	folders = shop("class Till:\n\tdef pay(self): return 1\n")
	assert borrowed.look_at_borrowed("frappe.shop.Till.pay", folders).signature == "self"
	assert borrowed.look_at_borrowed("frappe.shop.Till.spend", folders) is None
	assert borrowed.look_at_borrowed("frappe.cellar.pay", folders) is None


def test_code_looks_the_same_to_every_python(shop):
	looks = borrowed.look_at_borrowed(LOAN.name, shop(WRITTEN_IN_MANY_WAYS))
	assert looks.source == "a0c22b3e0813c40c"


def test_a_route_that_is_gone_gives_no_endpoint_and_no_error():
	there = SimpleNamespace(url_rules=[SimpleNamespace(rule=borrowed.RUN_DOC_METHOD, endpoint=len)])
	assert borrowed.endpoint(there, borrowed.RUN_DOC_METHOD) is len
	assert borrowed.endpoint(SimpleNamespace(url_rules=[]), borrowed.RUN_DOC_METHOD) is None
	assert borrowed.endpoint(None, borrowed.RUN_DOC_METHOD) is None


def test_a_module_and_a_function_that_are_gone_are_left_out():
	assert borrowed.module("json.gone") is None
	assert borrowed.functions(borrowed.module("json"), "gone", "loads") == (json.loads,)
	assert borrowed.functions(None, "loads") == ()


def test_script_test_names_the_versions_on_record():
	said = test_command._borrowed(ROOT)
	assert all(version in said for versions in borrowed.recorded().values() for version in versions)


def test_a_new_version_is_recorded_beside_the_others(shop, tmp_path, monkeypatch):
	(shop(SOURCE)["frappe"] / "__init__.py").write_text('__version__ = "15.2.0"')
	(tmp_path / "erpnext").mkdir()
	(tmp_path / "erpnext" / "__init__.py").write_text('__version__ = "15.3.0"')
	record = tmp_path / "record.json"
	record.write_text('{"frappe": {"15.1.0": {}}, "erpnext": {}}')
	monkeypatch.setattr(borrowed, "RECORD", record)
	assert record_borrowed.main([str(tmp_path), str(tmp_path)]) == 0
	kept = borrowed.recorded()
	assert kept["frappe"].keys() == {"15.1.0", "15.2.0"} and kept["erpnext"].keys() == {"15.3.0"}
	assert kept["frappe"]["15.2.0"][LOAN.name].signature == "order, amount=1"
