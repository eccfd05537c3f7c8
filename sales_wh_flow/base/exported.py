"""Files of what a list or a report shows: stored codes become the reader's words, never a formula."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from sales_wh_flow.base import said
from sales_wh_flow.base.plain_text import is_coded, without_formula

_CSV_CELL = re.compile(r'"(\{""said"":(?:[^"]|"")*)"(?!")')
"""A quoted cell with a stored code, whatever the delimiter; a code holds quotes, so it is always quoted."""

_CELLS = {it: re.compile(rf'"(?:[^"]|"")*"|[^{it}\r\n"]+') for it in (",", ";", "|", r"\t")}
"""A cell with its quotation marks, by the delimiter of the file."""

_XLSX_PARTS = ("xl/sharedStrings", "xl/worksheets/")
_XLSX_SIGNS = (b'{"said":', b"{&quot;said&quot;:")
_XLSX_FORMULA = (b"<f>", b"<f ")


def word_csv(file: bytes) -> bytes:
	"""A CSV file with words of the reader in the place of codes; itself where it has none."""
	if b'"{""said"":' not in file:
		return file
	text = file.decode("utf-8", "surrogateescape")
	worded = _CSV_CELL.sub(lambda found: _quoted(_in_cell(found[1].replace('""', '"'))), text)
	return worded.encode("utf-8", "surrogateescape")


def word_xlsx(file: bytes) -> bytes:
	"""An Excel file with words of the reader in the place of codes; itself where it has none."""
	return _changed(file, _XLSX_SIGNS, lambda value: _in_cell(value) if is_coded(value) else value)


def calm_csv(file: bytes, delimiter: str = ",") -> bytes:
	"""A CSV file in which no cell is a formula; itself where none is.

	``delimiter``: a comma, a semicolon, a pipe or a tab; another one is taken for a comma.
	"""
	cells = _CELLS.get(delimiter.replace("\t", r"\t"), _CELLS[","])
	text = file.decode("utf-8", "surrogateescape")
	calm = cells.sub(lambda found: _calm_cell(found[0]), text)
	return file if calm == text else calm.encode("utf-8", "surrogateescape")


def calm_xlsx(file: bytes, _delimiter: str = "") -> bytes:
	"""An Excel file in which no cell is a formula; itself where none is."""
	return _changed(file, _XLSX_FORMULA, lambda it: without_formula(it) if isinstance(it, str) else it)


def _calm_cell(cell: str) -> str:
	if not cell.startswith('"'):
		return without_formula(cell)
	text = cell[1:-1].replace('""', '"')
	calm = without_formula(text)
	return cell if calm == text else _quoted(calm)


def _changed(file: bytes, signs: tuple[bytes, ...], change: Callable[[Any], Any]) -> bytes:
	if not (zipfile.is_zipfile(io.BytesIO(file)) and _has_signs(file, signs)):
		return file
	book = load_workbook(io.BytesIO(file))
	for sheet in book.worksheets:
		for row in sheet.iter_rows():
			for cell in row:
				changed = change(cell.value)
				if changed != cell.value:
					cell.value = changed
	worded = io.BytesIO()
	book.save(worded)
	return worded.getvalue()


KINDS = {"csv": word_csv, "xlsx": word_xlsx}
CALM = {"csv": calm_csv, "xlsx": calm_xlsx}


def _in_cell(text: str) -> str:
	return without_formula(said.worded(text))


def _quoted(text: str) -> str:
	return '"' + text.replace('"', '""') + '"'


def _has_signs(file: bytes, signs: tuple[bytes, ...]) -> bool:
	with zipfile.ZipFile(io.BytesIO(file)) as parts:
		names = [name for name in parts.namelist() if name.startswith(_XLSX_PARTS)]
		return any(sign in text for text in map(parts.read, names) for sign in signs)
