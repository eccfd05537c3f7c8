"""The texts of other languages reach who reads them, without a step that nobody would know."""

import pytest

from frappe.gettext import translate

from sales_wh_flow.setup import catalogues, install

GERMAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "Waiting Demand"
msgstr "{words}"
"""


@pytest.fixture
def bench(tmp_path, monkeypatch):
	"""``write(words)``: the app's German catalogue. What is compiled lies beside it."""
	monkeypatch.setattr(translate, "get_po_dir", lambda _app: tmp_path)
	monkeypatch.setattr(translate, "get_locale_dir", lambda: tmp_path / "assets")

	def write(words: str) -> None:
		(tmp_path / "de.po").write_text(GERMAN.format(words=words))

	return write


def german() -> dict:
	return translate.get_translations_from_mo("de", catalogues.APP)


def test_after_a_migrate_without_a_build_people_read_what_the_catalogue_says(bench):
	bench("Heute")
	install.after_migrate()
	assert german() == {"Waiting Demand": "Heute"}

	bench("Morgen")
	install.after_migrate()
	assert german() == {"Waiting Demand": "Morgen"}


def test_assets_that_belong_to_somebody_else_stop_no_migrate_and_are_named(bench, monkeypatch, capsys):
	def refuse(*_of):
		raise PermissionError(13, "Permission denied", "assets/locale/de")

	monkeypatch.setattr(translate, "write_binary", refuse)
	bench("Heute")

	catalogues.compile_catalogues()

	said = capsys.readouterr().out
	assert "'de'" in said and "Permission denied" in said and "bench build --app sales_wh_flow" in said
