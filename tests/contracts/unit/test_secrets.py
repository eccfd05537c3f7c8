"""What opens a door is kept like a password: no reader, export, version or print has it."""

import re

from tests.contracts.unit.test_typed_texts import doctypes

SECRET = re.compile(r"secret|token|passw|(api|private)_key|access_(code|key)|webhook_url")
TIMES = {"Date", "Datetime"}


def test_fields_that_hold_secrets_are_passwords_and_are_not_copied():
	held = [
		(it["name"], field["fieldname"], field["fieldtype"], field.get("no_copy", 0))
		for it in doctypes()
		for field in it["fields"]
		if SECRET.search(field["fieldname"]) and field["fieldtype"] not in TIMES
	]
	assert len(held) > 5
	assert {(kind, no_copy) for _doctype, _name, kind, no_copy in held} == {("Password", 1)}, held
