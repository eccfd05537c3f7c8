"""What no caller sets is put back before anything else looks at a document or at a row of it."""

from sales_wh_flow.base import control_fields, typed_texts


def before_validate(doc, method=None):
	control_fields.discard_sent(doc)
	typed_texts.enter_elsewhere(doc)
	typed_texts.enter_markup(doc)


def before_update_after_submit(doc, method=None):
	control_fields.discard_sent(doc)
	typed_texts.enter_elsewhere(doc)
	typed_texts.enter_markup(doc)


def before_cancel(doc, method=None):
	control_fields.discard_sent(doc)
