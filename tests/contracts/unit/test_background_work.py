"""Whatever becomes of the queue, no work is lost: each thing that is enqueued has a sweep that finds it."""

import ast
import runpy

import pytest

from tests.contracts.app_source import (
	APP,
	at,
	dotted,
	python_files,
	tree,
	walk,
)
from tests.contracts.names_in_source import strings_in

HOOKS = runpy.run_path(str(APP / "hooks.py"))
SCHEDULED = frozenset(strings_in(HOOKS["scheduler_events"]))
OWED = frozenset(HOOKS["swf_owed_work"])
FORMER: frozenset[str] = frozenset()
"""Jobs under names that nothing asks for any more, but that rows of Owed Work may still hold."""
SWEEP = "sales_wh_flow.base.jobs.do_what_is_owed"

SEEN_BY_WHOEVER_ASKED = {
	"sales_wh_flow.entrances.bulk_action": "the list shows which documents are still as they were",
	"import_rows": "the Data Import shows which rows are not in",
	"sales_wh_flow.approval.jobs.tell_admins_of_broken_rule": "the order is refused, and tells again",
}
"""Work of a request that was refused, or that whoever asked for it looks at, and why that is its sweep."""

FIND_WHAT_IS_LEFT = ("frappe.enqueue", "background.run", "background.now")


def asked_for(*ways):
	"""(file, call, what is asked for) of each call that leaves work to the background."""
	for path in python_files():
		names = {
			node.targets[0].id: node.value.value
			for node in tree(path).body
			if isinstance(node, ast.Assign)
			and isinstance(node.targets[0], ast.Name)
			and isinstance(node.value, ast.Constant)
		}
		for node in walk(path, ast.Call):
			if dotted(node.func) in ways:
				first = node.args[0]
				text = first.value if isinstance(first, ast.Constant) else dotted(first)
				yield path, node, names.get(text, text)


def test_the_scheduler_calls_jobs_and_nothing_else():
	"""A verb expects somebody around it who opens the transaction, and tries again."""
	paths = [path for path in SCHEDULED if path.startswith(f"{APP.name}.")]
	verbs = [f"hooks.py schedules {path}: give it a job in jobs.py" for path in paths if ".jobs." not in path]
	assert len(paths) > 10 and not verbs, "\n".join(verbs)


def test_the_sweep_of_owed_work_is_scheduled():
	assert SWEEP in SCHEDULED


def test_whatever_is_only_enqueued_is_found_by_a_job_of_the_scheduler():
	known = SCHEDULED | SEEN_BY_WHOEVER_ASKED.keys() | {"method"}
	found = list(asked_for(*FIND_WHAT_IS_LEFT))
	assert len(found) > 5
	lost = [f"{at(path, node)} {method}" for path, node, method in found if method not in known]
	assert not lost, "\n".join(lost)


def test_only_the_module_for_it_hands_on_what_it_was_given():
	handed_on = {path.name for path, _node, method in asked_for(*FIND_WHAT_IS_LEFT) if method == "method"}
	assert handed_on == {"background.py"}


def test_whatever_is_owed_is_known_to_the_sweep_and_nothing_else_is():
	owed = {method: at(path, node) for path, node, method in asked_for("background.owe")}
	assert owed.keys() == OWED - FORMER
	assert FORMER <= OWED


@pytest.mark.parametrize("method", sorted(SEEN_BY_WHOEVER_ASKED))
def test_each_exception_is_still_asked_for(method):
	assert method in {asked for _path, _node, asked in asked_for(*FIND_WHAT_IS_LEFT)}
