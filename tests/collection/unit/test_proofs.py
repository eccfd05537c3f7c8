"""What somebody shows who fetches boxes."""

import pytest

from sales_wh_flow.collection.rules import proofs

SECRET = b"0123456789abcdef"


def asked(wanted, **values):
	told = {"receiver": "Ada", "signature": "", "code": "", "is_code_right": False, **values}
	problem = proofs.lacking(wanted, **told)
	return problem.code if problem else None


def test_a_code_is_the_orders_own_and_six_digits():
	codes = {proofs.collection_code(SECRET, f"SO-{at}") for at in range(50)}
	assert len(codes) > 45 and all(len(code) == 6 and code.isdigit() for code in codes)
	assert proofs.collection_code(b"another", "SO-1") != proofs.collection_code(SECRET, "SO-1")


def test_a_code_is_read_as_people_type_it():
	code = proofs.collection_code(SECRET, "SO-2")
	for typed in (code, f"{code[:3]} {code[3:]}", f" {code}\t"):
		assert proofs.is_code_of(SECRET, ["SO-1", "SO-2"], typed)
	for typed in ("", "12345", "٣٣٣٣٣٣", code + "1", "000000000000"):
		assert not proofs.is_code_of(SECRET, ["SO-1", "SO-2"], typed)
	assert not proofs.is_code_of(SECRET, [], code)


@pytest.mark.parametrize("wanted", ["Name", "Signature", "Code", "Code or Signature"])
def test_a_name_is_asked_for_whatever_else(wanted):
	assert asked(wanted, receiver="  ", signature="data:", is_code_right=True) == "who_fetches"


def test_what_is_wanted_has_to_be_there():
	assert asked("Name") is None
	assert asked("Signature") == "signature_missing" and asked("Signature", signature="x") is None
	assert asked("Code") == "code_missing" and asked("Code", code="1", is_code_right=True) is None
	assert asked("Code or Signature") == "code_or_signature_missing"
	assert asked("Code or Signature", signature="x") is None
	assert asked("Code or Signature", code="1", is_code_right=True) is None


def test_a_wrong_code_is_told_even_where_a_signature_would_do():
	assert asked("Code or Signature", signature="x", code="123456") == "wrong_code"
