"""What must be true of goods that came back and of the money for them."""

from collections.abc import Iterator

from sales_wh_flow.audit.rules.evidence import Evidence
from sales_wh_flow.audit.rules.finding import Finding
from sales_wh_flow.base.quantities import is_positive, rounded


def judge_returns(evidence: Evidence) -> Iterator[Finding]:
	"""Never more came back than was delivered; the lines say so."""
	for it in evidence.returns:
		where = {"item_code": it.item_code, "order": it.order, "row": it.row}
		if rounded(it.returned - it.returned_by_documents):
			yield Finding(
				"returned_differs", rounded(it.returned), rounded(it.returned_by_documents), **where
			)
		if rounded(it.refunded - it.refunded_by_documents):
			yield Finding(
				"refunded_differs", rounded(it.refunded), rounded(it.refunded_by_documents), **where
			)
		if is_positive(-it.net_delivered):
			delivered = rounded(it.returned_by_documents + it.net_delivered)
			yield Finding("returned_too_much", rounded(it.returned_by_documents), delivered, **where)


def judge_credits(evidence: Evidence) -> Iterator[Finding]:
	"""No more is credited than was invoiced."""
	for credit in evidence.credits:
		found = (rounded(credit.credited), rounded(credit.invoiced))
		yield Finding("credited_too_much", *found, item_code=credit.item_code, row=credit.row)
