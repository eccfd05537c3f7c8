"""Files of what a list or a report shows: stored codes become the reader's words, never a formula."""

import io
import re
import zipfile

from openpyxl import load_workbook

from sales_wh_flow.base import said
from sales_wh_flow.base.plain_text import is_coded, without_formula

_CSV_CELL = re.compile(r'"(\{""said"":(?:[^"]|"")*)"(?!")')
"""A quoted cell with a stored code, whatever the delimiter; a code holds quotes, so it is always quoted."""

_XLSX_PARTS = ("xl/sharedStrings", "xl/worksheets/")
_XLSX_SIGNS = (b'{"said":', b"{&quot;said&quot;:")


def word_csv(file: bytes) -> bytes:
	"""A CSV file with words of the reader in the place of codes; itself where it has none."""
	if b'"{""said"":' not in file:
		return file
	text = file.decode("utf-8", "surrogateescape")
	worded = _CSV_CELL.sub(lambda found: _quoted(_in_cell(found[1].replace('""', '"'))), text)
	return worded.encode("utf-8", "surrogateescape")


def word_xlsx(file: bytes) -> bytes:
	"""An Excel file with words of the reader in the place of codes; itself where it has none."""
	if not (zipfile.is_zipfile(io.BytesIO(file)) and _has_codes(file)):
		return file
	book = load_workbook(io.BytesIO(file))
	for sheet in book.worksheets:
		for row in sheet.iter_rows():
			for cell in row:
				if is_coded(cell.value):
					cell.value = _in_cell(cell.value)
	worded = io.BytesIO()
	book.save(worded)
	return worded.getvalue()


KINDS = {"csv": word_csv, "xlsx": word_xlsx}


def _in_cell(text: str) -> str:
	return without_formula(said.worded(text))


def _quoted(text: str) -> str:
	return '"' + text.replace('"', '""') + '"'


def _has_codes(file: bytes) -> bool:
	with zipfile.ZipFile(io.BytesIO(file)) as parts:
		names = [name for name in parts.namelist() if name.startswith(_XLSX_PARTS)]
		return any(sign in text for text in map(parts.read, names) for sign in _XLSX_SIGNS)
