"""Photos and signatures that a phone sends: pictures, not too large, and nothing else."""

import base64
import binascii

import frappe
from frappe.utils.file_manager import save_file

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.refusals import refuse

MOST_MB = 5
_KINDS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}
_PREFIX = "data:image/"


def checked_picture(what: str, text: object) -> str:
	"""A data URL as a phone sends it, "" for none. ``what``: its name in the refusal.

	Raises: ValidationError for anything that is no picture by its first bytes.
	"""
	if not text:
		return ""
	_content_of(what, text)
	return str(text)


def keep_photo(photo: str, proof) -> str:
	"""The address of the private file that the photo is kept in, attached to its proof."""
	kind, content = _content_of("photo", photo)
	# Whoever proves a box has no right on its proof but to read it.
	saved = save_file(f"{proof.name}.{kind}", content, proof.doctype, proof.name, is_private=1)
	return saved.file_url


def _content_of(what: str, text: object) -> tuple[str, bytes]:
	text = text if isinstance(text, str) else ""
	kind, _mark, encoded = text.removeprefix(_PREFIX).partition(";base64,")
	if text.startswith(_PREFIX) and kind in _KINDS and len(encoded) * 3 / 4 <= MOST_MB * 1024 * 1024:
		try:
			content = base64.b64decode(encoded, validate=True)
		except binascii.Error:
			content = b""
		if content.startswith(_KINDS[kind]) and (kind != "webp" or content[8:12] == b"WEBP"):
			return kind, content
	refuse(RuleViolation("not_a_picture", what=frappe._(what), most=MOST_MB))
