"""Whatever people may type into a DocType of the app passes the border."""

import ast
import json

from tests.contracts.app_source import APP

TEXTS = {"Data", "Small Text", "Text", "Long Text", "Text Editor"}


def doctypes():
	for path in sorted((APP / "sales_wh_flow" / "doctype").glob("*/*.json")):
		yield json.loads(path.read_text())


def cleaned() -> set[str]:
	for node in ast.parse((APP / "doc_events.py").read_text()).body:
		if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_written_by_people":
			return set(ast.literal_eval(node.value))
	raise AssertionError("doc_events.py names no documents that people write")


def has_typed_text(definition, known) -> bool:
	for field in definition["fields"]:
		if field["fieldtype"] in TEXTS and not field.get("read_only"):
			return True
		if field["fieldtype"] == "Table" and has_typed_text(known[field["options"]], known):
			return True
	return False


def test_each_document_that_people_write_is_cleaned_where_it_enters():
	known = {definition["name"]: definition for definition in doctypes()}
	wanted = {
		name
		for name, definition in known.items()
		if not definition.get("istable")
		and any(row.get("write") or row.get("create") for row in definition.get("permissions", ()))
		and has_typed_text(definition, known)
	}
	assert len(wanted) > 5
	assert cleaned() == wanted
