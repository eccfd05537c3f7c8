"""What endpoints of several capabilities answer."""

from typing import TypedDict


class _Shown(TypedDict):
	value: float
	fieldtype: str
	route: list[str]


class CardNumber(_Shown, total=False):
	"""Of a number card: Frappe shows ``value`` as a field of type ``fieldtype`` and leads to ``route`` with
	``route_options``.

	``options``: of a Currency its name, null for the site's own.
	"""

	options: str | None
	route_options: dict[str, str | list[str | int] | None]


class FailedUpdate(TypedDict):
	"""A document that could not be changed: its fields as they were sent, and the traceback."""

	doc: dict[str, str | float | list[dict[str, str | float | None]] | None]
	exc: str


class FailedUpdates(TypedDict):
	failed_docs: list[FailedUpdate]
