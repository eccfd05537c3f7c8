"""What users read when they come for an approval that is not theirs to decide, or say nothing."""

import frappe
from frappe import _


def texts_of_entrances() -> dict[str, tuple[str, str, type[Exception]]]:
	"""As ``refusals.texts``."""
	invalid, gone, hidden = frappe.ValidationError, frappe.DoesNotExistError, frappe.PermissionError
	return {
		"no_such_approval": (_("Order Approval {approval} does not exist."), _("Not Found"), gone),
		"no_such_rule": (_("Order Approval Rule {rule} does not exist."), _("Not Found"), gone),
		"about_no_quotation": (_("Order Approval {approval} is about no Quotation."), _("Not Found"), gone),
		"subject_is_hidden": (_("You may not see what {approval} is about."), _("Not Permitted"), hidden),
		"order_is_hidden": (_("You may not read this order."), _("Not Permitted"), hidden),
		"sent_to_another": (
			_("This link was sent to {user}. Log in as that user to decide."),
			_("Not Permitted"),
			hidden,
		),
		"neither_yes_nor_no": (
			_("Choose approve or refuse, not {action}."),
			_("Not Understood"),
			invalid,
		),
		"too_many_at_once": (
			_("{count} approvals are too many at once; choose at most {most}."),
			_("Too Many"),
			invalid,
		),
		"quotation_is_no_draft": (
			_("Quotation {quotation} is no draft any more."),
			_("Not a Draft"),
			invalid,
		),
		"question_missing": (_("Write what you want to know."), _("Question Missing"), invalid),
		"answer_missing": (_("Write the answer."), _("Answer Missing"), invalid),
		"forward_unexplained": (
			_("Say why you forward it: whoever decides has to know."),
			_("Comment Missing"),
			invalid,
		),
		"refusal_unexplained": (
			_("Say why you refuse: the author has to know what to change."),
			_("Reason Missing"),
			invalid,
		),
	}
