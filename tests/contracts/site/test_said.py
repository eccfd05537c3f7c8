"""What the flow stores for people to read is worded for whoever reads it."""

import csv
import io
import json
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from openpyxl import load_workbook
from werkzeug.wrappers import Response

import frappe
from frappe.desk import reportview
from frappe.desk.form.load import getdoc
from frappe.utils.response import as_binary

from sales_wh_flow.approval import gate
from sales_wh_flow.base import in_words, notify, said, timeline
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.told import told_by
from sales_wh_flow.base.word_answers import word_for_reader
from sales_wh_flow.patches.v0_3 import reasons_as_codes
from sales_wh_flow.routing import sayings as routing
from sales_wh_flow.setup import former_sentences
from sales_wh_flow.shortage import timeline as shortage_timeline
from sales_wh_flow.stock_lock import sayings as lock
from sales_wh_flow.stock_lock.store import events
from tests import factories as make

GERMAN = {
	"the order was submitted": "der Auftrag wurde gebucht",
	"Bin said {0} locked, the entries hold {1}": "Lagerplatz sagte {0} gesperrt, die Einträge halten {1}",
	"{0} asks you to approve '{1}' for {2}": "{0} bittet um Freigabe '{1}' für {2}",
	"Split off from Sales Order {0} because of missing stock": "Abgetrennt von Auftrag {0}",
}


@pytest.fixture(autouse=True)
def lock_on(site, rolled_back, switches):
	switches(stock_lock=True)


@pytest.fixture(autouse=True)
def german(monkeypatch):
	"""The words of the German translation that these tests read."""
	own = frappe.translate.get_all_translations
	words = {"de": GERMAN}
	monkeypatch.setattr(
		"frappe.translate.get_all_translations", lambda lang: {**own(lang), **words.get(lang, {})}
	)


@pytest.fixture
def reader():
	"""``reader(language, number_format)``: a clerk who may read orders and their locks."""
	made = []

	def of(language="en", number_format="#,###.##"):
		user = make.make_user("Sales User", "Stock User")
		frappe.db.set_value("User", user, "language", language)
		frappe.cache.hdel("lang", user)
		frappe.defaults.set_user_default("number_format", number_format, user)
		made.append(user)
		return user

	yield of
	for user in made:
		frappe.clear_cache(user=user)


@contextmanager
def reading(user):
	"""Inside, a user is logged in, with the user's language."""
	before = frappe.local.lang
	with make.acting_as(user):
		frappe.local.lang = frappe.db.get_value("User", user, "language")
		try:
			yield
		finally:
			frappe.local.lang = before


def answered(value) -> dict:
	"""What a browser gets of it."""
	response = Response(frappe.as_json(value), mimetype="application/json")
	word_for_reader(response=response, request=None)
	return json.loads(response.get_data())


def form_of(doctype, name) -> dict:
	frappe.local.response = frappe._dict(docs=[])
	getdoc(doctype, name)
	return answered(frappe.local.response)


def locked_order():
	item, place = make.make_item(), make.make_warehouse()
	make.receive(item, 10, place)
	return make.make_order(make.line(item, qty=4), warehouse=place, submit=True)


def test_two_readers_see_one_lock_event_each_in_his_language(reader):
	order = locked_order()
	event = frappe.get_last_doc("Stock Lock Event", {"sales_order": order.name}).name
	shown = {}
	for language in ("en", "de"):
		with reading(reader(language)):
			shown[language] = form_of("Stock Lock Event", event)["docs"][0]["reason"]
	assert shown == {"en": "the order was submitted", "de": "der Auftrag wurde gebucht"}


def test_a_list_of_lock_events_is_worded_too(reader):
	order = locked_order()
	with reading(reader("de")):
		rows = frappe.get_list("Stock Lock Event", {"sales_order": order.name}, ["reason"])
		assert answered(rows) == [{"reason": "der Auftrag wurde gebucht"}]


def exported(kind, order) -> list[str]:
	"""Every cell of the file that a browser gets of the order's lock events."""
	frappe.local.response = frappe._dict(docs=[])
	frappe.local.form_dict = frappe._dict(
		doctype="Stock Lock Event",
		file_format_type=kind,
		title="Stock Lock Event",
		fields=frappe.as_json(["`tabStock Lock Event`.`name`", "`tabStock Lock Event`.`reason`"]),
		filters=frappe.as_json([["Stock Lock Event", "sales_order", "=", order.name]]),
		order_by="`tabStock Lock Event`.name",
	)
	reportview.export_query()
	response = as_binary()
	word_for_reader(response=response, request=None)
	file = response.get_data()
	if kind == "Excel":
		return [str(it.value) for row in load_workbook(io.BytesIO(file)).active.iter_rows() for it in row]
	return [cell for row in csv.reader(io.StringIO(file.decode())) for cell in row]


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_a_list_that_is_exported_reads_as_on_the_screen(kind, monkeypatch):
	order = locked_order()
	monkeypatch.setattr(frappe.local, "lang", "de")
	cells = exported(kind, order)
	assert "der Auftrag wurde gebucht" in cells
	assert not [cell for cell in cells if "said" in cell]


