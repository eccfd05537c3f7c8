"""What GS1 barcodes say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.scanning.rules.gs1 import (
	FNC1,
	Elements,
	build_sscc,
	check_digit,
	gtins_of,
	has_check_digit,
	label_number,
	parse_elements,
)

TODAY = date(2026, 11, 28)
GTIN = "09506000134352"
"""The example of the GS1 General Specifications."""


def read(text):
	return parse_elements(text, today=TODAY)


@pytest.mark.parametrize(
	"text",
	[
		f"01{GTIN}17261231" + "10AB-123",
		f"]C101{GTIN}1726123110AB-123",
		f"(01){GTIN}(17)261231(10)AB-123",
		f"]d201{GTIN}10AB-123{FNC1}17261231",
		f"{FNC1}01{GTIN}10AB-123{FNC1}17261231",
	],
)
def test_product_lot_and_last_day_are_read_however_the_scanner_sends_them(text):
	assert read(text) == Elements(gtin=GTIN, batch_no="AB-123", expires_on=date(2026, 12, 31))


def test_a_serial_number_and_a_count_are_read():
	assert read(f"01{GTIN}21S-1{FNC1}3012") == Elements(gtin=GTIN, serial_no="S-1", qty=12)


def test_a_pallet_says_what_it_holds_and_how_many():
	assert read(f"02{GTIN}3748") == Elements(gtin=GTIN, qty=48)


def test_a_logistic_unit_is_read():
	assert read("]C100350123456789012349").sscc == "350123456789012349"


def test_a_month_without_a_day_ends_with_the_month():
	assert read(f"01{GTIN}17280200").expires_on == date(2028, 2, 29)


@pytest.mark.parametrize(("digits", "year"), [("760101", 2076), ("770101", 1977), ("260101", 2026)])
def test_a_year_is_the_nearest_with_these_digits(digits, year):
	assert read(f"17{digits}").expires_on.year == year


@pytest.mark.parametrize(
	"text",
	[
		"",
		"9506000134352",
		"SCREW-10",
		f"01{GTIN[:-1]}9",  # wrong check digit
		f"01{GTIN[:10]}",  # cut off
		f"01{GTIN}10",  # an empty lot
		f"01{GTIN}17261399",  # no such day
		f"01{GTIN}10" + "x" * 21,
		f"01{GTIN}30twelve",
		"(01)" + GTIN + "(99)",
		"(01" + GTIN,
		"00" + "٣" * 18,
	],
)
def test_what_is_no_element_string_is_refused(text):
	with pytest.raises(ValueError):
		read(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
	try:
		assert isinstance(read(text), Elements)
	except ValueError:
		pass


@given(st.text("0123456789", min_size=7, max_size=10), st.integers(0, 10**6 - 1))
def test_every_number_of_a_logistic_unit_reads_back(prefix, serial):
	sscc = build_sscc(prefix, serial)
	assert read(f"00{sscc}").sscc == sscc
	assert sscc[1 : 1 + len(prefix)] == prefix


def test_numbers_end_with_the_digits_of_the_prefix():
	assert len(build_sscc("1234567890", 999_999)) == 18
	with pytest.raises(ValueError, match="does not fit"):
		build_sscc("1234567890", 1_000_000)


@pytest.mark.parametrize("prefix", ["", "123456", "12345678901", "12345a7"])
def test_a_prefix_has_seven_to_ten_digits(prefix):
	with pytest.raises(ValueError, match="7 to 10 digits"):
		build_sscc(prefix, 1)


def test_the_check_digit_is_that_of_the_specification():
	assert check_digit("0950600013435") == "2"
	assert has_check_digit("4006381333931")
	assert not has_check_digit("4006381333932")


def test_a_product_is_found_under_every_length_of_its_number():
	assert gtins_of("04006381333931") == ("04006381333931", "4006381333931")
	assert gtins_of("00000096385074") == ("00000096385074", "0000096385074", "000096385074", "96385074")
	assert gtins_of("14006381333938") == ("14006381333938",)


@pytest.mark.parametrize(
	"written",
	[
		"340123450000000017",
		"00340123450000000017",
		"(00)340123450000000017",
		"(00) 3 4012345 0000000017",
		"]C100340123450000000017",
		" 00340123450000000017\x1d",
	],
)
def test_the_number_of_a_label_is_read_however_a_scanner_or_a_person_writes_it(written):
	assert label_number(written) == "340123450000000017"


@pytest.mark.parametrize(
	"written", ["", "BOX-000018", "340123450000000018", "0000340123450000000017", "1Z999AA1"]
)
def test_what_is_no_number_of_a_label_is_none(written):
	assert label_number(written) == ""
