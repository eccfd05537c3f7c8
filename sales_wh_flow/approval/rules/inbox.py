"""What waits for a decision: how much of it, and which documents are on a page."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

DUE, OLDEST, VALUE = "due", "oldest", "value"
SORTS = (DUE, OLDEST, VALUE)

_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Counts:
	"""Documents with open approvals that fit the filters: that wait for the user, overdue ones among them,
	and all that the user may see.
	"""

	mine: int
	overdue: int
	seen: int


def paged(
	rows: Collection[tuple], now: float, is_mine: bool, sort: str, start: int, length: int
) -> tuple[Counts, list[str]]:
	"""(counts, the documents of one page in its order).

	``rows``: (document, whether that approval is the user's, due, since, value) of each open approval; times
	are seconds, ``due`` may be None. With ``is_mine`` only approvals of the user's own count and sort.
	"""
	seen, own = _by_document(rows), _by_document(row for row in rows if row[1])
	counts = Counts(len(own), sum(due < now for due, _since, _value in own.values()), len(seen))
	shown, key = own if is_mine else seen, _KEYS[sort]
	names = sorted(shown, key=lambda name: (key(*shown[name]), name))
	return counts, names[start : start + length]


def _by_document(rows: Iterable[tuple]) -> dict[str, tuple[float, float, float]]:
	"""{document: (due, since, value)}: of several approvals the earliest times."""
	found: dict[str, tuple[float, float, float]] = {}
	for name, _mine, due, since, value in rows:
		due = _NEVER if due is None else due
		before = found.get(name)
		if before:
			due, since = min(before[0], due), min(before[1], since)
		found[name] = (due, since, value or 0.0)
	return found


_KEYS: dict[str, Callable[[float, float, float], tuple[float, ...]]] = {
	DUE: lambda due, since, value: (due, since),
	OLDEST: lambda due, since, value: (since,),
	VALUE: lambda due, since, value: (-value,),
}
