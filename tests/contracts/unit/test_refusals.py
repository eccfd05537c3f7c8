"""Every refusal has words that fit its facts, and no words are left over."""

import ast
import re
from functools import cache

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	capability_of,
	layer_of,
	meant,
	python_files,
	shown,
	walk,
)
from tests.contracts.names_in_source import report

# messages and colours


def raised_codes():
	"""The code of every RuleViolation a user can meet."""
	for path in python_files():
		yield from raised_in(path)


def raised_in(path):
	for node in walk(path, ast.Call):
		if meant(path, node.func).split(".")[-1] == "RuleViolation":
			yield path, node, node.args[0]


def words_of(call) -> str:
	"""Of ``_("...")``, or of ``_("{0} ...").format("{order}")``: a message with the numbers it always had."""
	return " ".join(ast.literal_eval(it) for it in call.args)


@cache
def messages():
	return {
		key.value: words_of(value.elts[0])
		for path in APP.glob("*/*refusals.py")
		for node in walk(path, ast.Dict)
		for key, value in zip(node.keys, node.values, strict=True)
		if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple)
	}


def without_words(raised):
	"""A code without a text, or a text that names a fact the refusal lacks, would break while refusing."""
	problems = []
	for path, node, code in raised:
		if not isinstance(code, ast.Constant):
			problems.append(f"{at(path, node)} its code is no plain text")
			continue
		if code.value not in messages():
			problems.append(f"{at(path, node)} {code.value} has no text in a refusals.py")
			continue
		told = {keyword.arg for keyword in node.keywords}
		lacking = set(re.findall(r"\{(\w+)\}", messages()[code.value])) - told
		if lacking and None not in told:
			problems.append(f"{at(path, node)} {code.value} does not say {', '.join(sorted(lacking))}")
	return problems


def test_every_refusal_has_words_that_fit_its_facts():
	problems = without_words(raised_codes())
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"raise RuleViolation('no_such_code')",
		"raise RuleViolation('already_decided', approval=a)",
		"raise RuleViolation(code, approval=a)",
		"from sales_wh_flow.base.problems import RuleViolation as Broken\nraise Broken('no_such_code')",
		"from sales_wh_flow.base import problems as p\nB = p.RuleViolation\nraise B('no_such')",
	],
)
def test_the_check_for_words_sees_a_refusal_without(source):
	assert len(without_words(raised_in(shown(source)))) == 1


THROW_THEMSELVES = {"setup", "sales_wh_flow"}
"""Whoever installs, and the forms of our own DocTypes, which say what is wrong with what was typed; beside
them the base, which lies below the refusals.
"""


def thrown(path):
	"""Words that are raised past the refusals: without a code nobody looks for it, or hides a name in it."""
	is_base = capability_of(path) == "base"
	for node in walk(path, ast.Call):
		named = meant(path, node.func)
		by_message = named == "frappe.msgprint" and any(it.arg == "raise_exception" for it in node.keywords)
		if (named == "frappe.throw" or by_message) and not is_base and layer_of(path) not in THROW_THEMSELVES:
			yield f"{at(path, node)} throws: refuse(RuleViolation(code, ...)), its words in refusals.py"
	for node in walk(path, ast.Raise):
		error = node.exc
		if isinstance(error, ast.Call) and meant(path, error.func).startswith("frappe.") and error.args:
			if not isinstance(error.args[0], ast.Name | ast.Attribute):
				yield f"{at(path, node)} raises words: refuse(RuleViolation(code, ...))"


def test_whoever_refuses_says_a_code():
	problems = [problem for path in python_files() for problem in thrown(path)]
	assert not problems, report(problems)


@pytest.mark.parametrize(
	"source",
	[
		"frappe.throw('You cannot do that.')",
		"from frappe import throw as t\nt('No')",
		"raise frappe.ValidationError('Order is closed')",
		"raise frappe.PermissionError(_('Order {0}').format(name))",
		"frappe.msgprint('No', raise_exception=True)",
	],
)
def test_the_check_for_words_that_are_thrown_sees_one(source):
	assert list(thrown(shown(f"import frappe\n{source}")))


def test_every_text_is_for_a_refusal_that_can_happen():
	raised = {code.value for _path, _node, code in raised_codes() if isinstance(code, ast.Constant)}
	assert not messages().keys() - raised, report(messages().keys() - raised)


def test_no_two_capabilities_refuse_under_one_code():
	"""The words of one would be said for the other."""
	places: dict[str, list[str]] = {}
	for path in sorted(APP.glob("*/*refusals.py")):
		for node in walk(path, ast.Dict):
			for key in node.keys:
				if isinstance(key, ast.Constant):
					places.setdefault(key.value, []).append(path.parent.name)
	assert not {code: found for code, found in places.items() if len(found) > 1}


A_NAME = re.compile(
	r"\.(name|box|delivery_note|sales_order|order|pick_list|handover|shipment|proof|sales_invoice)"
)
NO_SECRETS = {"doctype", "item", "name", "picker", "policy", "rule", "warehouse", "first", "other"}
"""Facts that come from such fields and are none, or that their reader has named; ``name`` goes with its
DocType."""


def named_documents() -> set[str]:
	(table,) = (
		node.value
		for node in ast.parse((APP / "base" / "named.py").read_text()).body
		if isinstance(node, ast.AnnAssign) and node.target.id == "DOCUMENTS"
	)
	return set(ast.literal_eval(table))


def test_a_fact_that_is_the_name_of_a_document_is_shown_to_its_readers_alone():
	"""A new one belongs to ``base/named.py``."""
	problems = [
		f"{at(path, node)} {keyword.arg}={ast.unparse(keyword.value)}"
		for path, node, _code in raised_codes()
		for keyword in node.keywords
		if keyword.arg and A_NAME.fullmatch(ast.unparse(keyword.value).removeprefix(first_of(keyword.value)))
		if keyword.arg not in named_documents() | NO_SECRETS
	]
	assert not problems, report(problems)


def first_of(value: ast.AST) -> str:
	return ast.unparse(value.value) if isinstance(value, ast.Attribute) else ""


_TRANSLATED_KIND = re.compile(r"""["']?doctype["']?\s*[=:]\s*_\(""")


def test_a_kind_of_document_is_translated_where_it_is_said_and_nowhere_before():
	"""A fact "doctype" of a refusal tells whose rights are asked, too: in German there is no "Rechnung"."""
	assert _TRANSLATED_KIND.search('where = {"doctype": _(doctype)}')
	problems = [
		f"{path.relative_to(APP)}:{number} {line.strip()}"
		for path in python_files()
		for number, line in enumerate(path.read_text().splitlines(), 1)
		if _TRANSLATED_KIND.search(line)
	]
	assert not problems, report(problems)
