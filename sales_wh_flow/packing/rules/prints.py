"""What is printed for a box, and in which way it reaches a printer."""

import base64

LABEL, LIST = "label", "list"
BROWSER, QZ, FILE = "Browser", "QZ Tray", "File"
"""Ways: a page in the browser, a program that sends it to the printer, a file for a watched folder."""

PDF, ZPL, PAGE = "PDF", "ZPL", "Page"
"""Kinds: a page is made by Frappe's print view."""

_OURS = {
	(BROWSER, LABEL): "Box Label",
	(QZ, LABEL): "Box Label ZPL",
	(FILE, LABEL): "Box Label ZPL",
}


def format_for(way: str, what: str, label_format: str | None = None, list_format: str | None = None) -> str:
	"""The Print Format of a station: its own, else ours. Lists are pages wherever they are printed."""
	if what == LIST:
		return list_format or "Box Packing List"
	return label_format or _OURS[way, LABEL]


def printed_kind(content: bytes) -> str:
	"""PDF, or ZPL for whatever is none."""
	return PDF if content.lstrip()[:5] == b"%PDF-" else ZPL


def way_for(way: str, kind: str) -> str:
	"""No browser prints ZPL: there it becomes a file."""
	return FILE if (way, kind) == (BROWSER, ZPL) else way


def as_text(content: bytes) -> str:
	"""In base64: labels of couriers are in any encoding."""
	return base64.b64encode(content).decode()


def file_name(box: str, number: str, kind: str) -> str:
	"""As it is downloaded."""
	parts = [part for part in (box, number.replace("/", "-")) if part]
	return f"{'-'.join(parts)}.{kind.lower()}"
