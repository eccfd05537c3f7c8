"""The ways to give something away, in words: what a rule leaves out, what an order's reason names."""

from collections.abc import Iterator, Mapping

from frappe import _

from sales_wh_flow.approval.rules import measure as units
from sales_wh_flow.base.in_words import percent


def left_out() -> dict[str, str]:
	"""{switch of a rule: what it says, as a part of a sentence}"""
	return {
		units.LEAVE_OUT_PRICING_RULES: _("discounts of Pricing Rules left out"),
		units.LEAVE_OUT_COUPONS: _("coupons left out"),
		units.LEAVE_OUT_FREE_GOODS: _("free goods left out"),
		units.LEAVE_OUT_BELOW_BLANKET_ORDER: _("rates below a Blanket Order left out"),
		units.LEAVE_OUT_AGREED_PRICES: _("prices that a Blanket Order agreed left out"),
		units.LEAVE_OUT_NEGATIVE_LINES: _("negative rows left out"),
		units.LEAVE_OUT_NEGATIVE_CHARGES: _("negative charges left out"),
		units.LEAVE_OUT_CASH_DISCOUNTS: _("cash discounts left out"),
	}


def taken_off(found: Mapping[str, float]) -> Iterator[str]:
	"""What was given on the whole order; plain text. ``found``: the details of what was measured."""
	texts = {
		units.LEAVE_OUT_NEGATIVE_LINES: _("negative rows take off {0}"),
		units.LEAVE_OUT_NEGATIVE_CHARGES: _("negative charges take off {0}"),
		units.LEAVE_OUT_CASH_DISCOUNTS: _("the cash discount takes off {0}"),
	}
	return (text.format(percent(round(found[way], 2))) for way, text in texts.items() if way in found)
