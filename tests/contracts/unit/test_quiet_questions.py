"""Whether somebody may is asked in silence: a page that opens shows no box of what its reader may not do."""

import re

from tests.contracts.app_source import APP

LOUD = re.compile(r"(?<!frappe)\.has_permission\(")
"""Of a document: Frappe tells the reader of each refusal, though the answer is only looked at."""


def test_rights_on_a_document_are_asked_by_may():
	found = [
		f"{path.relative_to(APP)}: base/may.py asks without a box on the page"
		for path in APP.rglob("*.py")
		if LOUD.search(path.read_text())
	]
	assert not found, "\n".join(found)
