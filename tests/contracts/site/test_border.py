"""Every argument of every endpoint: text that runs nowhere, an answer in words to what does not fit."""

import inspect
import itertools
import re
from importlib import import_module
from pathlib import Path

import pytest

import frappe

import sales_wh_flow
from sales_wh_flow.base import border, bulk
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")

MARKER = "<img src=x onerror=window.swf_ran=1>"
KEPT = MARKER.replace("<", "\u2039")

APP = Path(sales_wh_flow.__file__).parent
MODULES = [
	import_module(".".join(path.relative_to(APP.parent).with_suffix("").parts))
	for path in APP.rglob("api.py")
]
CALLED = {
	f"{module.__name__.removeprefix('sales_wh_flow.')}.{name}": it
	for module in MODULES
	for name, it in vars(module).items()
	if callable(it) and it in frappe.whitelisted and it.__module__ == module.__name__
}
"""Whatever the web may call of the app, by its path: two capabilities may call theirs by one name."""

ENDPOINTS = sorted(CALLED)

ODD = (
	*(None, "", "[", "{}", "[]", "null", "{", '{"a": 1}', "[1, 2]", "[[]]", '[{"row": {}}]', "no such thing"),
	*(
		0,
		-1,
		10**20,
		float("nan"),
		float("inf"),
		True,
		[],
		{},
		[None],
		[[1]],
		{"a": []},
		[{"qty": "x"}],
		"x" * 5000,
	),
	*("2026-99-99", "\x00", "ü😀", "'; drop table x", MARKER),
)


@pytest.fixture(autouse=True)
def all_on(site, rolled_back, switches):
	frappe.db.set_single_value("Stock Settings", {"allow_negative_stock": 0, "enable_stock_reservation": 1})
	switches(approval=True, stock_lock=True, routing=True)


def test_there_are_endpoints_to_look_at():
	named = {module.__name__.removeprefix("sales_wh_flow.") for module in MODULES}
	assert {path.rpartition(".")[0] for path in ENDPOINTS} == named
	assert {"dispatch.api.make_delivery_note", "packing.api.make_delivery_note"} <= CALLED.keys()


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_every_argument_of_an_endpoint_has_a_kind(endpoint):
	called = CALLED[endpoint]
	kinds = inspect.unwrap(called, stop=lambda it: hasattr(it, "kinds")).kinds
	assert set(kinds) == set(inspect.signature(called).parameters)


def free_texts():
	for endpoint in ENDPOINTS:
		kinds = inspect.unwrap(CALLED[endpoint], stop=lambda it: hasattr(it, "kinds")).kinds
		for argument, kind in kinds.items():
			if kind in (border.text, border.short_text):
				yield endpoint, argument


def test_every_reason_and_comment_of_the_api_is_free_text():
	found = set(free_texts())
	for endpoint in ENDPOINTS:
		for argument in inspect.signature(CALLED[endpoint]).parameters:
			if argument in ("reason", "comment", "consent_by", "consent_how", "note"):
				assert (endpoint, argument) in found


@pytest.mark.parametrize("kind", [border.text, border.short_text])
def test_free_text_comes_in_without_markup(kind):
	assert kind(MARKER) == KEPT


@pytest.fixture
def nothing_is_kept(monkeypatch):
	"""Endpoints that end transactions of their own stay inside the test's."""
	rollback = frappe.db.rollback
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	monkeypatch.setattr(
		frappe.db, "rollback", lambda save_point=None: rollback(save_point=save_point) if save_point else None
	)


@pytest.mark.usefixtures("nothing_is_kept")
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_an_endpoint_answers_what_does_not_fit_in_words(endpoint):
	"""Each argument in turn is odd, the others are the same oddity or another one."""
	called = CALLED[endpoint]
	names = list(inspect.signature(called).parameters)
	broken = []
	for odd, rest in itertools.chain(zip(ODD, ODD, strict=True), itertools.product(ODD, ("SO-0", None))):
		for argument in names[: 1 if odd is rest else None]:
			given = {name: odd if name == argument else rest for name in names}
			frappe.db.savepoint("odd")
			try:
				called(**given)
			except Exception as error:
				if getattr(error, "http_status_code", 500) >= 500:
					broken.append(f"{argument}={odd!r} rest={rest!r}: {type(error).__name__}: {error}"[:300])
			frappe.db.rollback(save_point="odd")
	assert not broken, "\n".join(broken[:20])


REPORTS = [
	import_module(".".join(path.relative_to(APP.parent).with_suffix("").parts))
	for path in sorted(APP.glob("sales_wh_flow/report/*/*.py"))
	if path.stem == path.parent.name
]


@pytest.mark.parametrize("report", REPORTS, ids=lambda it: it.__name__.rpartition(".")[2])
def test_a_report_answers_filters_that_do_not_fit_in_words(report):
	offered = re.findall(r'fieldname: "(\w+)"', Path(report.__file__).with_suffix(".js").read_text())
	assert offered
	for name in offered:
		for odd in ([None], {"a": []}, float("inf"), ["between", [1]]):
			with pytest.raises(border.BadArgument):
				report.execute({name: odd})
	with pytest.raises(border.BadArgument):
		report.execute("no object")


def test_what_is_written_in_bulk_has_no_markup_in_its_texts():
	order = make.make_order()
	bulk.insert(
		"Stock Lock Event",
		("name", "sales_order", "event", "reason"),
		[("swf-marker", order.name, "Released", MARKER)],
	)
	assert frappe.db.get_value("Stock Lock Event", "swf-marker", "reason") == KEPT


def test_what_was_stored_before_is_cleaned_once():
	from sales_wh_flow.patches.v0_2 import plain_texts

	order = make.make_order()
	frappe.db.sql(
		"update `tabSales Order` set swf_lock_extension_reason = %s where name = %s", (MARKER, order.name)
	)
	plain_texts.execute()
	plain_texts.execute()
	stored = frappe.db.get_value("Sales Order", order.name, "swf_lock_extension_reason")
	assert stored == KEPT


def test_titles_that_forms_took_as_they_came_are_cleaned_once():
	from sales_wh_flow.patches.v0_3 import plain_titles

	rule = make.make_rule()
	frappe.db.set_value("Order Approval Rule", rule.name, "title", MARKER)
	plain_titles.execute()
	plain_titles.execute()
	assert frappe.db.get_value("Order Approval Rule", rule.name, "title") == KEPT


@pytest.mark.parametrize("given", [{"a": {"b": [1]}}, '{"__islocal": 1}', {"doctype": "No Such"}])
def test_a_document_that_is_handed_on_to_erpnext_says_what_it_is(given):
	with pytest.raises(border.BadArgument, match="a document that says its doctype"):
		border.take("target_doc", given, border.document)


@pytest.mark.parametrize("given", [int("1" * 400), "1" * 400, 10**9, -1])
def test_days_are_so_many_as_a_calendar_has(given):
	with pytest.raises(border.BadArgument):
		border.take("days", given, border.days)


def test_a_bare_mapping_is_handed_on_as_a_document():
	taken = border.take("target_doc", {"doctype": "Pick List"}, border.document)
	assert taken.doctype == "Pick List"
