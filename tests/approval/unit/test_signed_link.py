"""A link counts only as it was signed, by whom it was signed, and for a while."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.approval.rules.signed_link import LinkFacts, read_token, sign
from sales_wh_flow.base.problems import RuleViolation

KEY = b"k" * 32
LINK = LinkFacts("SWF-APR-1", "sue@nord.example", "digest", 1000, "n1")


def test_what_was_signed_is_read_until_it_is_too_old():
	assert read_token(sign(LINK, KEY), KEY, 1000) == LINK
	with pytest.raises(RuleViolation, match="link_is_too_old"):
		read_token(sign(LINK, KEY), KEY, 1000.1)


def test_another_key_opens_nothing():
	with pytest.raises(RuleViolation, match="link_is_not_ours"):
		read_token(sign(LINK, KEY), b"x" * 32, 0)


@given(st.integers(0, 500), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_token_with_one_other_character_is_refused(place, character):
	token = sign(LINK, KEY)
	place %= len(token)
	changed = token[:place] + character + token[place + 1 :]
	if changed != token:
		with pytest.raises(RuleViolation, match="link_is_not_ours"):
			read_token(changed, KEY, 0)


@pytest.mark.parametrize("token", ["", ".", "a.b", "ü.ö", sign(LINK, KEY).split(".")[0], "x" * 5000])
def test_rubbish_is_refused_in_words(token):
	with pytest.raises(RuleViolation, match="link_is_not_ours"):
		read_token(token, KEY, 0)
