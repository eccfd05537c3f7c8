"""Text that people type is kept so that no reader can take it for markup or a formula."""

import pytest

from sales_wh_flow.base.plain_text import LONGEST, clean_typed, without_formula, without_markup
from sales_wh_flow.base.problems import RuleViolation


@pytest.mark.parametrize(
	"text",
	[
		"<img src=x onerror=alert(1)>",
		"</b><script>alert(1)</script>",
		"<<img src=x>",
		"<!--x-->",
		"<?php ?>",
		"< img>",
		"a<\x00img src=x>",
		"<\u202eimg>",
		"ends with <",
	],
)
def test_no_text_opens_a_tag(text):
	kept = clean_typed(text)
	assert not any(f"<{first}" in kept for first in ("i", "/", "s", "!", "?", "<")) and not kept.endswith("<")


@pytest.mark.parametrize(
	"text", ["5 < 6", "less <3 pieces", "a <= b", "Müller & Söhne", "line\nline", "-5 %"]
)
def test_what_people_mean_stays_as_they_wrote_it(text):
	assert clean_typed(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0", "@SUM(A1)", "\t=1+1"])
def test_no_text_is_calculated_by_a_spreadsheet(text):
	assert without_formula(text).startswith("'") and clean_typed(text).startswith("'")


def test_cleaning_twice_changes_nothing_more():
	once = clean_typed("=<b>1")
	assert clean_typed(once) == once and without_markup(once) == once


def test_a_text_without_end_is_refused_with_its_length():
	with pytest.raises(RuleViolation) as refused:
		clean_typed("x" * (LONGEST + 1))
	assert refused.value.data == {"length": LONGEST + 1, "longest": LONGEST}
