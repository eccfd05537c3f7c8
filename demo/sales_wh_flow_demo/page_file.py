"""The file of the page: found out before the run whether it can be written, and there whole or not at all."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class NotWritable(ValueError):
	"""Nothing can be written there; its text names the path, why, and what to do."""

	def __init__(self, path: Path, why: str, advice: str = "name another one, or let this user write there"):
		super().__init__(f"{path}: cannot be written ({why}); {advice}")


@contextmanager
def page_file(path: Path) -> Iterator[Callable[[str], None]]:
	"""A function that writes the page. Until it did, an old page stays as it is.

	Raises: NotWritable, before anything is run if that can be known.
	"""
	target = path.resolve()
	beside = target.with_name(f".page-{os.getpid()}.part")

	def write(text: str) -> None:
		try:
			file.write(text)
			file.close()
			beside.replace(target)
		except OSError as wrong:
			raise NotWritable(path, wrong.strerror) from None

	try:
		mode = _mode(path, target)
		target.parent.mkdir(parents=True, exist_ok=True)
		file = beside.open("w", encoding="utf-8")
		if mode is not None:
			beside.chmod(mode)
	except OSError as wrong:
		raise NotWritable(path, wrong.strerror) from None
	try:
		yield write
	finally:
		with suppress(OSError):
			file.close()
		beside.unlink(missing_ok=True)


def _mode(path: Path, target: Path) -> int | None:
	"""The permissions of the page that is there, None if there is none."""
	try:
		found = target.stat().st_mode
	except FileNotFoundError:
		return None
	if not stat.S_ISREG(found):
		raise NotWritable(path, "it is a folder, pipe or device", "name a file with --out")
	if not os.access(target, os.W_OK):
		raise NotWritable(path, "it is there, and may only be read")
	return stat.S_IMODE(found)
