"""A text is looked up in its translation as it is written, and is a whole sentence: other languages have
another order of words.
"""

import ast
import json

import pytest

from tests.contracts.app_source import APP, at, meant, python_files, shown, walk
from tests.contracts.names_in_source import report

IN_ENGLISH = (ast.Constant, ast.JoinedStr, ast.BinOp)
SHOWN_BY = {"frappe.msgprint", "frappe.throw", "frappe.publish_progress"}

LISTS = {
	APP / "sales_wh_flow/report/order_figures/order_figures.py": "takes the word off, joins nothing",
}
"""Where a text stands beside another, and why that is no sentence."""


def is_text(path, node) -> bool:
	"""``_("...")``, also with values in it."""
	if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
		node = node.func.value
	return isinstance(node, ast.Call) and meant(path, node.func) in ("_", "frappe._")


def is_put_together(node) -> bool:
	if isinstance(node, ast.Call):
		return getattr(node.func, "attr", "") == "format"
	return isinstance(node, ast.JoinedStr | ast.BinOp)


def texts_in_pieces(path):
	for node in walk(path, ast.Call, ast.BinOp):
		if isinstance(node, ast.Call):
			first = node.args[0] if node.args else None
			if meant(path, node.func) in ("_", "frappe._") and is_put_together(first):
				yield f"{at(path, node)} looks for a text with its values in it: _(text).format(values)"
			elif meant(path, node.func) in SHOWN_BY and isinstance(first, IN_ENGLISH):
				yield f"{at(path, node)} shows English to everybody: _(text)"
		elif isinstance(node.op, ast.Add) and any(is_text(path, it) for it in (node.left, node.right)):
			yield f"{at(path, node)} glues texts: one text with {{0}}, or whole parts joined"


def test_texts_are_whole():
	found = {path: list(texts_in_pieces(path)) for path in python_files()}
	problems = [problem for path, seen in found.items() if path not in LISTS for problem in seen]
	assert not problems, report(problems)
	assert all(found[path] for path in LISTS)


@pytest.mark.parametrize(
	"source",
	[
		"_(f'{a} is closed')",
		"_('a ' + word)",
		"_('a {0}'.format(word))",
		"_('closed by') + name",
		"words + '. ' + _('It is a draft')",
		"_('{0} left').format(a) + _('{0} came').format(b)",
		"frappe.msgprint('You cannot ' + what)",
		"from frappe import _ as say\nsay('a ' + word)",
	],
)
def test_the_check_for_whole_texts_sees_one_in_pieces(source):
	assert list(texts_in_pieces(shown(f"import frappe\n{source}")))


def test_what_is_printed_lies_where_its_texts_are_gathered():
	"""Frappe gathers texts from HTML files, not from the markup inside of a Print Format's JSON, which would
	be English in every language.
	"""
	formats = sorted(APP.rglob("print_format/*/*.json"))
	marked_up = {path: json.loads(path.read_text()) for path in formats}
	problems = [
		f"{path.relative_to(APP)}: its texts lie beside it, in {path.stem}.html"
		for path, it in marked_up.items()
		if any("_(" in (it.get(field) or "") for field in ("html", "raw_commands"))
	]
	assert formats
	assert not problems, report(problems)
