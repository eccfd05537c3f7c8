"""The app's own words of a milestone as Email Templates, one a language, to be said otherwise."""

from pathlib import Path

import frappe
from frappe import _
from frappe.utils import escape_html

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.reader import text_direction
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.milestones import texts, words
from sales_wh_flow.milestones.rules.message_rules import DESK, MAIL

FACTS = ("new_date", "courier", "tracking_no", "document", "reason")
_LINES = """<ul>
{% for row in lines[:50] %}<li>{{ row.qty | e }} {{ _(row.uom) | e }} {{ row.item_name | e }}</li>
{% endfor %}</ul>"""


def make_templates(rule) -> list[str]:
	"""Email Templates of a rule's milestone in each language that the app speaks and the rule has no template
	for; the site's own language speaks for all others. They stand in the rule. Returns their names.

	Raises: ValidationError where the rule's channel has no words, or it has a template for each language.
	"""
	if rule.channel not in (MAIL, DESK):
		refuse(RuleViolation("no_words_to_change", channel=rule.channel))
	own = frappe.db.get_default("lang") or "en"
	wanted = ["", *sorted(_spoken() - {own})]
	missing = [
		language for language in wanted if language not in {row.language or "" for row in rule.templates}
	]
	if not missing:
		refuse(RuleViolation("templates_are_there", rule=rule.name))
	made = [_make(rule, language) for language in missing]
	for language, name in zip(missing, made, strict=True):
		rule.append("templates", {"language": language, "email_template": name})
	rule.save()
	return made


def _spoken() -> set[str]:
	catalogues = Path(frappe.get_app_path("sales_wh_flow", "locale")).glob("*.po")
	return {"en", *(catalogue.stem for catalogue in catalogues)}


def _make(rule, language: str) -> str:
	name = f"{rule.title} ({language or frappe.db.get_default('lang') or 'en'})"
	if frappe.db.exists("Email Template", name):
		return name
	with texts.in_language(language):
		subject = words.milestone_subject(rule.milestone, "{{ order.name }}")
		html = _html(rule.milestone)
	doc = {"doctype": "Email Template", "name": name, "subject": subject}
	return frappe.get_doc({**doc, "use_html": 1, "response_html": html}).insert().name


def _html(milestone: str) -> str:
	"""What `templates/emails/order_message.html` says, with its words written out."""
	facts = "".join(
		f"{{% if values.{key} %}}<p>{escape_html(words.fact_label(key))}: "
		f"{{{{ values.{key} | string | e }}}}</p>\n{{% endif %}}"
		for key in FACTS
	)
	link = '{{% if {0} %}}<p><a href="{{{{ {0} | e }}}}">{1}</a></p>\n{{% endif %}}'
	own_number = escape_html(_("Your order number: {0}")).format("{{ order.po_no | e }}")
	return "\n".join(
		[
			f'<div dir="{text_direction()}"><p>{escape_html(words.milestone_text(milestone))}</p>',
			facts + link.format("values.tracking_link", escape_html(_("Track the parcel"))),
			_LINES,
			f"{{% if order.po_no %}}<p>{own_number}</p>{{% endif %}}",
			link.format("page_link", escape_html(_("Where is my order?"))) + "</div>",
		]
	)
