"""Files of lists: no cell is a formula, whatever the delimiter; nothing else in them changes."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from sales_wh_flow.base.exported import calm_csv, calm_xlsx

FORMULA = "=cmd|calc"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_formula_in_a_cell_is_a_text(delimiter):
	row = delimiter.join([f'"{FORMULA}"', "1", "-2.5", '"Anna ""A"" Berg"', "@x", '"a, b; c"', '"-3"', '""'])
	calm = calm_csv(f"{row}\r\n{row}\r\n".encode(), delimiter)
	expected = row.replace(f'"{FORMULA}"', f'"\'{FORMULA}"').replace("@x", "'@x")
	assert calm.decode() == f"{expected}\r\n{expected}\r\n"


def test_a_file_without_formulas_stays_the_very_same():
	file = b'\xef\xbb\xbf"Customer","Total"\r\n"Berg =1",-7\r\n"two\r\nlines",8\r\n'
	assert calm_csv(file) is file


def test_an_excel_cell_holds_the_text_of_the_formula():
	book, file = Workbook(), io.BytesIO()
	book.active.append(["Berg", FORMULA, 7])
	book.save(file)
	sheet = load_workbook(io.BytesIO(calm_xlsx(file.getvalue()))).active
	assert [it.value for it in sheet[1]] == ["Berg", f"'{FORMULA}", 7]
	assert sheet["B1"].data_type == "s"
