"""The stages of an order from before there was a log, as far as its documents tell them."""

from dataclasses import dataclass
from datetime import datetime

from sales_wh_flow.order.rules import stages
from sales_wh_flow.order.rules.stages import ENDED, Stage


@dataclass(frozen=True, slots=True)
class Papers:
	"""When an order's documents say that something happened; None or empty where they do not.

	``asked`` and ``decided``: its approvals. ``locked_last``: the last lock it got before it was picked.
	``listed``: (Pick List made, submitted or None). ``left``: its Delivery Notes, ``all_left``: nothing is
	left to send. ``changed``: its last change, of which nothing else tells. ``stage``: that of today.
	"""

	created: datetime
	changed: datetime
	stage: Stage
	submitted: datetime | None = None
	asked: tuple[datetime, ...] = ()
	decided: tuple[datetime, ...] = ()
	locked_last: datetime | None = None
	listed: tuple[tuple[datetime, datetime | None], ...] = ()
	left: tuple[datetime, ...] = ()
	all_left: bool = False
	delivered: datetime | None = None
	billed: datetime | None = None
	paid: datetime | None = None


@dataclass(frozen=True, slots=True)
class StageSpan:
	"""One stage with its beginning and end; None while it lasts."""

	stage: Stage
	entered: datetime
	left: datetime | None


def life(papers: Papers) -> tuple[StageSpan, ...]:
	"""The stages one after the other, from the order's creation on, without gap or overlap."""
	turns = _turns(papers)
	if turns[-1][1] != papers.stage:
		turns.append((max(turns[-1][0], papers.changed), papers.stage))
	ends = [*(moment for moment, _stage in turns[1:]), None]
	return tuple(StageSpan(stage, entered, end) for (entered, stage), end in zip(turns, ends, strict=True))


def _turns(papers: Papers) -> list[tuple[datetime, Stage]]:
	"""(moment, stage that begins), in order of time, each stage another than the one before it. The end of a
	life counts only where it has ended, and nothing follows it.
	"""
	turns: list[tuple[datetime, Stage]] = [(papers.created, stages.ENTRY)]
	for moment, stage in sorted(_milestones(papers), key=lambda it: it[0]):
		last = turns[-1][1]
		if stage == ENDED != papers.stage or last == ENDED:
			continue
		if last != stage:
			turns.append((max(moment, papers.created), stage))
	return turns


def _milestones(papers: Papers) -> list[tuple[datetime, Stage]]:
	asked = [(moment, stages.APPROVAL) for moment in papers.asked]
	decided = [(moment, stages.ENTRY) for moment in papers.decided]
	if not papers.submitted:
		return asked + decided
	draft = [it for it in asked + decided if it[0] < papers.submitted]
	return [*draft, *_in_warehouse(papers, papers.submitted), *_after_leaving(papers)]


def _in_warehouse(papers: Papers, submitted: datetime) -> list[tuple[datetime, Stage]]:
	found: list[tuple[datetime, Stage]] = []
	if papers.locked_last and papers.locked_last > submitted:
		found += [(submitted, stages.WAITING), (papers.locked_last, stages.TO_PICK)]
	else:
		found.append((submitted, stages.TO_PICK))
	for made, picked in papers.listed:
		found.append((made, stages.PICKING))
		if picked:
			found.append((picked, stages.READY))
	return found


def _after_leaving(papers: Papers) -> list[tuple[datetime, Stage]]:
	*earlier, last = sorted(papers.left) or (None,)
	found: list[tuple[datetime, Stage]] = [(moment, stages.TO_PICK) for moment in earlier if moment]
	if last:
		found.append((last, stages.IN_TRANSIT if papers.all_left else stages.TO_PICK))
	if papers.delivered and papers.all_left:
		found.append((papers.delivered, stages.TO_INVOICE))
		if papers.billed:
			found.append((max(papers.billed, papers.delivered), stages.TO_COLLECT))
		if papers.paid:
			found.append((max(papers.paid, papers.delivered), ENDED))
	return found
