"""Who works in another language reads no English, and no broken sentence."""

import json
import re

import pytest

from tests.contracts import catalogues
from tests.contracts.app_source import ROOT

LANGUAGES = catalogues.languages()
NAMES = {"I", "II", "III", "Karrio", "PDF", "PIN", "QZ Tray", "SSCC", "Webhook", "ZPL"}
SAME_WORD = {
	"de": {
		"Adapter",
		"Browser",
		"Code",
		"Desk",
		"E-Mail",
		"Job",
		"Label",
		"Name",
		"Person",
		"Routing",
		"Station: {0}",
		"Status",
		"Version",
		"Zone",
		"in {0}",
		"{0} in {1}",
		"{0} km",
	},
	"ar": set(),
	"es": {"Auditor", "Manual", "No", "Total", "{0} km"},
	"fr": {
		*(
			"Action",
			"Arguments",
			"Cause",
			"Classes",
			"Code",
			"Condition",
			"Correction",
			"Date",
			"Document",
			"Documents",
		),
		*(
			"E-mail",
			"Force majeure",
			"Latitude",
			"Longitude",
			"Messages",
			"Mode",
			"Note",
			"Notification",
			"Page",
		),
		*(
			"Photo",
			"Question",
			"Relation",
			"Secret",
			"Service",
			"Services",
			"Signature",
			"Stock",
			"Tube",
			"Type",
		),
		*("Total", "Version", "Via", "Vote", "Zone", "{0} km"),
	},
}
"""Words that a language shares with English. A language that is not here is not looked at for copies."""


@pytest.fixture(scope="module")
def template():
	return set(catalogues.read(catalogues.TEMPLATE))


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
	return request.param


@pytest.fixture(scope="module")
def translated(language):
	return catalogues.read(catalogues.LOCALE / f"{language}.po")


def test_german_arabic_spanish_and_french_are_there():
	assert {"de", "ar", "es", "fr"} <= set(LANGUAGES)


def test_french_puts_hard_spaces_before_tall_punctuation():
	french = catalogues.read(catalogues.LOCALE / "fr.po").values()

	assert not [it for it in french if re.search(r" [:;?!»%]|« ", it)]


def test_every_text_of_the_template_is_translated(template, translated):
	assert not template - set(translated)


def test_what_dashboards_and_workspaces_show_figures_as_is_translated(template):
	of_app = ROOT / "sales_wh_flow" / "sales_wh_flow"
	files = [*of_app.glob("number_card/*/*.json"), *of_app.glob("dashboard_chart/*/*.json")]
	figures = [json.loads(path.read_text(encoding="utf-8")) for path in files]
	shown = {text for it in figures for text in (it["name"], it.get("label") or it["name"])}

	assert len(shown) > 20
	assert not shown - {text for _, text in template}


def test_every_translation_says_what_its_text_says_with_the_same_values(translated):
	broken = {text: found for (_, text), it in translated.items() if (found := catalogues.faults(text, it))}

	assert not broken


def test_no_translation_is_a_copy_of_the_english(language, translated):
	same = {text for (_, text), it in translated.items() if it == text and catalogues.says_something(text)}

	assert not same - NAMES - SAME_WORD.get(language, same)


def test_erpnexts_unit_box_is_no_parcel_on_its_invoices(translated):
	"""ERPNext prints units by the same texts as labels: "7 Colis" would be seven parcels."""
	assert translated["", "Box"] in {"Karton", "Carton", "Caja", "صندوق"}


def test_a_date_or_code_keeps_its_order_inside_a_sentence_that_runs_the_other_way(language, translated):
	if language not in catalogues.RIGHT_TO_LEFT:
		pytest.skip("its sentences run as dates and codes do")

	assert not {it for it in translated.values() if catalogues.is_turned_around(it)}


@pytest.mark.parametrize(
	("translation", "turned"),
	[("بشأن {0}", True), ("بشأن \u2068{0}\u2069", False), ("{0} {1}", False)],
)
def test_a_value_that_its_sentence_turns_around_is_found(translation, turned):
	assert catalogues.is_turned_around(translation) == turned


def test_the_package_carries_the_catalogues():
	assert "*.po " in (ROOT / "MANIFEST.in").read_text().replace("\n", " ")


@pytest.mark.parametrize(
	("translation", "fault"),
	[
		("", "is empty"),
		("Zeile {0} fehlt", "has other placeholders than the text"),
		("Zeile {0}: {1} und {1}", "has other placeholders than the text"),
		("Zeile {0}: {eins}", "has other placeholders than the text"),
		("<i>Zeile</i> {0}: {1}", "has other tags than the text"),
	],
)
def test_a_translation_that_lost_a_value_or_gained_a_tag_is_found(translation, fault):
	assert fault in catalogues.faults("Row {0}: {1}", translation)
	assert not catalogues.faults("Row {0}: {1}", "{1} in Zeile {0}")


@pytest.mark.parametrize(
	"broken",
	[
		'msgid "Row"\nmsgstr Zeile',
		'msgid "Row"\nmsgstr "Zeile"\n\nmsgid "Row"\nmsgstr "Reihe"',
		'#, fuzzy\nmsgid "Row"\nmsgstr "Reihe"',
		'#~ msgid "Row"\n#~ msgstr "Zeile"',
	],
)
def test_a_catalogue_that_frappe_would_not_read_as_written_is_found(tmp_path, broken):
	path = tmp_path / "de.po"
	path.write_text(broken)

	with pytest.raises(ValueError, match=r"de\.po"):
		catalogues.read(path)
