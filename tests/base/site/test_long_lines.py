"""What is longer than its column is refused in words, also where many rows are written with one statement."""

import pytest

from sales_wh_flow.base import bulk
from sales_wh_flow.base.problems import RuleViolation


def test_a_line_that_is_too_long_for_its_column_is_refused_by_its_length(site):
	rows = [("a" * 10, "short"), ("b" * 10, "x" * 141)]
	with pytest.raises(RuleViolation) as refused:
		bulk.insert("Box Event", ["name", "place"], rows)
	assert refused.value.code == "text_too_long"
	assert refused.value.data == {"length": 141, "longest": 140}
