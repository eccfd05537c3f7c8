"""Who may end a transaction, and who may do without permissions."""

import ast
import re

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	is_explained,
	layer_of,
	python_files,
	walk,
)
from tests.contracts.names_in_source import report

# transactions and permissions

TRANSACTION_END = re.compile(r"(^|\.)db\.(commit|rollback)$")


IN_SOMEBODYS_TRANSACTION = {"rules", "store", "verbs", "events", "overrides"}


RETRY = APP / "base" / "retry.py"


def transaction_ends(path):
	"""Calls that end the whole transaction; going back to a savepoint does not."""
	for node in walk(path, ast.Call):
		if TRANSACTION_END.search(dotted(node.func)):
			if not any(keyword.arg == "save_point" for keyword in node.keywords):
				yield node


def test_whatever_runs_inside_a_users_save_neither_commits_nor_rolls_back():
	problems = [
		f"{at(path, node)} {dotted(node.func)}"
		for path in python_files()
		if layer_of(path) in IN_SOMEBODYS_TRANSACTION and path != RETRY
		for node in transaction_ends(path)
	]
	assert not problems, report(problems)


def test_every_commit_of_an_entrance_says_why():
	problems = [
		at(path, node)
		for path in python_files()
		if layer_of(path) in ("api", "jobs", "base", "setup", "patches")
		for node in transaction_ends(path)
		if dotted(node.func).endswith("commit") and not is_explained(path, node)
	]
	assert not problems, report(problems)


MAY_IGNORE_PERMISSIONS = {"verbs", "store", "setup", "patches"}


def ignored_permissions(path):
	for node in walk(path, ast.keyword):
		if node.arg == "ignore_permissions":
			yield node
		elif isinstance(node, ast.Assign) and any(
			dotted(target).endswith(".ignore_permissions") for target in node.targets
		):
			yield node


def test_permissions_are_ignored_only_behind_a_checked_entrance_and_never_without_a_reason():
	problems = []
	for path in python_files():
		for node in ignored_permissions(path):
			if layer_of(path) not in MAY_IGNORE_PERMISSIONS:
				problems.append(f"{at(path, node)} ignores permissions in {layer_of(path)}")
			elif not is_explained(path, node):
				problems.append(f"{at(path, node)} ignores permissions and does not say why")
	assert not problems, report(problems)