@pytest.mark.parametrize("kind", ["CSV", "Excel"])
def test_words_of_a_code_are_no_formula_in_a_file(kind, monkeypatch):
	order = locked_order()
	monkeypatch.setattr(lock, "order_submitted", _evil)
	assert "'=1+1" in exported(kind, order)


def _evil():
	return "=1+1"


_evil.__module__ = lock.__name__


@pytest.mark.parametrize("name", ["any.csv", "any.xlsx", "any.txt"])
def test_other_files_leave_as_they_are(name):
	file = b'"{""said"":' if name.endswith("xlsx") else b"a,\xff\r\n"
	response = Response(file, mimetype="application/octet-stream")
	response.headers.add("Content-Disposition", None, filename=name)
	word_for_reader(response=response, request=None)
	assert response.get_data() == file


def test_a_print_of_a_lock_event_reads_as_its_form(reader):
	order = locked_order()
	event = frappe.get_last_doc("Stock Lock Event", {"sales_order": order.name})
	with reading(reader("de")):
		assert "der Auftrag wurde gebucht" in frappe.get_print(event.doctype, event.name)


def test_a_refusal_that_nobody_was_there_to_read_is_told_in_the_words_of_who_reads_it(reader, monkeypatch):
	problems = [
		RuleViolation("boxes_are_addressed", boxes=("BOX-1",)),
		RuleViolation("announced_too_much", item="Lamp", asked=1000, left=1234.5),
	]
	with pytest.raises(frappe.ValidationError) as refused:
		refuse(problems)
	kept = told_by(refused.value)
	with reading(reader("de", "#.###,##")):
		words = said.worded(kept)
	assert words.startswith("Bereits") and "BOX-1" in words and "1.234,5" in words


def test_what_else_an_error_said_is_kept_as_it_said_it():
	with pytest.raises(frappe.ValidationError) as refused:
		frappe.throw("<b>No stock</b><br>Buy some")
	assert told_by(refused.value) == "No stock"
	assert told_by(refused.value, most=800) == "No stock Buy some"


def test_one_thousand_reads_as_one_thousand_in_every_number_format(reader):
	kept = said.keep(lock.bin_was_wrong, written=1000, held=1234.5)
	with reading(reader("de", "#.###,##")):
		assert said.worded(kept) == "Lagerplatz sagte 1.000 gesperrt, die Einträge halten 1.234,5"
	with reading(reader("en", "#,###.##")):
		assert said.worded(kept) == "Bin said 1,000 locked, the entries hold 1,234.5"


@pytest.mark.parametrize(
	("style", "value", "shown"),
	[
		("#,###.##", 0.000001, "0.000001"),
		("#.###,##", -0.5, "-0,5"),
		("#.###", 1234.5, "1.234,5"),
		("#,###", 0.25, "0.25"),
		("#,##,###.##", 1234567.25, "12,34,567.25"),
		("# ###,##", 1e6, "1 000 000"),
		("#,###.##", -1e-12, "0"),
	],
)
def test_no_number_format_loses_a_decimal_of_a_quantity(monkeypatch, style, value, shown):
	monkeypatch.setattr(in_words, "number_format", lambda: style)
	assert in_words.figure(value) == shown


def test_the_timeline_of_an_order_is_worded_for_its_reader(reader):
	order = locked_order()
	timeline.note(order, shortage_timeline.split_from, order="SO-1")
	with reading(reader("de")):
		logs = form_of("Sales Order", order.name)["docinfo"]["info_logs"]
		assert any("Abgetrennt von Auftrag" in log["content"] for log in logs)
	stored = frappe.get_all(
		"Comment", {"reference_name": order.name, "comment_type": "Info"}, pluck="content"
	)
	assert all(said.code_of(text) for text in stored) and stored


def test_a_note_on_the_desk_speaks_the_language_of_whoever_gets_it(reader):
	order, german, english = locked_order(), reader("de"), reader("en")
	from sales_wh_flow.approval import timeline as told

	subject = said.keep(told.told_request, order=order.name, rule="Discount", actor="Administrator")
	with patch.object(notify.background, "owe", lambda _path, **values: notify.write_logs(**values)):
		notify.notify([german, english], order.name, subject)
	logs = dict(
		frappe.get_all(
			"Notification Log", {"document_name": order.name}, ["for_user", "subject"], as_list=True
		)
	)
	assert "bittet um Freigabe" in logs[german] and "asks you to approve" in logs[english]


def test_what_people_type_is_kept_as_typed_and_never_taken_for_a_code():
	order = locked_order()
	for text in ("The customer asked", '{"said":"stock_lock.sayings.stock_came_in"}'):
		events.noted("Warned", order.name, said.typed(text))
		kept = frappe.get_last_doc("Stock Lock Event", {"sales_order": order.name, "event": "Warned"})
		assert said.worded(kept.reason).replace("{ ", "{") == text
		frappe.db.delete("Stock Lock Event", kept.name)


