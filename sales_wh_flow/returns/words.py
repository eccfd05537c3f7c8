"""What users read about money that goes back."""

from frappe import _

from sales_wh_flow.base import in_words
from sales_wh_flow.base.quantities import is_positive


def credit_told(amount: float, owed: float, currency: str) -> str:
	"""What a credit note gives back, and what of that the customer has not got."""
	told = _("{0} credited").format(in_words.money(amount, currency))
	if not is_positive(owed):
		return told
	return _("{0}, {1} of it neither paid out nor set off").format(told, in_words.money(owed, currency))
