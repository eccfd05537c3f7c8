"""Every refusal has words that fit its facts, and no words are left over."""

import ast
import re
from functools import cache

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	python_files,
	walk,
)
from tests.contracts.names_in_source import report

# messages and colours


def raised_codes():
	"""The code of every RuleViolation a user can meet."""
	for path in python_files():
		for node in walk(path, ast.Call):
			if dotted(node.func).split(".")[-1] == "RuleViolation":
				yield path, node, node.args[0]


@cache
def messages():
	return {
		key.value: ast.literal_eval(value.elts[0].args[0])
		for path in APP.glob("*/*refusals.py")
		for node in walk(path, ast.Dict)
		for key, value in zip(node.keys, node.values, strict=True)
		if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple)
	}


def test_every_refusal_has_words_that_fit_its_facts():
	"""A code without a text, or a text that names a fact the refusal lacks, would break while refusing."""
	problems = []
	for path, node, code in raised_codes():
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
	assert not problems, report(problems)


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


NO_DOCUMENTS = set(
	(
		"action again allowed answer approver asked at batch below below_limit box_type boxed bundle by "
		"capability choice company condition count courier date day days decision doctype document documents "
		"ends_on first free here holders idx inspected item items kind known language last latest "
		"latitude left length level limit lines listed locked locked_in longest longitude lot mode "
		"moment most name needed new noted notification number offered old on_hand open other owner "
		"packed period picked picker places plan policy problem qty reason received replaced_by role "
		"row rows rule rules scanned serial serials service setting stage state status step substitute "
		"text there to tote until uom url user value wanted warehouse weight what why "
	).split()
)
"""Facts that are no names of documents people are kept from: places, goods, quantities, words, people."""


def named_documents() -> set[str]:
	(table,) = (
		node.value
		for node in ast.parse((APP / "base" / "named.py").read_text()).body
		if isinstance(node, ast.AnnAssign) and node.target.id == "DOCUMENTS"
	)
	return set(ast.literal_eval(table))


def test_each_fact_of_a_refusal_is_no_document_or_is_shown_to_its_readers_alone():
	"""A new fact belongs to ``base/named.py`` when it is the name of a document."""
	facts = {fact for text in messages().values() for fact in re.findall(r"\{(\w+)\}", text)}
	assert facts <= NO_DOCUMENTS | named_documents()
	assert not NO_DOCUMENTS & named_documents()
