"""What the flow keeps for people to read: a code and its values, worded for whoever reads it.

Nothing is stored as a sentence, which would speak its writer's language and number format for ever. A code
is a function of a capability, of its ``sayings.py`` for plain text, of its ``timeline.py`` for HTML; its
arguments are the values. It runs when somebody reads. What people typed is kept as they typed it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from importlib import import_module  # noqa: TID251 - the code in a field is a path; _CODE says which
from inspect import Signature, isfunction, signature
from typing import Any

import frappe
from frappe.utils.html_utils import sanitize_html

from sales_wh_flow.base.plain_text import is_coded, without_code, without_markup

_CODE = re.compile(r"([a-z_]+(?:\.[a-z_]+)?)\.(sayings|timeline)\.([a-z]\w*)")
_WITHIN = re.compile(r'\{(?:"|&quot;|&#34;)said(?:"|&quot;|&#34;):(?:[^{}]|\{[^{}]*\})*\}')
"""A code within a longer text, as it is or as HTML writes it; its values hold at most one level of codes."""
_ESCAPED = re.compile(r'\\(?=[^"\\/bfnrtu])')
"""What Markdown writes before a sign, and JSON does not."""
_IN_JSON = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))
"""No value opens a tag before its words are made."""


class Kept(str):
	"""A text fit to be stored: a code with its values, or what somebody typed. No sentence of the app is."""

	__slots__ = ()


def keep(words: Callable[..., str], **values) -> Kept:
	"""What ``words`` says of these values, to be said when it is read.

	Values are text, numbers, dates and what JSON knows, or kept texts themselves. Raises: TypeError for
	values that ``words`` does not take, or a function whose words nobody would find again.
	"""
	code, takes = _code_and_values(words)
	takes.bind(**values)
	text = json.dumps({"said": code, **values}, default=str, ensure_ascii=False, separators=(",", ":"))
	for sign, instead in _IN_JSON:
		text = text.replace(sign, instead)
	return Kept(text)


@cache
def _code_and_values(words: Callable[..., str]) -> tuple[str, Signature]:
	code = f"{words.__module__.removeprefix('sales_wh_flow.')}.{words.__name__}"
	if not _CODE.fullmatch(code) or _function(code) is not words:
		raise TypeError(f"{code} is no function of a sayings.py or timeline.py")
	return code, signature(words)


def typed(text: str | None) -> Kept:
	"""What somebody typed, as it is; it is never taken for a code."""
	return Kept(without_code((text or "").strip()))


def checked_code(text: str | None) -> str | None:
	"""The text, for whoever stores it. Raises: TypeError for a sentence."""
	if text and not (isinstance(text, Kept) or is_coded(text)):
		raise TypeError(f"stored as a sentence, which reads the same to everybody: {text!r}")
	return text


def worded(text: str | None) -> str:
	"""A stored text for the session's user, in that user's language and number format.

	A code that nobody knows any more is shown as it is stored.
	"""
	if not text or not is_coded(text):
		return text or ""
	try:
		values = json.loads(text)
		code = values.pop("said")
		words = _function(code)
		said = str(words(**word_all(values)))
	except Exception:
		frappe.logger("sales_wh_flow").warning("a stored text can't be worded: %s", text, exc_info=True)
		return text
	if code.rpartition(".")[0].endswith("sayings"):
		return without_markup(said)
	return sanitize_html(said, always_sanitize=True) if "\\u003c" in text else said


def word_within(text: str | None) -> str:
	"""A text that others made, plain, HTML or Markdown, in which stored texts stand among their own words."""
	return _WITHIN.sub(lambda found: worded(_ESCAPED.sub("", unescape(found[0]))), text or "")


def code_of(text: str | None) -> str:
	"""The code of a stored text, for programs; empty for what somebody typed."""
	return values_of(text).get("said", "")


def values_of(text: str | None) -> dict:
	"""The code and the values of a stored text; none for what somebody typed."""
	return json.loads(text) if is_coded(text) else {}


def word_rows(rows: Iterable[Any], *fields: str) -> None:
	"""Rows of an answer or a report: the stored texts in these fields become words."""
	for row in rows:
		for field in fields:
			if is_coded(row.get(field)):
				row[field] = worded(row[field])


def word_all(value: object) -> object:
	"""Anything that JSON knows, with every stored text in it worded."""
	if isinstance(value, str):
		return _word_text(value)
	if isinstance(value, list):
		return [word_all(one) for one in value]
	return {key: word_all(one) for key, one in value.items()} if isinstance(value, dict) else value


def codes_in(module) -> Iterator[str]:
	"""The names of what a ``sayings.py`` or ``timeline.py`` says."""
	for name, words in vars(module).items():
		if isfunction(words) and words.__module__ == module.__name__ and not name.startswith("_"):
			yield name


def _word_text(text: str) -> str:
	if is_coded(text):
		return worded(text)
	if '{\\"said\\":' in text and text[:1] in "{[":  # a document's Version keeps values as JSON in JSON
		try:
			return json.dumps(word_all(json.loads(text)))
		except ValueError:
			return text
	return text


def _function(code: str) -> Callable[..., str]:
	found = _CODE.fullmatch(code)
	if not found:
		raise LookupError(code)
	module = import_module(f"sales_wh_flow.{found[1]}.{found[2]}")
	words = getattr(module, found[3])
	if not isfunction(words) or words.__module__ != module.__name__:
		raise LookupError(code)
	return words
