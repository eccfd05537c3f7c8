"""The lines of one CSV file as text, one at a time; whatever is no text is refused with its row."""

import stat
from collections.abc import Iterator
from pathlib import Path

MOST_BYTES = 500_000_000
"""Of one file: about ten million order lines."""
LONGEST_LINE = 1_000_000
_UTF16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")
"""The byte order marks of UTF-16 where text is read as UTF-8."""


class Unreadable(ValueError):
	"""The file cannot be read to its end; ``row`` says where, 0 for the whole, ``advice`` what to do."""

	def __init__(self, row: int, advice: str):
		self.row, self.advice = row, advice
		super().__init__(advice)


def lines_of(path: Path) -> Iterator[str]:
	"""Lines with their ends. Only CR, LF and both end one: other separators are part of a cell's text.

	Raises: Unreadable.
	"""
	try:
		_check_file(path)
		with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
			row = 0
			while line := file.readline(LONGEST_LINE + 1):
				row += 1
				_check_text(line, row)
				yield line
	except OSError as wrong:
		raise Unreadable(0, f"cannot be read ({wrong.strerror}); let this user read the file") from None


def _check_file(path: Path) -> None:
	"""A pipe would be waited for without end, and a device has no size."""
	found = path.stat()
	if not stat.S_ISREG(found.st_mode):
		raise Unreadable(0, "is no file but a folder, pipe or device; put a CSV file in its place")
	size = found.st_size
	if size > MOST_BYTES:
		raise Unreadable(
			0,
			f"is {size / 1e9:.1f} GB large, at most {MOST_BYTES / 1e9:g} GB are read;"
			" export fewer days, or fewer columns",
		)


def _check_text(line: str, row: int) -> None:
	if row == 1 and (line.startswith(_UTF16_MARKS) or line[:2].count("\0") == 1):
		raise Unreadable(0, "is saved as UTF-16 (Unicode text), not as UTF-8; save it again as CSV UTF-8")
	if "\0" in line:
		raise Unreadable(row, "holds binary zeros, so it is no UTF-8 text; save it as CSV UTF-8")
	if len(line) > LONGEST_LINE:
		raise Unreadable(row, f"the line is longer than {LONGEST_LINE:,} characters; is it a CSV file?")
	if line.isascii():
		return
	try:
		line.encode("utf-8")
	except UnicodeEncodeError as wrong:
		byte = ord(line[wrong.start]) & 0xFF
		before = line[max(wrong.start - 20, 0) : wrong.start]
		raise Unreadable(
			row, f'not UTF-8 text (byte 0x{byte:02x} after "{before}"); save it as CSV UTF-8'
		) from None
