"""A fact of the business is said once; whoever audits it says it again, on purpose."""

import ast
import re

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	python_files,
	shown,
	text,
	walk,
)
from tests.contracts.names_in_source import report

STATUSES = APP / "order" / "rules" / "held_statuses.py"
OTHER_DOCUMENTS = {APP / "stock_lock" / "store" / "incoming.py", APP / "shortage" / "store" / "supply.py"}
"""Purchase and work orders have statuses of their own."""

IN_SQL = re.compile(r"so\.(status|swf_flow_status), ''\) (not )?in \('|so\.status (not )?in \('")


def of_the_flow(*but):
	"""Files of the app that judge nobody: what audits states its conditions itself."""
	return [path for path in python_files() if "audit" not in path.parts and path not in but]


STOP = {"Closed", "On Hold", "Completed"}
OR_SO = re.compile(r"[\w ]+(?:[|,;/] ?[\w ]+)+")


def statuses_listed(path):
	"""Nodes that name some of the statuses that stop an order: a list, a text of them, one or the other."""
	for node in walk(path, ast.Tuple, ast.Set, ast.List, ast.Constant, ast.BoolOp):
		if isinstance(node, ast.Constant):
			words = node.value if isinstance(node.value, str) else ""
			named = {it.strip() for it in re.split(r"[|,;/]", words)} if OR_SO.fullmatch(words) else set()
		elif isinstance(node, ast.BoolOp):
			compared = [it for it in node.values if isinstance(it, ast.Compare)]
			named = {getattr(it, "value", None) for one in compared for it in one.comparators}
		else:
			named = {it.value for it in node.elts if isinstance(it, ast.Constant)}
		if len(named & STOP) > 1 or named == {"Pending Approval", "Rejected"} or in_sql(node):
			yield f"{at(path, node)} lists statuses: take them from order/rules/held_statuses.py"


def in_sql(node) -> bool:
	return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(IN_SQL.search(node.value))


def test_the_statuses_that_stop_an_order_are_listed_once():
	files = of_the_flow(STATUSES, *OTHER_DOCUMENTS)
	problems = [problem for path in files for problem in statuses_listed(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"status in ('Closed', 'On Hold')",
		"frozenset({'Closed', 'Completed'})",
		"status == 'Closed' or status == 'On Hold'",
		"'Closed|On Hold'.split('|')",
		"state in ['Pending Approval', 'Rejected']",
	],
)
def test_the_check_for_statuses_sees_one(source):
	assert list(statuses_listed(shown(source)))


FIGURES = APP / "base" / "quantities.py"
OTHER_FIGURES = {
	APP / "approval" / "billed_prices.py": "half a cent, and what rounding in another currency adds",
	APP / "packing" / "rules" / "weights.py": "how many kilograms a gram and a millilitre are",
	APP / "stock_lock" / "store" / "picked_bundles.py": "a part that shows on no form",
}
SMALL = re.compile(r"(?<![\w.])(?:0?\.00\d+|\d+e-\d+)\b")


def small_figures(path):
	"""Nodes with a figure below a hundredth: what is nothing in money, or the noise of sums."""
	for node in walk(path, ast.Constant):
		is_small = isinstance(node.value, float) and 0 < abs(node.value) < 0.01
		if is_small or (isinstance(node.value, str) and "select" in node.value and SMALL.search(node.value)):
			yield f"{at(path, node)} has a small figure of its own: see base/quantities.py"


def test_what_is_nothing_is_said_once():
	found = {path: list(small_figures(path)) for path in of_the_flow(FIGURES)}
	problems = [problem for path, seen in found.items() if path not in OTHER_FIGURES for problem in seen]
	assert not problems, report(problems)
	assert all(found[path] for path in OTHER_FIGURES)


@pytest.mark.parametrize(
	"source", ["total < 0.005", "total > 1e-9", "q = 'select name where total > 0.005'", "x = 0.0000005"]
)
def test_the_check_for_small_figures_sees_one(source):
	assert list(small_figures(shown(source)))


def test_an_order_is_locked_and_then_read_in_one_place():
	"""Two statements that somebody may turn round: what was read before the lock is out of date."""
	problems = [
		problem
		for path in of_the_flow(APP / "order" / "hold.py", READS_LATER)
		for problem in read_after_a_lock(path)
	]
	assert not problems, report(problems)


READS_LATER = APP / "stock_lock" / "leave_bad_lots.py"
"""Reads the order only where one of its locks has to go, which is seldom: most orders pay for no document."""


def read_after_a_lock(path):
	"""An order that is read by itself after its lock, in the same block, whatever stands between."""
	for node in walk(path) if "hold_order_row" in text(path) else ():
		for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
			statements = body if isinstance(body, list) else []
			locked = next((place for place, it in enumerate(statements) if locks_an_order(it)), None)
			for statement in statements[locked + 1 :] if locked is not None else ():
				if reads_an_order(statement):
					yield f"{at(path, statement)} reads the order after its lock: order.hold does both"


def test_the_check_for_orders_that_are_read_sees_one():
	source = "def f():\n\thold_order_row(a)\n\tx = 1\n\treturn frappe.get_doc('Sales Order', a)"
	assert list(read_after_a_lock(shown(source)))


def locks_an_order(statement) -> bool:
	call = getattr(statement, "value", None)
	return isinstance(call, ast.Call) and dotted(call.func).endswith("hold_order_row")


def reads_an_order(statement) -> bool:
	return any(
		isinstance(node, ast.Call)
		and dotted(node.func) == "frappe.get_doc"
		and isinstance(node.args[0], ast.Constant)
		and node.args[0].value == "Sales Order"
		for node in ast.walk(statement)
	)


EMPTY = re.compile(r"not \(?(\w+\.)?(reason|why|comment|note|question|answer)( or '')?\)?\.strip\(\)")


def empty_reasons(path):
	for node in walk(path, ast.If):
		if EMPTY.search(ast.unparse(node.test)):
			yield f"{at(path, node)} refuses what is empty by itself: require_reason of base/refusals.py"


def test_an_empty_reason_is_refused_in_one_place():
	problems = [problem for path in of_the_flow() for problem in empty_reasons(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize("source", ["if not (reason or '').strip(): x()", "if not reason.strip(): x()"])
def test_the_check_for_empty_reasons_sees_one(source):
	assert list(empty_reasons(shown(source)))
