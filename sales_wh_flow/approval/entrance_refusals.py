"""What users read when they come for an approval that is not theirs to decide, or say nothing."""

import frappe
from frappe import _


def texts_of_entrances() -> dict[str, tuple[str, str, type[Exception]]]:
	"""As ``refusals.texts``; the messages keep the numbers that they are translated with."""
	invalid, gone, hidden = frappe.ValidationError, frappe.DoesNotExistError, frappe.PermissionError
	return {
		"no_such_approval": (_("Order Approval {0} does not exist.").format("{approval}"), "", gone),
		"no_such_rule": (_("Order Approval Rule {0} does not exist.").format("{rule}"), "", gone),
		"about_no_quotation": (_("Order Approval {0} is about no Quotation.").format("{approval}"), "", gone),
		"subject_is_hidden": (
			_("You may not see what {0} is about.").format("{approval}"),
			_("Not Permitted"),
			hidden,
		),
		"order_is_hidden": (_("You may not read this order."), _("Not Permitted"), hidden),
		"sent_to_another": (
			_("This link was sent to {0}. Log in as that user to decide.").format("{user}"),
			_("Not Permitted"),
			hidden,
		),
		"neither_yes_nor_no": (
			_("Choose approve or refuse, not {0}.").format("{action}"),
			"",
			invalid,
		),
		"too_many_at_once": (
			_("{0} approvals are too many at once; choose at most {1}.").format("{count}", "{most}"),
			"",
			invalid,
		),
		"quotation_is_no_draft": (
			_("Quotation {0} is no draft any more.").format("{quotation}"),
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
