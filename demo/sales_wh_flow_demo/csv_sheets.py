"""Reads the files of a CSV folder row by row, cell by cell, and collects what is wrong with them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sales_wh_flow_demo.csv_cells import cell
from sales_wh_flow_demo.csv_lines import Unreadable, lines_of
from sales_wh_flow_demo.csv_tables import TABLES, Table
from sales_wh_flow_demo.plain import plain
from sales_wh_flow_demo.sentences import counted

NULLS = ("NULL", "\\N")
"""What databases write into a cell that is empty."""
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
"""What spreadsheet programs keep their own files in."""
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
		text = f'{place}: "{self.value}" {self.advice}' if self.value else f"{place}: {self.advice}"
		return plain(text)


class LayoutProblems(ValueError):
	"""The folder cannot be used; ``problems`` says why, all of it."""

	def __init__(self, problems: list[Problem]):
		self.problems = tuple(problems)
		listed = [f"  {problem}" for problem in problems[:MOST_PROBLEMS]]
		if len(problems) > MOST_PROBLEMS:
			listed.append(f"  and {len(problems) - MOST_PROBLEMS} more")
		count = counted(len(problems), "problem")
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
	is_partial: bool = False
	misread: set[tuple[str, int, str]] = field(default_factory=set)

	def is_misread(self, record: Record, column: str) -> bool:
		"""Whether the cell holds something that was refused, and not nothing."""
		return (record.file, record.row, column) in self.misread

	def refuse(self, file: str, row: int, advice: str, column: str = "") -> None:
		"""The file could not be read to its end, so nothing can be said about what refers to it."""
		self.is_partial = True
		self.problems.append(Problem(file, row, column, "", advice))

	def complain(self, record: Record, column: str, advice: str, value: object = None) -> None:
		shown = record[column] if value is None and column else value
		self.problems.append(
			Problem(record.file, record.row, column, "" if shown is None else f"{shown}", advice)
		)


def read_sheets(folder: Path) -> Sheets:
	sheets = Sheets()
	if not folder.is_dir():
		sheets.refuse(str(folder), 0, "no such folder; name one that holds the CSV files")
		return sheets
	try:
		names = sorted(path.name for path in folder.iterdir())
	except OSError as unreadable:
		sheets.refuse(
			str(folder), 0, f"cannot be read ({unreadable.strerror}); let this user read the folder"
		)
		return sheets
	read = set()
	for table in TABLES:
		sheets.rows[table.file] = []
		name = _file_of(table, names)
		if name:
			read.add(name)
			sheets.present.add(table.file)
			_read_table(folder / name, table, sheets)
		elif table.is_required:
			advice = f"the file is missing; it needs the columns {_needed(table)}"
			sheets.refuse(table.file, 0, advice + _instead(table, names))
	for name in names:
		if name not in read:
			sheets.notes += _left_out(name, read)
	return sheets


def _instead(table: Table, names: list[str]) -> str:
	"""What to do with a spreadsheet that lies where the file should."""
	stem = table.file.removesuffix(".csv")
	found = [name for name in names if name.lower() in (stem + ending for ending in SPREADSHEETS)]
	return f"; save {found[0]} as CSV UTF-8" if found else ""


def _left_out(name: str, read: set[str]) -> list[str]:
	"""A note about a file of the folder that looks like a table and was not read."""
	stem, ending = Path(name.lower()).stem, Path(name.lower()).suffix
	if ending in SPREADSHEETS:
		return [f"{name} is a spreadsheet and was not read; save it as CSV UTF-8"]
	if ending not in (".csv", ".tsv"):
		return []
	twin = next((other for other in read if Path(other.lower()).stem == stem), None)
	if twin:
		return [f"{name} was not read: the table is there twice, and {twin} was; keep one of the two"]
	return [f"{name} is not part of the layout and was not read"]


def _file_of(table: Table, names: list[str]) -> str | None:
	"""The table's own name first, then with tabs; capitals do not matter."""
	tabbed = table.file.removesuffix(".csv") + ".tsv"
	fitting = [name for name in names if name.lower() in (table.file, tabbed)]
	return min(fitting, key=lambda name: (name != table.file, name.lower() != table.file, name), default=None)


def _needed(table: Table) -> str:
	return ", ".join(column.name for column in table.columns if column.is_required)


