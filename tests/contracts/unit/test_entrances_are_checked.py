"""What the web may call declares its types and methods, and checks a permission."""

import ast

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	functions,
	layer_of,
	python_files,
	whitelisting,
)
from tests.contracts.names_in_source import report

# what the web may call

MAY_BE_CALLED = {"api", "entrances", "sales_wh_flow"}
"""An ``api.py``, the entrances of Frappe that the app takes over, and controllers of the app's own
documents.
"""


STAND_INS = "entrances"
"""Its functions do what Frappe's own do, which check permissions themselves."""


PERMISSION_CHECKS = {"check_permission", "has_permission", "only_for"}


CHECKED_FOR_THEM = {"order_to_decide", "order_to_change"}
"""Functions of ``approval/entrance.py``: what an approval's name lets its caller do."""


SIGNED = {"answer_signed", "order_of_customer"}
"""Who has no login proves by a signature who it is: ``couriers/incoming.py``."""


def whitelisted(*folders):
	for path in python_files(*folders):
		for function in functions(path):
			decorator = whitelisting(function)
			if decorator is not None:
				yield path, function, decorator


def test_the_web_may_call_the_api_and_nothing_behind_it():
	problems = [
		f"{at(path, function)} {function.name}"
		for path, function, _decorator in whitelisted()
		if layer_of(path) not in MAY_BE_CALLED
	]
	assert not problems, report(problems)
	assert list(whitelisted()), "no function is whitelisted: this check looks in the wrong place"


def test_whitelisted_functions_declare_their_http_methods():
	problems = []
	for path, function, decorator in whitelisted():
		keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
		methods = next((ast.literal_eval(word.value) for word in keywords if word.arg == "methods"), [])
		if not methods or not set(methods) <= {"GET", "POST", "PUT", "PATCH", "DELETE"}:
			problems.append(f"{at(path, function)} {function.name}: methods={methods}")
	assert not problems, report(problems)


def test_whitelisted_functions_declare_the_types_they_take_and_return():
	problems = []
	for path, function, _decorator in whitelisted():
		args = [*function.args.args, *function.args.kwonlyargs]
		untyped = [arg.arg for arg in args if not arg.annotation and arg.arg != "self"]
		if untyped or not function.returns:
			problems.append(f"{at(path, function)} {function.name}: {untyped or 'no return type'}")
		if function.args.vararg or function.args.kwarg:
			problems.append(f"{at(path, function)} {function.name} takes anything")
	assert not problems, report(problems)


def called_by(path, function):
	"""Names of what a function calls, by itself or through functions of the same module."""
	own = {other.name: other for other in functions(path)}
	called, waiting = set(), [function]
	while waiting:
		for node in ast.walk(waiting.pop()):
			if isinstance(node, ast.Call):
				name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
				if name not in called and isinstance(node.func, ast.Name) and name in own:
					waiting.append(own[name])
				called.add(name)
	return called


def test_whitelisted_functions_check_a_permission():
	problems = [
		f"{at(path, function)} {function.name}"
		for path, function, _decorator in whitelisted()
		if layer_of(path) != STAND_INS
		and not called_by(path, function) & (PERMISSION_CHECKS | CHECKED_FOR_THEM | SIGNED)
	]
	assert not problems, report(problems)


def test_what_checks_for_endpoints_does_check():
	path = APP / "approval" / "entrance.py"
	found = {function.name: called_by(path, function) & PERMISSION_CHECKS for function in functions(path)}
	assert set(found) == CHECKED_FOR_THEM
	assert all(found.values())


def test_what_answers_strangers_checks_their_signature():
	path = APP / "couriers" / "incoming.py"
	(answer,) = (function for function in functions(path) if function.name == "answer_signed")
	assert "check_signature" in called_by(path, answer)


def test_an_entrance_that_is_taken_over_hands_on_to_frappes_own():
	"""By itself or by a function it calls."""
	own = {"api", "bulk_update", "client", "form", "handler", "importing", "sales_order"}

	def used_by(function):
		return {dotted(node).split(".")[0] for node in ast.walk(function) if isinstance(node, ast.Attribute)}

	problems = []
	for path, function, _decorator in whitelisted():
		called = {dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
		used = [used_by(other) for other in functions(path) if other is function or other.name in called]
		if layer_of(path) == STAND_INS and not own & set().union(*used):
			problems.append(f"{at(path, function)} {function.name}")
	assert not problems, report(problems)
