"""The app's texts in other languages, made into the files that Frappe reads.

Frappe shows what lies compiled in sites/assets/locale, and compiles the catalogues of locale/ in
`bench build` alone. Where an installation or update builds nothing (an image whose assets are older,
`bench build` of another app), people would read English, or yesterday's words.
"""

import click

import frappe
from frappe.translate import clear_cache

APP = "sales_wh_flow"
INSTEAD = f"Run 'bench build --app {APP}' as who owns the assets, then 'bench clear-cache'."


def compile_catalogues() -> list[str]:
	"""The languages that Frappe can show now. Compares no times: files may be older than the assets."""
	try:
		from frappe.gettext import translate
	except ImportError:  # Frappe 15 before it had catalogues
		click.secho(f"This Frappe ({frappe.__version__}) can't read the app's translations.", fg="yellow")
		return []
	languages = sorted(translate.get_locales(APP))
	for language in languages:
		try:
			translate.write_binary(APP, translate.get_catalog(APP, language), language)
		except OSError as error:  # assets that belong to somebody else: the app works in English
			click.secho(f"The app's texts in '{language}' stay as they are: {error}. {INSTEAD}", fg="yellow")
	clear_cache()
	return languages
