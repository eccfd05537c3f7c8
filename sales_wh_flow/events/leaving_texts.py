"""Email Queue and Notification Log: what leaves the site, or is kept as it was said, is worded first."""

from sales_wh_flow.base import word_mails


def mail_is_queued(doc, method=None):
	word_mails.word_mail(doc)


def note_is_written(doc, method=None):
	word_mails.word_note(doc)
