"""End a case that comes to nothing, or wait for the rest of it no more."""

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive
from sales_wh_flow.base.refusals import refuse, require_reason
from sales_wh_flow.returns import case_state, fill_case, post
from sales_wh_flow.returns.rules.facts import CANCELLED, OPEN, PARTLY_POSTED, POSTED


def cancel_case(name: str, reason: str | None) -> None:
	"""End a case of which nothing is posted; ended twice is ended once.

	Raises: ValidationError naming the documents that have to be cancelled first.
	"""
	case = post.held_case(name)
	if case.state == CANCELLED:
		return
	why = require_reason(reason, RuleViolation("cancel_without_reason", case=name))
	if case.state != OPEN or case.documents:
		made = tuple(dict.fromkeys(row.document_name for row in case.documents))
		refuse(RuleViolation("case_has_documents", case=name, documents=made))
	case.update({"state": CANCELLED, "cancel_reason": str(why)})
	fill_case.save_as_flow(case)


def expect_no_more(name: str) -> None:
	"""What was announced and did not come is not waited for any more; what was posted stays.

	Raises: ValidationError where nothing is posted, which is cancelled instead, and for goods that are here.
	"""
	case = post.held_case(name)
	if case.state == POSTED:
		return
	if case.state != PARTLY_POSTED:
		refuse(RuleViolation("nothing_is_posted", case=name))
	here = [row for row in case.rows if not row.return_note and is_positive(row.received_qty or 0)]
	refuse(RuleViolation("goods_are_here", idx=row.idx, item=row.item_code) for row in here)
	case.set("rows", [row for row in case.rows if row.return_note])
	case_state.save_case(case)