def test_a_value_brings_no_markup_into_a_form_or_a_timeline():
	evil = "<img src=x onerror=alert(1)>"
	assert "<" not in said.worded(said.keep(routing.no_candidate, rule=evil))
	assert "<" not in said.keep(routing.no_candidate, rule=evil)
	line = said.worded(said.keep(shortage_timeline.closed_short, lines=[[1, 2.0, evil, "x"]], reason=evil))
	assert "<img" not in line


@pytest.mark.parametrize(
	"text",
	[
		'{"said":"os.system","command":"x"}',
		'{"said":"stock_lock.sayings._","x":1}',
		'{"said":"stock_lock.sayings.number","qty":1}',
		'{"said":"stock_lock.sayings.expired"}',
		'{"said":',
	],
)
def test_a_code_that_nobody_knows_is_shown_as_it_is(text):
	assert said.worded(text) == text


def test_a_sentence_is_refused_where_a_reason_is_stored():
	order = locked_order()
	for sentence in ("stock came in", frappe._("stock came in")):
		with pytest.raises(TypeError, match="stored as a sentence"):
			events.noted("Warned", order.name, sentence)
	with pytest.raises(TypeError):
		said.keep(lock.expired, why="age")
	with pytest.raises(TypeError):
		said.keep(frappe.bold, text="x")


# What is there from before

OLD_EVENTS = {
	"stock came in": lock.stock_came_in,
	"submit": lock.order_submitted,
	"age, by Stock Lock Policy Two Weeks": lock.expired,
	"ends on 2026-01-02 10:00:00: unpaid, by Stock Lock Policy P": lock.will_end,
	"until 2026-01-02 10:00:00: pays on Friday": lock.extended,
	"given by SO-1: urgent: really": lock.given_by,
	"given to SO-2: urgent (SO-2)": lock.given_to,
	"reserved: Purchase Receipt PR-1": lock.reserved_from,
	"B-1 -> B-2: Delivery Note DN-1": lock.changed_lot,
	"Delivery Note DN-1 cancelled": lock.took_back,
	"Delivery Note DN-1": lock.moved_by,
	"Bin said 10 locked, the entries hold 4.5": lock.bin_was_wrong,
}


@pytest.mark.parametrize(("sentence", "words"), OLD_EVENTS.items())
def test_a_sentence_that_was_stored_becomes_its_code(sentence, words):
	kept = former_sentences.of_lock_event(sentence)
	assert said.code_of(kept) == f"stock_lock.sayings.{words.__name__}"
	assert said.worded(kept) != kept


OLD_ROWS = (
	"Main - X: has all 10 Nos; next best Second - X",
	"Main: x - X: has all 2.5 Box, 312 km; next best Second - X",
	"Split: 4 of 10 Nos here; goes to Main - X by transfer first",
	"Split: 7 of 10 Nos here, 1 of them are missing and wait",
	"Short: 15 Nos of 2 Box are missing and wait here",
	"No candidate has any: waits here, distance unknown",
	"No candidate has 10 % of it: waits here; least load today",
	"Kept as chosen; goes to Main - X by transfer first",
	"Left as entered: no warehouse of routing rule R can be used any more",
	"Re-routed by Ann: the truck is late",
	"Re-routed by Ann: not found where it was picked (broken)",
)


@pytest.mark.parametrize("sentence", OLD_ROWS)
def test_the_reason_of_a_row_reads_as_before(sentence):
	kept = former_sentences.of_row(sentence)
	assert said.code_of(kept) and said.worded(kept) == sentence


def test_the_patch_turns_what_is_known_into_codes_and_keeps_the_rest(monkeypatch):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	order = locked_order()
	event = frappe.get_last_doc("Stock Lock Event", {"sales_order": order.name}).name
	row = order.items[0].name
	frappe.db.set_value("Stock Lock Event", event, "reason", "order cancelled", update_modified=False)
	frappe.db.set_value("Sales Order Item", row, "swf_route_reason", "Somebody typed this")
	for _time in range(2):
		reasons_as_codes.execute()
		kept = frappe.db.get_value("Stock Lock Event", event, "reason")
		assert said.code_of(kept) == "stock_lock.sayings.order_cancelled"
		assert frappe.db.get_value("Sales Order Item", row, "swf_route_reason") == "Somebody typed this"


def test_the_reason_of_an_approval_that_was_stored_as_a_sentence_becomes_its_code(monkeypatch, switches):
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	switches(approval=True)
	make.make_rule()
	order = make.make_order(make.line(rate=make.PRICE * 0.8))
	(name,) = gate.ask(order.name)
	now = frappe.db.get_value("Order Approval", name, "reason")
	sentence = said.worded(now)
	assert sentence != now
	frappe.db.set_value("Order Approval", name, {"reason": sentence, "waits_for": "someone"})
	reasons_as_codes.execute()
	kept = frappe.get_doc("Order Approval", name)
	assert said.worded(kept.reason) == sentence and said.code_of(kept.reason)
	assert said.code_of(kept.waits_for) == "approval.sayings.asked_people"
