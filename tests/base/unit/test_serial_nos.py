"""Serial numbers in one field, as ERPNext keeps them."""

import re

import pytest

from sales_wh_flow.base.serial_nos import each_serial
from tests.contracts.app_source import APP


@pytest.mark.parametrize(
	("text", "numbers"),
	[
		(None, ()),
		("", ()),
		("A1\nA2", ("A1", "A2")),
		(" A1 ,A2,\n\nA3\r\n", ("A1", "A2", "A3")),
		("Model 7 0001\nModel 7 0002", ("Model 7 0001", "Model 7 0002")),
	],
)
def test_each_line_is_a_number_and_blanks_belong_to_it(text, numbers):
	assert each_serial(text) == numbers


def test_no_other_code_takes_a_field_of_serial_numbers_apart():
	"""Split at blanks, two pumps of "Model 7" were one number twice."""
	apart = re.compile(r"serial\w*[^\n]*\.split\(\)", re.IGNORECASE)
	found = [str(path) for path in APP.rglob("*.py") if apart.search(path.read_text())]
	assert not found
