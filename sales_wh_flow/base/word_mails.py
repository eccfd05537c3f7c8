"""Mails and notes that a company's own *Notifications* and *Auto Email Reports* make of our documents: what
is stored as a code leaves as words, as it does in answers to a browser (``base.word_answers``).

Frappe renders them from the tables, where codes stand; their text is kept once made, so it speaks the
language of the one who is written to.
"""

from contextlib import AbstractContextManager, nullcontext
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP

import frappe

from sales_wh_flow.base import exported, said
from sales_wh_flow.base.reader import reading_as


def word_mail(mail) -> None:
	"""Word the texts, CSV and Excel files of an Email Queue's message, if they hold codes."""
	message = message_from_string(mail.message or "", policy=SMTP)
	with _read_by([row.recipient for row in mail.recipients]):
		# Each is looked at, even after the first that had a code.
		if any([_word_part(part) for part in message.walk() if not part.is_multipart()]):
			mail.message = message.as_string()


def word_note(note) -> None:
	"""The subject and text of a Notification Log."""
	with reading_as(note.for_user or frappe.session.user):
		note.subject = said.word_within(note.subject)
		note.email_content = said.word_within(note.email_content)


def _word_part(part: EmailMessage) -> bool:
	"""Whether it had a code, which is then worded."""
	is_file = part.is_attachment()
	if part.get_content_maintype() == "text" and not is_file:
		text = part.get_content()
		worded = said.word_within(text)
		if worded == text:
			return False
		part.set_content(worded, subtype=part.get_content_subtype(), charset="utf-8")
		return True
	name = part.get_filename() or ""
	word_file = exported.KINDS.get(name.rpartition(".")[2].lower())
	if not word_file:
		return False
	file = part.get_payload(decode=True) or b""
	worded_file = word_file(file)
	if worded_file is file:
		return False
	main, sub = part.get_content_maintype(), part.get_content_subtype()
	part.set_content(worded_file, maintype=main, subtype=sub, filename=name)
	return True


def _read_by(receivers: list[str]) -> AbstractContextManager:
	"""As the one receiver reads, where it is one who has an account; else as whoever sends."""
	known = frappe.db.get_value("User", {"email": receivers[0]}) if len(receivers) == 1 else None
	return reading_as(known) if known else nullcontext()
