"""What users read when a message, its rule or a customer's page is refused."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"customers_have_no_desk": (
			_("Customers have no desk. Tell them by Mail, Webhook or Notification."),
			_("Message Rule"),
			invalid,
		),
		"no_words_to_change": (
			_("A rule of the channel {channel} tells by other means than our words. Choose Mail or Desk."),
			_("Message Rule"),
			invalid,
		),
		"templates_are_there": (
			_("{rule} has a template for each language. Change it, or delete its row to have it made anew."),
			_("Message Rule"),
			invalid,
		),
		"language_twice": (
			_("Row #{idx}: {language} has two templates. Delete one of them."),
			_("Message Rule"),
			invalid,
		),
		"webhook_address": (
			_("{url} can't be called: {problem}. Enter the address of a public https server."),
			_("Webhook"),
			invalid,
		),
		"webhook_secret": (
			_("The secret is whsec_ and 24 to 64 bytes in base64. Leave it empty, and one is made."),
			_("Webhook"),
			invalid,
		),
		"no_notification": (
			_("{notification} is no Notification for Sales Order. Make one of the event Custom."),
			_("Message Rule"),
			invalid,
		),
		"no_milestone": (
			_("There is no milestone {milestone}. Milestones are: {known}."),
			_("Preview"),
			invalid,
		),
		"message_is_not_failed": (
			_("This message is {state}; only what has failed is sent again."),
			_("Order Message"),
			invalid,
		),
		"still_no_address": (
			_("{order} has no e-mail address yet. Enter one at its contact or at the customer first."),
			_("No Address"),
			invalid,
		),
		"customer_page_is_off": (
			_("Customer's Page is switched off. Switch it on in Sales Flow Settings first."),
			_("Customer's Page"),
			invalid,
		),
		"page_link_is_not_ours": (
			_("This link is not complete. Copy it anew from our e-mail."),
			_("Customer's Page"),
			frappe.PermissionError,
		),
		"page_too_often": (
			_("Too many looks at once. Try again in some minutes."),
			_("Customer's Page"),
			frappe.RateLimitExceededError,
		),
		"page_link_is_over": (
			_("This link does not work any more. Ask us for a new one."),
			_("Customer's Page"),
			frappe.PermissionError,
		),
	}
