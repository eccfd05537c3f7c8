"""The lines of one CSV file as text, one at a time; whatever is no text is refused with its row."""

from collections.abc import Iterator
from pathlib import Path

MOST_BYTES = 500_000_000
"""Of one file: about ten million order lines."""
LONGEST_LINE = 1_000_000


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
		_check_size(path)
		with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
			row = 0
			while line := file.readline(LONGEST_LINE + 1):
				row += 1
				_check_text(line, row)
				yield line
	except OSError as wrong:
		raise Unreadable(0, f"cannot be read ({wrong.strerror}); let this user read the file") from None


def _check_size(path: Path) -> None:
	size = path.stat().st_size
	if size > MOST_BYTES:
		raise Unreadable(
			0,
			f"is {size / 1e9:.1f} GB large, at most {MOST_BYTES / 1e9:g} GB are read;"
			" export fewer days, or fewer columns",
		)


def _check_text(line: str, row: int) -> None:
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