def _read_table(path: Path, table: Table, sheets: Sheets) -> None:
	try:
		rows = _rows(path)
		_row, names = next(rows, (1, []))
		if not any(names):
			sheets.refuse(path.name, 0, f"the file is empty; it needs the columns {_needed(table)}")
			return
		header = [name.strip().lower() for name in names]
		if _check_header(path.name, header, table, sheets):
			_read_rows(path.name, rows, header, table, sheets)
	except Unreadable as wrong:
		sheets.refuse(path.name, wrong.row, wrong.advice)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
	"""(row, cells): the row is the line of the file on which it begins, also when text runs over several.

	Raises: Unreadable, naming the row, where the text cannot be taken apart.
	"""
	lines = lines_of(path)
	head = next(lines, "")
	delimiter = max(",;\t|", key=head.count)
	reader = csv.reader(_with_first(head, lines), delimiter=delimiter, strict=True)
	begins = 1
	while True:
		try:
			values = next(reader)
		except StopIteration:
			return
		except csv.Error as wrong:
			raise Unreadable(begins, _not_taken_apart(wrong)) from None
		yield begins, values
		begins = reader.line_num + 1


def _not_taken_apart(wrong: csv.Error) -> str:
	if "field limit" in str(wrong):
		longest = f"{csv.field_size_limit():,}"
		return (
			f"a cell is longer than {longest} characters, the most that is read;"
			" shorten it, or end the quotes it begins with"
		)
	return f"a quoted cell that begins here does not end as one ({wrong}); double the quotes inside it"


def _with_first(head: str, lines: Iterator[str]) -> Iterator[str]:
	yield head
	yield from lines


def _read_rows(
	file: str, rows: Iterator[tuple[int, list[str]]], header: list[str], table: Table, sheets: Sheets
) -> None:
	first: dict[tuple, Record] = {}
	nulls = 0
	for row, values in rows:
		if not any(value.strip() for value in values):
			continue
		if len(values) > len(header):
			cells, columns = counted(len(values), "cell"), counted(len(header), "column")
			advice = f"{cells} under {columns}; quote text that holds the separator"
			sheets.problems.append(Problem(file, row, "", "", advice))
			continue
		texts = dict(zip(header, (value.strip() for value in values), strict=False))
		for name in [name for name, text in texts.items() if text in NULLS]:
			texts[name] = ""
			nulls += 1
		record = Record(file, row, _cells(file, texts, table, row, sheets))
		sheets.rows[table.file].append(record)
		if table.key:
			other = first.setdefault(tuple(record[name] for name in table.key), record)
			if other is not record:
				sheets.complain(record, table.key[0], _twice(record, other))
	if nulls:
		cells = counted(nulls, "cell")
		sheets.notes.append(f"{file}: {cells} with {' or '.join(NULLS)}, which was read as empty")
	if table.needs_rows and not sheets.rows[table.file]:
		sheets.problems.append(Problem(file, 0, "", "", "has no rows below its header; add at least one"))


def _twice(record: Record, other: Record) -> str:
	place = f"stands in row {other.row} already"
	differing = [name for name, value in record.cells.items() if value != other.cells[name]]
	if not differing:
		return f"{place}, with the same content; keep one of the two"
	if differing == ["qty"]:
		return f"{place}, with another quantity; add the two up in one row"
	name = differing[0]
	return (
		f"{place}, with other content ({name} {_shown(other[name])} there, {_shown(record[name])} here);"
		" keep one of the two, or write the one meant otherwise under a name of its own"
	)


def _shown(value: object) -> str:
	return "empty" if value in (None, "") else f'"{value}"'


def _check_header(file: str, header: list[str], table: Table, sheets: Sheets) -> bool:
	"""Whether every required column is there once."""
	names = [column.name for column in table.columns]
	missing = [column.name for column in table.columns if column.is_required and column.name not in header]
	for name in missing:
		advice = f"the column is missing; the file has: {', '.join(filter(None, header)) or 'nothing'}"
		sheets.refuse(file, 0, advice, name)
	twice = sorted({name for name in header if name in names and header.count(name) > 1})
	for name in twice:
		sheets.refuse(file, 0, "the column is there twice; keep one", name)
	unread = [name for name in header if name and name not in names]
	if unread:
		sheets.notes.append(f"{file}: not part of the layout and not read: {', '.join(unread)}")
	return not (missing or twice)


def _cells(file: str, texts: dict[str, str], table: Table, row: int, sheets: Sheets) -> dict:
	cells = {}
	for column in table.columns:
		text = texts.get(column.name) or column.default
		cells[column.name] = text if column.kind == "text" else None
		if column.is_required and not text:
			advice = "must not be empty; fill it in, or leave the row out"
			sheets.problems.append(Problem(file, row, column.name, "", advice))
			continue
		try:
			cells[column.name] = cell(column.kind, text)
		except ValueError as wrong:
			advice = str(wrong)
			if not (column.is_required or any(letter.isdigit() for letter in text)):
				advice += ", or leave the cell empty if it is not known"
			sheets.problems.append(Problem(file, row, column.name, text, advice))
			sheets.misread.add((file, row, column.name))
	return cells
