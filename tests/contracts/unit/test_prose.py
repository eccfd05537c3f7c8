"""Prose of the source: docstrings are read alone, and texts for users are found by who translates them."""

import ast
import re

from tests.contracts.app_source import at, dotted, python_files, walk
from tests.contracts.names_in_source import report

LEANS_ON_ITS_NEIGHBOUR = re.compile(
	r"^(The same( (of|for|at|in|as|with|without|once|while) |[,;.])|As above|Ditto)|\bas above\b"
)


def hidden_texts(formatted):
	"""Texts inside an f-string: who collects texts sees into it on Python 3.12 and later only."""
	calls = (node for node in ast.walk(formatted) if isinstance(node, ast.Call))
	return [it for it in calls if dotted(it.func) == "_" and isinstance(it.args[0], ast.Constant)]


def test_a_docstring_is_understood_without_the_one_above_it():
	problems = [
		at(path, node)
		for path in python_files()
		for node in walk(path, ast.FunctionDef, ast.ClassDef)
		if LEANS_ON_ITS_NEIGHBOUR.search(ast.get_docstring(node) or "")
	]
	assert not problems, report(problems)


def test_no_text_for_users_hides_in_an_f_string():
	problems = [
		f"{at(path, call)} {ast.unparse(call)}"
		for path in python_files()
		for formatted in walk(path, ast.JoinedStr)
		for call in hidden_texts(formatted)
	]
	assert not problems, report(problems)
	assert hidden_texts(ast.parse("f'{words} {_(\"then\")}'"))
