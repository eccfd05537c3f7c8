"""The check of what endpoints answer in tests sees what it is there for."""

from datetime import date, datetime
from typing import TypedDict

import pytest

from tests.answered import misfits


class Row(TypedDict):
	name: str
	qty: float
	due: date | None


class Page(Row, total=False):
	rows: list[Row]


WHOLE = {"name": "a", "qty": 1, "due": None}


@pytest.mark.parametrize(
	("value", "wanted"),
	[
		(WHOLE, Page),
		({**WHOLE, "rows": [WHOLE, {**WHOLE, "due": date(2026, 1, 2)}]}, Page),
		([], list[Row]),
		([["a", 1.5]], list[list[str | float]]),
		({"Margin": [WHOLE]}, dict[str, list[Row]]),
		((("a", 1.0),), tuple[tuple[str, float], ...]),
		(None, None),
		("-", Row | str),
	],
)
def test_what_fits_is_taken(value, wanted):
	assert not list(misfits(value, wanted))


@pytest.mark.parametrize(
	("value", "wanted", "told"),
	[
		({"name": "a", "qty": 1}, Row, "the answer misses due"),
		({**WHOLE, "more": 1}, Row, "the answer has more, which Row does not name"),
		({**WHOLE, "qty": "1"}, Row, "the answer.qty is '1', not float"),
		({**WHOLE, "qty": True}, Row, "the answer.qty is True, not float"),
		({**WHOLE, "due": datetime(2026, 1, 2)}, Row, "the answer.due is"),
		({**WHOLE, "rows": [{**WHOLE, "name": None}]}, Page, "the answer.rows[0].name is None, not str"),
		([WHOLE, 1], list[Row], "the answer[1] is 1, not Row"),
		({"a": {}}, dict[str, Row], "the answer['a'] misses due"),
		((("a", 1.0, 2),), tuple[tuple[str, float], ...], "the answer[0] has 3 parts, not 2"),
		(1, None, "the answer is 1"),
		(0, bool, "the answer is 0, not bool"),
		({**WHOLE, "qty": None}, Row | None, "the answer.qty is None, not float"),
	],
)
def test_what_does_not_fit_is_told(value, wanted, told):
	assert any(one.startswith(told) for one in misfits(value, wanted)), list(misfits(value, wanted))
