"""Reads and writes a company's data as a folder of CSV files; docs/data-layout.md describes them.

Every problem of every file is found before anything is refused, and nothing is half-read.
"""

import csv
from pathlib import Path

from sales_wh_flow_demo import csv_notes
from sales_wh_flow_demo.csv_build import build
from sales_wh_flow_demo.csv_check import check
from sales_wh_flow_demo.csv_rows import records
from sales_wh_flow_demo.csv_sheets import LayoutProblems, read_sheets
from sales_wh_flow_demo.csv_tables import TABLES
from sales_wh_flow_demo.dataset import DataSet
from sales_wh_flow_demo.plain import plain


def read(folder: str | Path) -> tuple[DataSet, tuple[str, ...]]:
	"""The data set of the folder, and notes about what was not read or was assumed.

	Raises: LayoutProblems with every problem found.
	"""
	sheets = read_sheets(Path(folder))
	if not sheets.is_partial:
		check(sheets)
	if sheets.problems:
		raise LayoutProblems(sheets.problems)
	data = build(sheets)
	return data, tuple(map(plain, (*sheets.notes, *csv_notes.about(data))))


def write(data: DataSet, folder: str | Path) -> tuple[Path, ...]:
	"""Writes the data set into the folder, which is made if missing; the files written."""
	folder = Path(folder)
	folder.mkdir(parents=True, exist_ok=True)
	written = []
	for table in TABLES:
		path = folder / table.file
		names = [column.name for column in table.columns]
		with path.open("w", encoding="utf-8", newline="") as file:
			writer = csv.writer(file, lineterminator="\n")
			writer.writerow(names)
			writer.writerows([_text(row[name]) for name in names] for row in records(data, table.file))
		written.append(path)
	return tuple(written)


def _text(value: object) -> str:
	"""The cell that is read as this value again."""
	if value is None:
		return ""
	if isinstance(value, bool):
		return "yes" if value else "no"
	if isinstance(value, float):
		return f"{value!r}".removesuffix(".0")
	return str(value)
