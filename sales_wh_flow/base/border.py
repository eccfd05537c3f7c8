"""Where calls enter: every argument of every endpoint is of a kind, and taken as that or refused in words.

An endpoint whose argument has no kind can't be imported, so none can be forgotten.
"""

import json
import math
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import NoReturn

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from sales_wh_flow.base import plain_text, refusals
from sales_wh_flow.base.problems import RuleViolation

Kind = Callable[[object], object]
"""Takes a value as it came in and gives it cleaned. Raises: _Wrong saying what it should be."""

_LONGEST_NAME = 140
_MOST_ROWS = 5000
_MOST_DAYS = 36_500
_LARGEST = 999_999_999_999


class BadArgument(frappe.ValidationError):
	"""An argument that is not what the endpoint takes."""


class _Wrong(Exception):
	"""What the value should have been, in words."""


def name(value) -> str:
	"""Of a document, a row or a choice: one line, as it is stored."""
	if isinstance(value, bool) or not isinstance(value, str | int) or plain_text.is_torn(str(value)):
		raise _Wrong(_("a name"))
	if len(str(value)) > _LONGEST_NAME:
		raise _Wrong(_("a name of at most {0} characters").format(_LONGEST_NAME))
	return str(value)


def doctype(value) -> str:
	"""A kind of document that there is."""
	found = name(value)
	if not frappe.db.exists("DocType", found):
		raise _Wrong(_("a kind of document"))
	return found


def token(value) -> str:
	"""A signed link; read and checked by who signed it."""
	if not isinstance(value, str) or len(value) > 4000 or not value.isascii():
		raise _Wrong(_("the text behind the link of an e-mail"))
	return value


def text(value) -> str:
	"""What a person typed: free text."""
	return _typed(value, plain_text.LONGEST)


def short_text(value) -> str:
	"""What a person typed in one line."""
	return _typed(value, _LONGEST_NAME)


def number(value) -> float:
	"""A finite number below a thousand billions: more has no place where numbers are stored."""
	try:
		found = float(value)
	except (TypeError, ValueError, OverflowError) as error:
		raise _Wrong(_("a number")) from error
	if isinstance(value, bool) or not math.isfinite(found) or abs(found) > _LARGEST:
		raise _Wrong(_("a number"))
	return found


def whole(value) -> int:
	"""A whole number."""
	found = number(value)
	if found != int(found) or abs(found) > 1e9:
		raise _Wrong(_("a whole number"))
	return int(found)


def days(value) -> int:
	"""A whole number of days, at most a hundred years."""
	if not 0 <= (found := whole(value)) <= _MOST_DAYS:
		raise _Wrong(_("a number of days from 0 to {0}").format(_MOST_DAYS))
	return found


def flag(value) -> bool:
	"""Yes or no, as JSON, forms and addresses write it."""
	if value in (True, 1, "1", "true", "True"):
		return True
	if value in (False, 0, "0", "false", "False", ""):
		return False
	raise _Wrong(_("yes or no"))


def moment(value) -> str:
	"""A day, or a day and time, as Frappe writes it."""
	try:
		found = frappe.utils.get_datetime(value) if value else None
	except Exception as error:  # dateutil raises whatever it stumbles over
		raise _Wrong(_("a date such as {0}").format(getdate())) from error
	if found is None or isinstance(value, bool | list | dict | float | int):
		raise _Wrong(_("a date such as {0}").format(getdate()))
	return str(value)


def names(value) -> list[str]:
	"""A list of names; JSON of one, too."""
	return [name(one) for one in _list(value)]


def numbers_by_name(value) -> dict[str, float]:
	"""{name: number}, or its JSON."""
	return {name(key): number(one) for key, one in _mapping(value).items()}


def anything(value):
	"""JSON that is handed on to Frappe or ERPNext, or is not read."""
	return value


def mapping(value) -> dict:
	"""An object of names and values, or its JSON."""
	return dict(_mapping(value))


def document(value):
	"""A document or its JSON, handed on to ERPNext, which takes no bare mapping."""
	found = written(value)
	return frappe.get_doc(dict(found)) if isinstance(value, Mapping) else value


def written(value) -> Mapping:
	"""A document, or its JSON, that is saved: it says what it is, and its tables are lists of rows."""
	if isinstance(value, frappe.model.document.Document):
		return value.as_dict()
	found = _mapping(value)
	kind = found.get("doctype")
	if not isinstance(kind, str) or not frappe.db.exists("DocType", kind):
		raise _Wrong(_("a document that says its doctype"))
	for field in frappe.get_meta(kind).get_table_fields():
		rows = found.get(field.fieldname) or []
		if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
			raise _Wrong(_("a document whose {0} is a list of rows").format(field.fieldname))
	return found


