"""A fact of the business is said once; whoever audits it says it again, on purpose."""

import ast
import re

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	python_files,
	text,
	walk,
)

STATUSES = APP / "order" / "rules" / "held_statuses.py"
OTHER_DOCUMENTS = {APP / "stock_lock" / "store" / "incoming.py", APP / "shortage" / "store" / "supply.py"}
"""Purchase and work orders have statuses of their own."""

IN_SQL = re.compile(r"so\.(status|swf_flow_status), ''\) (not )?in \('|so\.status (not )?in \('")


def of_the_flow(*but):
	"""Files of the app that judge nobody: what audits states its conditions itself."""
	return [path for path in python_files() if "audit" not in path.parts and path not in but]


def test_the_statuses_that_stop_an_order_are_listed_once():
	problems = []
	for path in of_the_flow(STATUSES, *OTHER_DOCUMENTS):
		for node in walk(path, ast.Tuple, ast.Set, ast.List, ast.Constant):
			if isinstance(node, ast.Tuple | ast.Set | ast.List):
				words = {it.value for it in node.elts if isinstance(it, ast.Constant)}
				if (
					len(words & {"Closed", "On Hold", "Completed"}) > 1
					or {"Pending Approval", "Rejected"} == words
				):
					problems.append(at(path, node))
			elif isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_SQL.search(node.value):
				problems.append(at(path, node))
	assert not problems


def test_the_noise_of_sums_is_one_figure():
	problems = [
		at(path, node)
		for path in of_the_flow(APP / "base" / "quantities.py")
		for node in walk(path, ast.Constant)
		if "0.0000005" in str(node.value)
	]
	assert not problems


def test_an_order_is_locked_and_then_read_in_one_place():
	"""Two statements that somebody may turn round: what was read before the lock is out of date."""
	problems = []
	for path in of_the_flow(APP / "order" / "hold.py"):
		for node in walk(path) if "hold_order_row" in text(path) else ():
			for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
				for first, second in (
					zip(body or (), (body or ())[1:], strict=False) if isinstance(body, list) else ()
				):
					if locks_an_order(first) and reads_an_order(second):
						problems.append(at(path, second))
	assert not problems


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


def test_an_empty_reason_is_refused_in_one_place():
	asks = re.compile(r"not \(reason or ''\)\.strip\(\)")
	problems = [
		at(path, node)
		for path in of_the_flow()
		for node in walk(path, ast.If)
		if asks.search(ast.unparse(node.test))
	]
	assert not problems
