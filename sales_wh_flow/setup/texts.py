"""Texts for translators that Frappe's collector passes over; ``babel_extractors.csv`` says who reads what.

It reads the fields of a DocType, but not those that are added to ERPNext's documents, and it loses its place
in a script where one template literal lies in another.
"""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from sales_wh_flow.delivery.rules.reasons import FAILED, REFUSED
from sales_wh_flow.milestones.rules.customer_states import STATES
from sales_wh_flow.returns.reasons import CONDITIONS, REASONS
from sales_wh_flow.setup.custom_fields import CUSTOM_FIELDS

Texts = Iterator[tuple[int, str, str, list[str]]]
"""Line, function, text, and what translators should know, as Babel asks for them."""

SAID_IN_A_SCRIPT = re.compile(r"""(?<![\w.$])__\(\s*(["'])((?:\\.|(?!\1)[^\\\n])+)\1""")


def of_fields(_file: BinaryIO, *_how, **_options) -> Texts:
	"""Label, description and options of each field that the app adds to ERPNext's documents."""
	for doctype, fields in CUSTOM_FIELDS.items():
		for field in fields:
			of_field = f"field '{field['fieldname']}' of {doctype}"
			if label := field.get("label"):
				yield 1, "gettext", label, [f"Label of the {of_field}"]
			if description := field.get("description"):
				yield 1, "gettext", description, [f"Description of the {of_field}"]
			if field["fieldtype"] == "Select":
				for option in filter(None, field["options"].split("\n")):
					yield 1, "gettext", option, [f"Option for the {of_field}"]


def of_reasons(_file: BinaryIO, *_how, **_options) -> Texts:
	"""What a driver chooses when goods were not taken; stored in English, and shown in the reader's words."""
	for reason in (*REFUSED, *FAILED):
		yield 1, "gettext", reason, []


def of_returns(_file: BinaryIO, *_how, **_options) -> Texts:
	"""Reasons and conditions that a new site begins with, in its own language."""
	for name, _follows in (*REASONS, *CONDITIONS):
		yield 1, "gettext", name, ["Return Reason or Return Condition of a new site"]


def of_customer_states(_file: BinaryIO, *_how, **_options) -> Texts:
	"""What a customer reads of where an order, or a box, is."""
	for state in sorted(STATES):
		yield 1, "gettext", state, ["State of an order or box, as customers read it"]


def of_scripts(file: BinaryIO, *_how, **_options) -> Texts:
	"""The text of each ``__("...")``, wherever it stands."""
	script = file.read().decode()
	for said in SAID_IN_A_SCRIPT.finditer(script):
		line = script.count("\n", 0, said.start()) + 1
		yield line, "gettext", re.sub(r"\\(.)", r"\1", said[2]), []


def of_figures(file: BinaryIO, *_how, **_options) -> Texts:
	"""What a number card or a chart is called: a dashboard shows its name, a workspace its label."""
	figure = json.load(file)
	for name in sorted({figure["name"], figure.get("label") or figure["name"]}):
		yield 1, "gettext", name, [f"Name of a {figure['doctype']}"]
