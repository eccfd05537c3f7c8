"""What the web may call declares its types and methods, and checks a permission."""

import ast

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	functions,
	imports,
	layer_of,
	meant,
	python_files,
	shown,
	walk,
	whitelisting,
)
from tests.contracts.names_in_source import report
from tests.contracts.what_is_reached import module_name, reached, writes_in

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


def opened_otherwise(path):
	"""``frappe.whitelist`` under another name, called on a function, or as no decorator of one."""
	decorators = {
		id(decorator.func if isinstance(decorator, ast.Call) else decorator)
		for function in functions(path)
		for decorator in function.decorator_list
	}
	for node in walk(path, ast.Attribute):
		if meant(path, node) in ("frappe.whitelist", "frappe.whitelisted") and id(node) not in decorators:
			yield f"{at(path, node)} opens to the web: write @frappe.whitelist(...) above it in an api.py"
	for node, name in imports(path):
		if name in ("frappe.whitelist", "frappe.whitelisted"):
			yield f"{at(path, node)} takes whitelist: write @frappe.whitelist(...), which is looked for"


def test_functions_are_opened_to_the_web_by_the_decorator_that_is_looked_for():
	problems = [problem for path in python_files() for problem in opened_otherwise(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"f = frappe.whitelist(allow_guest=True)(f)",
		"from frappe import whitelist as opened\n@opened()\ndef f(): pass",
		"opened = frappe.whitelist\n@opened()\ndef f(): pass",
		"frappe.whitelisted.add(f)",
	],
)
def test_the_check_for_opened_functions_sees_one(source):
	assert list(opened_otherwise(shown(f"import frappe\n{source}", "order/api.py")))


FOR_GUESTS = {
	"approval/api.py decide_by_link": "a mail's link carries a signature, and asks for a login",
	"couriers/api.py receive": "a courier's server signs what it tells",
	"milestones/api.py announce_return": "the link of the customer's page is signed",
	"milestones/api.py tell_me_or_not": "the link of the customer's page is signed",
}
"""What strangers may call, and what it is that they prove."""


def is_for_guests(decorator) -> bool:
	"""Named, in its place, or hidden in what is unpacked."""
	named = any(keyword.arg in ("allow_guest", None) for keyword in getattr(decorator, "keywords", ()))
	return named or bool(getattr(decorator, "args", ()))


@pytest.mark.parametrize("written", ["allow_guest=True", "True", "**ways"])
def test_the_check_of_strangers_sees_one(written):
	call = ast.parse(f"frappe.whitelist({written})", mode="eval").body
	assert is_for_guests(call)


def test_strangers_may_call_only_what_asks_for_a_proof():
	found = {
		f"{path.relative_to(APP)} {function.name}"
		for path, function, decorator in whitelisted()
		if is_for_guests(decorator)
	}
	assert found == FOR_GUESTS.keys(), "take allow_guest away, or say in FOR_GUESTS what strangers prove"


def unchecked_arguments(path):
	for function in functions(path):
		if whitelisting(function) is not None:
			decorators = [
				dotted(it.func if isinstance(it, ast.Call) else it) for it in function.decorator_list
			]
			if "border.checked" not in decorators:
				yield f"{at(path, function)} {function.name}: write @border.checked() below @frappe.whitelist"


def test_every_endpoint_of_an_api_checks_its_arguments():
	problems = [problem for path in python_files("api") for problem in unchecked_arguments(path)]
	assert not problems, report(problems)
	bare = shown("@frappe.whitelist(methods=['POST'])\ndef f(): pass", "order/api.py")
	assert len(list(unchecked_arguments(bare))) == 1


READS_ALL_THE_SAME = {
	(
		"milestones.api.preview_messages",
		"milestones.page_link.link_for_customer",
	): "with_link=False: it shows the address without the link's name",
}
"""(endpoint, the writer it never gets to): why."""


