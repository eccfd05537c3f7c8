"""What a deleted draft frees is free, too, when it is discarded, as ERPNext 16 offers beside Delete."""

import ast

import pytest

from sales_wh_flow.doc_events import DOC_EVENTS
from sales_wh_flow.rows_of_documents import JUDGED_ROWS, SETTLED_ROWS, WITH_COUNTED_ROWS
from tests.contracts.app_source import (
	APP,
	at,
	functions,
	meant,
	module_file,
	shown,
)
from tests.contracts.names_in_source import report
from tests.contracts.unit.test_doctypes import DOCTYPES, definition

DELETED, DISCARDED = ("on_trash", "after_delete"), ("before_discard", "on_discard")

NO_DRAFTS = {"Comment", "Delivery Schedule Item", *JUDGED_ROWS, *SETTLED_ROWS}
"""What is not discarded: see base/discarded.py."""

WHEN_GONE = {
	"approval.gate.keep_approvals_of_deleted": "withdraw_after_cancel ends them, and they keep their link",
	"approval.quotation.forget_quotation": "withdraw_with_quotation ends them, and they keep their link",
	"billing.money.forget_order": "nothing is owed for a draft",
	"delays.follow.end_of_order": "alerts are raised for orders that are submitted",
	"door_money.hand_in.forget_payment": "one that is over holds no money; what amends it takes it along",
	"milestones.deleted_order.let_go_of_order": "what a customer was told and asked stays with the order",
	"order.let_go.let_go_of_number": "a number that is in use is given to no other document",
	"shortage.give_up.forget_actions": "what was done for the order stays on record with its link",
}
"""What is done for a document that is gone, and why a discarded one, which is there, does without."""


def events_of(doctype):
	found = {}
	for doctypes, events in DOC_EVENTS.items():
		if doctype in ([doctypes] if isinstance(doctypes, str) else doctypes):
			for event, handlers in events.items():
				found.setdefault(event, []).extend([handlers] if isinstance(handlers, str) else handlers)
	return found


def done_at(doctype, events):
	"""What the handlers of these events call, by its name below the app."""
	hooked = events_of(doctype)
	for handler in (handler for event in events for handler in hooked.get(event, ())):
		module, _dot, name = handler.rpartition(".")
		path = module_file(module)
		for function in functions(path):
			if function.name == name:
				for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
					yield meant(path, call.func).removeprefix(f"{APP.name}.")


ENDED = sorted(
	doctype
	for doctypes, events in DOC_EVENTS.items()
	for doctype in ([doctypes] if isinstance(doctypes, str) else doctypes)
	if doctype not in NO_DRAFTS and any(event in events for event in DELETED)
)


def test_documents_that_the_flow_follows_to_their_end_have_rows_that_end():
	assert ENDED and set(ENDED) <= set(WITH_COUNTED_ROWS), "add it to WITH_COUNTED_ROWS, or to NO_DRAFTS"


@pytest.mark.parametrize("doctype", ENDED)
def test_what_a_deleted_draft_frees_a_discarded_one_frees_too(doctype):
	left = {*done_at(doctype, DELETED)} - {*done_at(doctype, DISCARDED)} - WHEN_GONE.keys()
	assert not left, f"{doctype}: call it on_discard, too, or say in WHEN_GONE why not: {sorted(left)}"


def test_every_reason_is_about_something_that_is_done():
	assert {*WHEN_GONE} <= {done for doctype in ENDED for done in done_at(doctype, DELETED)}


def frees_when_deleted_alone(path):
	names = {function.name for function in functions(path)}
	if names & {*DELETED} and not names & {*DISCARDED}:
		yield f"{at(path, 1)} follows the end of a deleted draft and not that of a discarded one"


def test_our_own_documents_that_are_submitted_free_what_they_hold():
	"""The others are not discarded: they have no drafts."""
	assert DOC_EVENTS["*"]["before_discard"] == "sales_wh_flow.events.discarded.before_discard"
	problems = [
		problem
		for folder in DOCTYPES
		if definition(folder).get("is_submittable")
		for problem in frees_when_deleted_alone(folder / f"{folder.name}.py")
	]
	assert not problems, report(problems)
	assert list(frees_when_deleted_alone(shown("class A:\n\tdef on_trash(self): pass")))
