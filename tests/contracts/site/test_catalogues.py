"""The texts of other languages reach who reads them, without a step that nobody would know."""

import pytest

import frappe
from frappe.gettext import translate
from frappe.utils import strip_html

from sales_wh_flow.setup import catalogues, install
from sales_wh_flow.shortage import api
from tests import factories as make

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


@pytest.mark.parametrize(
	("language", "number_format", "refusal"),
	[
		("de", "#.###,##", "2.000 Nos von {item} können nicht geschlossen werden, 1.500 sind"),
		("en", "#,###.##", "2,000 Nos of {item} can't be closed, 1,500 are"),
	],
)
def test_a_refusal_is_read_in_the_readers_language_and_figures(
	rolled_back, in_this_transaction, switches, language, number_format, refusal
):
	switches(stock_lock=True)
	item, clerk = make.make_item(), make.make_user("Sales User", "Sales Manager")
	frappe.defaults.set_user_default("number_format", number_format, clerk)
	with make.acting_as(clerk):
		order = make.make_order(make.line(item, qty=1500), submit=True)
		frappe.local.lang = language
		try:
			with pytest.raises(frappe.ValidationError) as refused:
				api.close_line_short(order.name, order.items[0].name, 2000, "no more comes")
		finally:
			frappe.local.lang = "en"

	assert refusal.format(item=item) in strip_html(str(refused.value))
