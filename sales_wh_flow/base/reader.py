"""Words for others than the session's user: mails, notes and tasks speak the language of their reader."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import frappe
from frappe.translate import get_user_lang
from frappe.utils.jinja_globals import is_rtl

from sales_wh_flow.base import in_words
from sales_wh_flow.base.alongside import alongside_request


@contextmanager
def reading_as(user: str) -> Iterator[None]:
	"""Inside, texts are worded in the language and with the number format of this user."""
	beside = alongside_request()
	before = frappe.local.lang, beside.reader
	frappe.local.lang, beside.reader = get_user_lang(user), user
	try:
		yield
	finally:
		frappe.local.lang, beside.reader = before


def text_direction() -> str:
	"""Which way the reader's language runs, as HTML says it: web pages and mails of Frappe do not."""
	return "rtl" if is_rtl() else "ltr"


def alike(users: Iterable[str]) -> list[list[str]]:
	"""The users in groups that read the same words: of one language and one number format."""
	groups: dict[tuple[str, str], list[str]] = defaultdict(list)
	for user in users:
		with reading_as(user):
			groups[frappe.local.lang, in_words.number_format()].append(user)
	return list(groups.values())
