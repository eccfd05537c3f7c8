"""The template that translators begin with has every text of the app, and none that is gone."""

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from frappe.gettext import translate

import sales_wh_flow

APP = Path(sales_wh_flow.__file__).parent
TEMPLATE = APP / "locale" / "main.pot"
SAME_IN_EVERY_VERSION = (".py", ".js")
"""What Frappe finds in DocTypes, reports and workspaces it says in other words from version to version."""

MAKE_ANEW = "make it anew: bench --site SITE generate-pot-file --app sales_wh_flow"


def _is_of_app(name: str) -> bool:
	return name.startswith("sales_wh_flow/") and name.endswith(SAME_IN_EVERY_VERSION)


def texts(catalog) -> set[str]:
	"""The texts of the installed app's Python and JavaScript, as one says them in the singular."""
	return {
		message.id if isinstance(message.id, str) else message.id[0]
		for message in catalog
		if any(_is_of_app(name) for name, _line in message.locations)
	}


@pytest.fixture(scope="module")
def today(site):
	"""The texts as Frappe's own command finds them now."""
	found = []
	with pytest.MonkeyPatch.context() as patched:
		patched.setattr(translate, "get_is_gitignored_function_for_app", lambda _app: _is_made)
		patched.setattr(translate, "write_catalog", lambda _app, catalog, *_more: found.append(catalog))
		translate.generate_pot("sales_wh_flow")
	return texts(found[0])


def _is_made(folder: str) -> bool:
	"""The site has a copy of the checkout, not a clone that knows what is ignored."""
	return "node_modules" in folder or folder.rstrip("/").endswith("public/dist")


@pytest.fixture(scope="module")
def template():
	return texts(read_po(io.BytesIO(TEMPLATE.read_bytes())))


def test_every_text_is_in_the_template(today, template):
	assert len(today) > 1000
	assert not today - template, MAKE_ANEW


def test_no_text_in_the_template_is_gone(today, template):
	assert not template - today, MAKE_ANEW


@pytest.mark.parametrize(
	"text",
	[
		"Sells",
		"Clear it for returns and quarantine: their stock is promised to nobody.",
		"Partly Dispatched",
		"Vehicle Broke Down",
		"Give, move or release this lock",
		"Wrong Item Sent",
		"Being Prepared",
	],
	ids=[
		"label of a field that is added to ERPNext's documents",
		"description of such a field",
		"option of such a field",
		"reason that a driver chooses",
		"text in a template literal that lies in another",
		"reason of returns on a new site",
		"state that a customer reads",
	],
)
def test_texts_that_frappe_passes_over_are_collected(today, text):
	assert text in today