def writers_behind_gets(path):
	"""GET is repeated by browsers and proxies, and nothing it writes is committed."""
	for function in functions(path):
		for keyword in getattr(whitelisting(function), "keywords", ()):
			if keyword.arg == "methods" and "GET" in ast.literal_eval(keyword.value):
				never = frozenset(
					f"{APP.name}.{writer}"
					for endpoint, writer in READS_ALL_THE_SAME
					if f"{APP.name}.{endpoint}" == f"{module_name(path)}.{function.name}"
				)
				for place, behind in reached(path, function, but=never):
					for call in writes_in(place, behind):
						yield f"{at(path, function)} is a GET, and writes: {at(place, call)}"


def test_what_answers_a_get_writes_nothing():
	problems = [problem for path in python_files("api") for problem in writers_behind_gets(path)]
	assert not problems, report(problems)


def lists_in_addresses(path):
	"""An address holds some 4,000 characters: the rows of 30 order lines, and not those of 100."""
	for function in functions(path):
		for keyword in getattr(whitelisting(function), "keywords", ()):
			takes_list = any("list" in ast.unparse(arg.annotation or arg) for arg in function.args.args)
			if keyword.arg == "methods" and takes_list and "POST" not in ast.literal_eval(keyword.value):
				yield f"{at(path, function)} takes a list, and no POST"


def test_what_takes_a_list_takes_it_by_post():
	problems = [problem for path in python_files("api") for problem in lists_in_addresses(path)]
	assert not problems, report(problems)
	one = "@frappe.whitelist(methods=['GET'])\ndef f(rows: list | str): pass"
	assert list(lists_in_addresses(shown(one, "order/api.py")))


@pytest.mark.parametrize(
	"source", ["frappe.db.set_value('a', 'b', 'c', 1)", "doc.save()", "refresh_status.refresh_order('x')"]
)
def test_the_check_for_writing_gets_sees_one(source):
	imported = "import frappe\nfrom sales_wh_flow.order import refresh_status\n"
	head = "@frappe.whitelist(methods=['GET'])\ndef f():\n\t"
	assert list(writers_behind_gets(shown(imported + head + source, "order/api.py")))


def dropped_answers(path):
	"""``has_permission(...)`` as a statement says yes or no to nobody."""
	for node in walk(path, ast.Expr):
		call = node.value
		if isinstance(call, ast.Call) and dotted(call.func).split(".")[-1] == "has_permission":
			if not any(word.arg in ("throw", None) for word in call.keywords):
				yield f"{at(path, node)} drops the answer: check_permission, or throw=True"


def test_no_answer_about_a_permission_is_dropped():
	problems = [problem for path in python_files() for problem in dropped_answers(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize("source", ["frappe.has_permission('A', 'write')", "self.has_permission('write')"])
def test_the_check_for_dropped_answers_sees_one(source):
	assert list(dropped_answers(shown(source)))


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
		own = {"GET", "POST"} if layer_of(path) == "api" else {"GET", "POST", "PUT", "PATCH", "DELETE"}
		if not methods or not set(methods) <= own:
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


def test_what_stands_in_for_erpnexts_functions_of_a_status_checks_for_them():
	"""They ask for no right on the order."""
	found = {
		function.name: called_by(path, function)
		for path, function, _decorator in whitelisted()
		if layer_of(path) == STAND_INS and any(map(is_erpnexts, ast.walk(function)))
	}
	assert set(found) == {"update_order_status", "close_or_unclose_orders"}
	assert all(called & PERMISSION_CHECKS for called in found.values())


def is_erpnexts(node):
	return isinstance(node, ast.Call) and dotted(node.func).startswith("sales_order.")


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
	own = {"api_routes", "bulk_update", "client", "form", "handler", "importing", "sales_order"}

	def used_by(function):
		return {dotted(node).split(".")[0] for node in ast.walk(function) if isinstance(node, ast.Attribute)}

	problems = []
	for path, function, _decorator in whitelisted():
		called = {dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
		used = [used_by(other) for other in functions(path) if other is function or other.name in called]
		if layer_of(path) == STAND_INS and not own & set().union(*used):
			problems.append(f"{at(path, function)} {function.name}")
	assert not problems, report(problems)
