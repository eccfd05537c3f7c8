"""Figures are written as their reader writes them: by base/in_words.py, and on paper, too."""

import ast
import re

import pytest

from tests.contracts.app_source import APP, ROOT, at, layer_of, meant, python_files, shown, walk
from tests.contracts.names_in_source import report

MAY_FORMAT = {
	APP / "base" / "in_words.py",
	APP / "approval" / "condition_bounds.py",
	APP / "approval" / "store" / "masters.py",
	APP / "approval" / "store" / "customer_facts.py",
	APP / "approval" / "store" / "order_facts.py",
}
"""The one formatter; a limit in an error of Python; and texts that facts are compared by."""


OF_A_FIGURE = re.compile(r"[.,_]|[eEfFgGn%]$")
IN_A_TEXT = re.compile(r"\{\w*:[^}]*[.,_eEfFgGn%]\}|%[-+0 #]*\d*(?:\.\d+)?[eEfFgGd]\b")
AMOUNT = re.compile(r"(^|_)(qty|amount|weight|kg|price|rate|total|pct|percent|margin|stock)$")
FORMATTERS = {"frappe.utils.fmt_money", "frappe.format_value", "frappe.format", "frappe.utils.rounded"}
IN_WORDS = {
	"words",
	"sayings",
	"timeline",
	"verbs",
	"api",
	"jobs",
	"refusals",
	"permissions",
	"sales_wh_flow",
}
"""Layers whose texts people read; elsewhere a figure in a text is a key, or a part of SQL."""


def spec_of(node) -> str:
	"""What stands after the colon, with 0 for what is put in at run time."""
	parts = node.format_spec.values if node.format_spec else ()
	return "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in parts)


def name_of(node) -> str:
	return getattr(node, "id", "") or getattr(node, "attr", "")


def figures_formatted(path):
	for node in walk(path, ast.FormattedValue, ast.Call, ast.BinOp):
		if is_formatted(path, node):
			yield f"{at(path, node)} formats a figure itself: figure, money, percent of base/in_words.py"


def is_formatted(path, node) -> bool:
	if isinstance(node, ast.FormattedValue):
		is_amount = layer_of(path) in IN_WORDS and AMOUNT.search(name_of(node.value))
		return bool(OF_A_FIGURE.search(spec_of(node)) or is_amount)
	if isinstance(node, ast.BinOp):
		return isinstance(node.op, ast.Mod) and is_pattern(node.left)
	if isinstance(node.func, ast.Attribute) and node.func.attr == "format":
		given = [*node.args, *(it.value for it in node.keywords)]
		is_amount = layer_of(path) in IN_WORDS and any(AMOUNT.search(name_of(it)) for it in given)
		return is_pattern(node.func.value) or is_amount
	is_call_of_format = getattr(node.func, "id", "") == "format"
	return is_call_of_format or meant(path, node.func) in FORMATTERS


def is_pattern(node) -> bool:
	texts = [it.value for it in ast.walk(node) if isinstance(it, ast.Constant) and isinstance(it.value, str)]
	return any(IN_A_TEXT.search(text) for text in texts)


def test_figures_are_formatted_in_one_place():
	problems = [it for path in python_files() if path not in MAY_FORMAT for it in figures_formatted(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"f'{qty:.2f}'",
		"f'{qty:.1%}'",
		"f'{qty:.{n}f}'",
		"f'{qty:,}'",
		"f'{line.qty} of it'",
		"_('{0} missing').format(qty)",
		"'{:.2f}'.format(x)",
		"'%.2f' % x",
		"format(x, '.2f')",
		"from frappe.utils import fmt_money\nfmt_money(x)",
	],
)
def test_the_check_for_figures_sees_one(source):
	assert list(figures_formatted(shown(source)))


@pytest.mark.parametrize("source", ["f'{name:>5}'", "f'{number:02d}'", "f'{idx}'", "_('{0}').format(idx)"])
def test_the_check_for_figures_lets_names_and_numbers_pass(source):
	assert not list(figures_formatted(shown(source)))


IN_A_TEMPLATE = re.compile(r"\|\s*(?:round|int|float)\b|[\"']%[^\"']*[efgd][\"']\s*\||\{:[^}]*\}|toFixed")


def test_paper_says_figures_as_its_reader_does():
	"""Print Formats and pages: ``weight_shown`` and the like (hooks.py, jinja), or ``get_formatted``."""
	problems = [
		f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
		for path in sorted(APP.rglob("*.html"))
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if IN_A_TEMPLATE.search(line)
	]
	assert not problems, report(problems)
	assert IN_A_TEMPLATE.search('{{ "%.2f" | format(row.weight_kg) }}')


TRUSTS = re.compile(r"\|\s*safe\b|autoescape")


def test_no_template_trusts_what_was_typed():
	"""``| e`` on each value; what is HTML on purpose is made, escaped, in Python."""
	problems = [
		f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
		for path in sorted(APP.rglob("*.html"))
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if TRUSTS.search(line)
	]
	assert not problems, report(problems)
	assert TRUSTS.search("{{ order.note | safe }}")
