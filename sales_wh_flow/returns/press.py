"""Nobody let late goods in, or refused them, in time: remind, ask the next level, or ask one more role."""

from datetime import datetime

from sales_wh_flow.approval.rules.levels import ASK_ROLE, NEXT_LEVEL
from sales_wh_flow.returns import asked, fill_case, late, post, sayings, waive
from sales_wh_flow.returns.rules import waivers
from sales_wh_flow.returns.rules.waivers import Ask


def press_one(name: str, moment: datetime) -> bool:
	"""What is due of a case by ``moment`` is done once, whoever asks again; whether anything was.

	Call it in a fresh transaction: an answer that was quicker counts.
	"""
	case = post.held_case(name)
	if not (late.waits(case) and case.waiver_due_on and case.waiver_due_on <= moment):
		return False
	for ask in waivers.still_open(waive.asks_of_case(case)):
		due = asked.due_of(case, ask)
		if due and due <= moment:
			_press(case, ask)
	now = waive.asks_of_case(case)
	late.set_due(case, now)
	fill_case.save_as_flow(case)
	late.tell_who_may_waive(case, now, sayings.case_is_overdue)
	return True


def _press(case, ask: Ask) -> None:
	level = ask.level
	if level.when_due == NEXT_LEVEL and not ask.plan.is_last(level.level):
		waive.note_answer(case, ask, waivers.PASSED_ON)
	elif level.when_due == ASK_ROLE and level.escalation_role not in {row.role for row in ask.able}:
		waive.note_answer(case, ask, waivers.ROLE_ASKED, role=level.escalation_role)
	else:
		waive.note_answer(case, ask, waivers.REMINDED)
