"""Reads the files of a CSV folder row by row, cell by cell, and collects what is wrong with them."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from .csv_tables import TABLES, Table, cell

MOST_PROBLEMS = 200
"""More are counted but not listed."""


@dataclass(frozen=True, slots=True)
class Problem:
	"""``row`` is the line of the file as an editor counts it, 0 for the file as a whole."""

	file: str
	row: int
	column: str
	value: str
	advice: str

	def __str__(self) -> str:
		place = self.file
		place += f", row {self.row}" if self.row else ""
		place += f", column {self.column}" if self.column else ""
		return f'{place}: "{self.value}" {self.advice}' if self.value else f"{place}: {self.advice}"


class LayoutProblems(ValueError):
	"""The folder cannot be used; ``problems`` says why, all of it."""

	def __init__(self, problems: list[Problem]):
		self.problems = tuple(problems)
		listed = [f"  {problem}" for problem in problems[:MOST_PROBLEMS]]
		if len(problems) > MOST_PROBLEMS:
			listed.append(f"  and {len(problems) - MOST_PROBLEMS} more")
		count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
		super().__init__("\n".join([f"{count} in the data, nothing was read:", *listed]))


@dataclass(frozen=True, slots=True)
class Record:
	"""One row: where it stands and what its cells mean."""

	file: str
	row: int
	cells: dict

	def __getitem__(self, column: str):
		return self.cells[column]


@dataclass(slots=True)
class Sheets:
	"""The rows of all files, by file name; ``notes`` is what a user should know but need not mend."""

	rows: dict[str, list[Record]] = field(default_factory=dict)
	problems: list[Problem] = field(default_factory=list)
	notes: list[str] = field(default_factory=list)
	present: set[str] = field(default_factory=set)

	def complain(self, record: Record, column: str, advice: str, value: object = None) -> None:
		shown = record[column] if value is None and column else value
		self.problems.append(
			Problem(record.file, record.row, column, "" if shown is None else f"{shown}", advice)
		)


def read_sheets(folder: Path) -> Sheets:
	sheets = Sheets()
	if not folder.is_dir():
		sheets.problems.append(
			Problem(str(folder), 0, "", "", "no such folder; name one that holds the CSV files")
		)
		return sheets
	for table in TABLES:
		path = folder / table.file
		sheets.rows[table.file] = []
		if path.is_file():
			sheets.present.add(table.file)
			_read_table(path, table, sheets)
		elif table.is_required:
			needed = ", ".join(column.name for column in table.columns if column.is_required)
			advice = f"the file is missing; it needs the columns {needed}"
			sheets.problems.append(Problem(table.file, 0, "", "", advice))
	known = {table.file for table in TABLES}
	for path in sorted(folder.glob("*.csv")):
		if path.name not in known:
			sheets.notes.append(f"{path.name} is not part of the layout and was not read")
	return sheets


def _read_table(path: Path, table: Table, sheets: Sheets) -> None:
	try:
		lines = path.read_text(encoding="utf-8-sig").splitlines()
	except UnicodeDecodeError:
		advice = "not UTF-8 text; save it as CSV UTF-8"
		sheets.problems.append(Problem(table.file, 0, "", "", advice))
		return
	head = lines[0] if lines else ""
	rows = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
	header = [name.strip().lower() for name in next(rows, [])]
	if not _check_header(header, table, sheets):
		return
	seen: dict[tuple, int] = {}
	for values in rows:
		if not any(value.strip() for value in values):
			continue
		if len(values) > len(header):
			advice = f"{len(values)} cells under {len(header)} columns; quote text that holds the separator"
			sheets.problems.append(Problem(table.file, rows.line_num, "", "", advice))
			continue
		texts = dict(zip(header, (value.strip() for value in values), strict=False))
		record = Record(table.file, rows.line_num, _cells(texts, table, rows.line_num, sheets))
		sheets.rows[table.file].append(record)
		key = tuple(record[name] for name in table.key)
		if key and key in seen:
			sheets.complain(record, table.key[0], f"stands in row {seen[key]} already; keep one of the two")
		seen.setdefault(key, record.row)


def _check_header(header: list[str], table: Table, sheets: Sheets) -> bool:
	"""Whether every required column is there once."""
	names = [column.name for column in table.columns]
	missing = [column.name for column in table.columns if column.is_required and column.name not in header]
	for name in missing:
		advice = f"the column is missing; the file has: {', '.join(filter(None, header)) or 'nothing'}"
		sheets.problems.append(Problem(table.file, 0, name, "", advice))
	twice = sorted({name for name in header if name in names and header.count(name) > 1})
	for name in twice:
		sheets.problems.append(Problem(table.file, 0, name, "", "the column is there twice; keep one"))
	unread = [name for name in header if name and name not in names]
	if unread:
		sheets.notes.append(f"{table.file}: not part of the layout and not read: {', '.join(unread)}")
	return not (missing or twice)


def _cells(texts: dict[str, str], table: Table, row: int, sheets: Sheets) -> dict:
	cells = {}
	for column in table.columns:
		text = texts.get(column.name) or column.default
		cells[column.name] = None if column.kind != "text" else text
		if column.is_required and not text:
			advice = "must not be empty"
			sheets.problems.append(Problem(table.file, row, column.name, "", advice))
			continue
		try:
			cells[column.name] = cell(column.kind, text)
		except ValueError as wrong:
			sheets.problems.append(Problem(table.file, row, column.name, text, str(wrong)))
	return cells
