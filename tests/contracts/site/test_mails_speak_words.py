"""A company's own Notifications and Auto Email Reports: what the flow stores as codes leaves in words."""

from email import message_from_string
from email.policy import SMTP
from io import BytesIO

import pytest
from openpyxl import load_workbook

import frappe

from sales_wh_flow.base import said
from sales_wh_flow.stock_lock import sayings as lock
from tests import factories as make
from tests.milestones.messages_world import mail_account

pytestmark = pytest.mark.usefixtures("in_this_transaction")

ENGLISH, GERMAN = "the order was submitted", "der Auftrag wurde gebucht"


@pytest.fixture(autouse=True)
def lock_on(site, rolled_back, switches, monkeypatch):
	switches(stock_lock=True)
	mail_account()
	own = frappe.translate.get_all_translations
	monkeypatch.setattr(
		"frappe.translate.get_all_translations",
		lambda lang: {**own(lang), **({ENGLISH: GERMAN} if lang == "de" else {})},
	)


@pytest.fixture
def event():
	"""A Stock Lock Event of a submitted order."""
	item, place = make.make_item(), make.make_warehouse()
	make.receive(item, 10, place)
	order = make.make_order(make.line(item, qty=4), warehouse=place, submit=True)
	return frappe.get_last_doc("Stock Lock Event", {"sales_order": order.name})


@pytest.fixture
def german_clerk():
	user = make.make_user("Stock Manager", "Sales User")
	frappe.db.set_value("User", user, "language", "de")
	frappe.cache.hdel("lang", user)
	yield user
	frappe.clear_cache(user=user)


def newest_mail() -> list:
	"""The parts of the newest mail in the queue that hold something."""
	name = frappe.get_all("Email Queue", order_by="creation desc, name desc", limit=1, pluck="name")[0]
	message = message_from_string(frappe.db.get_value("Email Queue", name, "message"), policy=SMTP)
	return [part for part in message.walk() if not part.is_multipart()]


def text_of(parts) -> str:
	return "".join(part.get_content() for part in parts if part.get_content_maintype() == "text")


def notification(event, **more):
	return frappe.get_doc(
		{
			"doctype": "Notification",
			"name": frappe.generate_hash(length=8),
			"subject": "Lock of {{ doc.sales_order }}",
			"document_type": event.doctype,
			"event": "Custom",
			"message": "<p>Why: <b>{{ doc.reason }}</b></p>",
			"message_type": "HTML",
			**more,
		}
	).insert()


def test_a_companys_own_mail_says_the_reason_in_its_readers_language(event, german_clerk):
	said_so = notification(event, channel="Email", recipients=[{"receiver_by_document_field": "owner"}])
	event.db_set("owner", german_clerk)
	said_so.send(event)
	text = text_of(newest_mail())
	assert f"<b>{GERMAN}</b>" in text
	assert "said" not in text


def test_a_companys_own_note_says_the_reason_in_its_readers_language(event, german_clerk):
	said_so = notification(
		event, channel="System Notification", recipients=[{"receiver_by_document_field": "owner"}]
	)
	event.db_set("owner", german_clerk)
	said_so.send(event)
	note = frappe.get_last_doc("Notification Log", {"for_user": german_clerk})
	assert GERMAN in note.email_content
	assert "said" not in note.email_content


def report_of_locks(event, user: str, file_format: str):
	report = frappe.get_doc(
		{
			"doctype": "Report",
			"report_name": frappe.generate_hash(length=8),
			"ref_doctype": event.doctype,
			"report_type": "Report Builder",
			"is_standard": "No",
			"json": frappe.as_json({"fields": [["name", event.doctype], ["reason", event.doctype]]}),
		}
	).insert()
	return frappe.get_doc(
		{
			"doctype": "Auto Email Report",
			"report": report.name,
			"user": user,
			"email_to": frappe.db.get_value("User", user, "email"),
			"format": file_format,
			"frequency": "Daily",
			"filters": frappe.as_json({"sales_order": event.sales_order}),
		}
	).insert()


@pytest.mark.parametrize("file_format", ["HTML", "XLSX", "CSV"])
def test_a_report_sent_by_mail_says_words(event, german_clerk, file_format):
	report_of_locks(event, german_clerk, file_format).send()
	parts = newest_mail()
	if file_format == "HTML":
		told = text_of(parts)
	else:
		(file,) = [part.get_payload(decode=True) for part in parts if part.get_filename()]
		told = file.decode() if file_format == "CSV" else str([*load_workbook(BytesIO(file)).active.values])
	assert GERMAN in told
	assert '"said"' not in told
	assert "&quot;said" not in told


def test_a_mail_without_codes_is_left_as_it_was_made(german_clerk):
	text = 'They {"said": nothing} of it'
	frappe.sendmail(recipients=[german_clerk], subject="plain", message=text)
	assert "nothing} of it" in text_of(newest_mail())


def test_codes_are_said_where_they_stand_among_other_words():
	code = said.keep(lock.order_submitted)
	escaped = code.replace('"', "&quot;")
	assert said.word_within(f"Why: {code}! <i>{escaped}</i>") == f"Why: {ENGLISH}! <i>{ENGLISH}</i>"
