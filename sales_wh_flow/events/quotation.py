"""What approval does while a Quotation lives."""

from sales_wh_flow.approval import hands, house_rates, keep_as_draft, quotation
from sales_wh_flow.base import imported_rows, typed_texts


def before_insert(doc, method=None):
	hands.credit_author(doc)


def before_validate(doc, method=None):
	typed_texts.enter_markup(doc)


def validate(doc, method=None):
	house_rates.keep_rates_of(doc)
	quotation.follow_quotation_changes(doc)


def before_submit(doc, method=None):
	keep_as_draft.may_be_submitted(doc)


def on_update(doc, method=None):
	keep_as_draft.ask_and_say(doc)
	imported_rows.keep_rows_apart()


def on_submit(doc, method=None):
	quotation.confirm_quotation(doc)


def before_update_after_submit(doc, method=None):
	quotation.judge_submitted_quotation(doc)
	imported_rows.keep_rows_apart()


def on_cancel(doc, method=None):
	quotation.withdraw_with_quotation(doc)


def on_discard(doc, method=None):
	quotation.withdraw_with_quotation(doc)


def on_trash(doc, method=None):
	quotation.forget_quotation(doc)
