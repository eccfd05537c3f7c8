"""Who may end a transaction, and who may do without permissions."""

import ast
import re

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	is_explained,
	layer_of,
	meant,
	python_files,
	shown,
	walk,
)
from tests.contracts.names_in_source import report

# transactions and permissions

TRANSACTION_END = re.compile(r"(^|\.)db\.(commit|rollback|begin)$")


ENTRANCES = {"api", "jobs", "commands", "setup", "patches", "tests"}
"""What nobody else's transaction is open around; whatever else runs inside a user's save."""


RETRY = {APP / "base" / "retry.py", APP / "base" / "retry_each.py"}


def transaction_ends(path):
	"""Calls that end the whole transaction; going back to a savepoint does not."""
	for node in walk(path, ast.Call):
		if TRANSACTION_END.search(name := meant(path, node.func)):
			if not any(keyword.arg == "save_point" for keyword in node.keywords):
				yield node, name


def ended_for_others(path):
	if layer_of(path) not in ENTRANCES and path not in RETRY:
		for node, name in transaction_ends(path):
			yield f"{at(path, node)} {name}: leave it to the entrance (api.py, jobs.py) or to base/retry.py"


def test_whatever_runs_inside_a_users_save_neither_commits_nor_rolls_back():
	problems = [problem for path in python_files() for problem in ended_for_others(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize("place", ["order/x.py", "www/x.py", "sales_wh_flow/doctype/x.py", "entrances.py"])
@pytest.mark.parametrize(
	"source",
	[
		"frappe.db.commit()",
		"conn = frappe.db\nconn.commit()",
		"frappe.local.db.begin()",
		"from frappe import db as d\nd.rollback()",
	],
)
def test_the_check_for_ended_transactions_sees_one(place, source):
	assert len(list(ended_for_others(shown(f"import frappe\n{source}", place)))) == 1


def test_every_commit_says_why():
	problems = [
		f"{at(path, node)} commits: say in a comment why here"
		for path in python_files()
		for node, name in transaction_ends(path)
		if name.endswith("commit") and not is_explained(path, node)
	]
	assert not problems, report(problems)


MAY_IGNORE_PERMISSIONS = {"verbs", "store", "setup", "patches"}


def ignored_permissions(path):
	"""``insert(ignore_permissions=True)``, ``flags.ignore_permissions = True``, and the name as a text."""
	for node in walk(path, ast.keyword, ast.Assign, ast.Constant):
		if isinstance(node, ast.keyword):
			is_one = node.arg == "ignore_permissions"
		elif isinstance(node, ast.Assign):
			is_one = any(getattr(target, "attr", "") == "ignore_permissions" for target in node.targets)
		else:
			is_one = node.value == "ignore_permissions"
		if is_one:
			yield node


def ignored_without_a_reason(path):
	for node in ignored_permissions(path):
		if layer_of(path) not in MAY_IGNORE_PERMISSIONS:
			yield f"{at(path, node)} ignores permissions in {layer_of(path)}: let a verb do it"
		elif not is_explained(path, node):
			yield f"{at(path, node)} ignores permissions: say in a comment who was asked before"


def test_permissions_are_ignored_only_behind_a_checked_entrance_and_never_without_a_reason():
	problems = [problem for path in python_files() for problem in ignored_without_a_reason(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"doc.insert(ignore_permissions=True)",
		"doc.flags.ignore_permissions = True",
		"doc.flags.update({'ignore_permissions': True})",
		"doc.update({'flags': {'ignore_permissions': True}})",
		"setattr(doc.flags, 'ignore_permissions', True)",
	],
)
def test_the_check_for_ignored_permissions_sees_one(source):
	assert list(ignored_without_a_reason(shown(source)))
	assert not list(ignored_without_a_reason(shown(f"# asked at the entrance\n{source}")))
	assert list(ignored_without_a_reason(shown(f"# asked at the entrance\n{source}", "order/api.py")))


ACT_FOR_OTHERS = {
	"approval/mail.py": "who followed the link of a mail, once its signature fits",
	"base/jobs.py": "who asked for the work that is owed",
	"couriers/incoming.py": "nobody: a courier's server that signed its message",
	"picking/jobs.py": "the settings, which say what becomes of a short pick",
}
"""Where the session's user is changed, and who it is then."""


def changed_users(path):
	for node in walk(path, ast.Call, ast.Assign):
		if isinstance(node, ast.Call):
			is_one = meant(path, node.func) == "frappe.set_user"
		else:
			is_one = any(dotted(target).endswith("session.user") for target in node.targets)
		if is_one:
			yield node


def test_the_sessions_user_is_changed_only_where_it_is_said_for_whom():
	found = {path: list(changed_users(path)) for path in python_files() if layer_of(path) != "tests"}
	places = {str(path.relative_to(APP)): nodes for path, nodes in found.items() if nodes}
	new = [at(APP / place, places[place][0]) for place in places.keys() - ACT_FOR_OTHERS.keys()]
	assert not new, report(f"{place} acts as another user: say in ACT_FOR_OTHERS as whom" for place in new)
	assert places.keys() == ACT_FOR_OTHERS.keys()


@pytest.mark.parametrize(
	"source", ["frappe.set_user('Administrator')", "frappe.session.user = 'x'", "s = frappe.set_user\ns('x')"]
)
def test_the_check_for_changed_users_sees_one(source):
	assert list(changed_users(shown(f"import frappe\n{source}")))