def perhaps(kind: Kind) -> Kind:
	"""A kind that takes what ``kind`` takes, or nothing; nothing becomes None."""
	return lambda value: None if value in (None, "") else kind(value)


def records(**fields: Kind) -> Kind:
	"""A list of rows, each with these fields; others are left alone."""

	def rows(value) -> list[dict]:
		found = []
		for number_, row in enumerate(_list(value), 1):
			if not isinstance(row, Mapping):
				raise _Wrong(_("a list of rows, each with {0}").format(", ".join(fields)))
			found.append({**row, **_fields(row, fields, number_)})
		return found

	return rows


KINDS: dict[str, Kind] = {
	**dict.fromkeys(
		(
			"sales_order quotation source_name to_order approval rule pick_list delivery_note item_code "
			"warehouse customer company from_user to_user row plan kind action price_rule sort by key "
			"digest form parent_doctype_name child_docname"
		).split(),
		name,
	),
	**dict.fromkeys(("reason", "comment", "note", "scan"), text),
	**dict.fromkeys(("consent_by", "consent_how"), short_text),
	**dict.fromkeys(("until", "from_date", "to_date", "consent_on"), moment),
	**dict.fromkeys(("qty", "found", "value", "min_value"), number),
	**dict.fromkeys(("start", "page_length"), whole),
	**dict.fromkeys(("args", "filters"), anything),
	**{"older_than_days": days, "rows": names, "items": names, "orders": names, "approvals": names},
	**{"parent_doctype": doctype, "token": token, "mine": flag, "target_doc": document, "kwargs": mapping},
}
"""What an argument of this name is, wherever an endpoint says nothing else."""


def checked(**own: Kind):
	"""Decorate an endpoint: its arguments are what ``KINDS`` or ``own`` says when it runs.

	Empty is left to what the endpoint makes of it. Raises: TypeError, at import, for one without a kind.
	"""

	def decorate(endpoint):
		takes = signature(endpoint)
		kinds = {argument: own.get(argument) or KINDS.get(argument) for argument in takes.parameters}
		unknown = sorted(argument for argument, kind in kinds.items() if kind is None)
		if unknown:
			raise TypeError(f"{endpoint.__name__}: of what kind are {', '.join(unknown)}?")

		@wraps(endpoint)
		def entrance(*args, **kwargs):
			given = _bound(takes, args, kwargs)
			for argument, value in given.arguments.items():
				if not _is_left_out(value, takes.parameters[argument]):
					given.arguments[argument] = _taken(argument, value, kinds[argument])
			return endpoint(*given.args, **given.kwargs)

		entrance.kinds = kinds
		return entrance

	return decorate


def take(argument: str, value, kind: Kind):
	"""One value, checked as an argument of an endpoint is. Raises: BadArgument saying what it has to be."""
	return _taken(argument, value, kind)


def _is_left_out(value, parameter: Parameter) -> bool:
	return value == parameter.default or (value in (None, "") and parameter.default is not Parameter.empty)


def _bound(takes, args, kwargs):
	try:
		return takes.bind(*args, **kwargs)
	except TypeError as error:
		frappe.throw(
			_("The call does not fit: {0}").format(escape_html(str(error))), BadArgument, _("Wrong Argument")
		)


def _taken(argument: str, value, kind: Kind):
	try:
		return kind(value)
	except _Wrong as wrong:
		_refuse(argument, str(wrong), value)
	except RuleViolation as violation:
		refusals.refuse(violation)


def _refuse(argument: str, wanted: str, value) -> NoReturn:
	frappe.throw(
		_("{0} has to be {1}, not {2}.").format(
			frappe.bold(argument), escape_html(wanted), escape_html(repr(value)[:80])
		),
		BadArgument,
		_("Wrong Argument"),
	)


def _typed(value, longest: int) -> str:
	if not isinstance(value, str):
		raise _Wrong(_("text"))
	return plain_text.clean_typed(value, longest)


def _parsed(value):
	if not isinstance(value, str):
		return value
	try:
		return json.loads(value)
	except (ValueError, RecursionError) as error:
		raise _Wrong(_("well-formed JSON")) from error


def _list(value) -> list:
	found = _parsed(value)
	if not isinstance(found, list | tuple):
		raise _Wrong(_("a list"))
	if len(found) > _MOST_ROWS:
		raise _Wrong(_("a list of at most {0}").format(_MOST_ROWS))
	return list(found)


def _mapping(value) -> Mapping:
	found = _parsed(value)
	if not isinstance(found, Mapping):
		raise _Wrong(_("an object of names and values"))
	return found


def _fields(row: Mapping, fields: Mapping[str, Kind], at: int) -> dict:
	found = {}
	for field, kind in fields.items():
		try:
			found[field] = kind(row.get(field))
		except _Wrong as wrong:
			raise _Wrong(_("rows whose {0} is {1} (row {2})").format(field, wrong, at)) from wrong
	return found
