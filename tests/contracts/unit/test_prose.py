"""What docstrings may not do: each is read alone, by somebody who came from a search."""

import ast
import re

from tests.contracts.app_source import at, python_files, walk
from tests.contracts.names_in_source import report

LEANS_ON_ITS_NEIGHBOUR = re.compile(
	r"^(The same( (of|for|at|in|as|with|without|once|while) |[,;.])|As above|Ditto)|\bas above\b"
)


def test_a_docstring_is_understood_without_the_one_above_it():
	problems = [
		at(path, node)
		for path in python_files()
		for node in walk(path, ast.FunctionDef, ast.ClassDef)
		if LEANS_ON_ITS_NEIGHBOUR.search(ast.get_docstring(node) or "")
	]
	assert not problems, report(problems)
