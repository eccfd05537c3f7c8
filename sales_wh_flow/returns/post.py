"""Post a Return Case: ERPNext's return notes and credit notes, for what came back and is decided.

Lock order: the case, the Delivery Notes by name, the invoices by name, the orders, the Bins, the series.
What is returned is read when the notes are held, so two cases never take back one piece twice; what a case
has posted stands in its rows, so it is posted once however often somebody presses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import frappe

from erpnext.controllers.sales_and_purchase_return import make_return_doc

from sales_wh_flow.base import hold_rows
from sales_wh_flow.base.may import may
from sales_wh_flow.base.native_checks import waive
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.settings import STOCK_LOCK, flow_settings, is_on
from sales_wh_flow.returns import box_returned, case_state, credit, fill_case, late, open_case, places
from sales_wh_flow.returns.answers import PostedCase
from sales_wh_flow.returns.rules import judge
from sales_wh_flow.returns.rules.facts import CANCELLED, REPLACE, CaseRow, ShippedRow
from sales_wh_flow.returns.store import cases
from sales_wh_flow.returns.store import shipped as store
from sales_wh_flow.stock_lock.guard import movements

_NATIVE = "validate_inspection"
"""The case has judged by its decision what has to be inspected."""


def post(name: str) -> PostedCase:
	"""Post what is received and not posted yet, submit the drafts, credit what is to be credited.

	The caller has begun a transaction for it. Raises: ValidationError with all that is wrong.
	"""
	open_case.check_is_on()
	case = held_case(name)
	if case.state == CANCELLED:
		refuse(RuleViolation("case_is_ended", case=name, state=case.state))
	rows = [row for row in fill_case.rows_of(case) if not row.is_posted and is_positive(row.received_qty)]
	if not (rows or case.documents):
		refuse(RuleViolation("nothing_received", case=name))
	if rows:
		_post_rows(case, rows)
		case_state.save_case(case)  # what looks at the documents below reads what was decided
	if credit.may_credit():
		credit.make_credit_notes(case)
	submit_drafts(case)
	case_state.save_case(case)
	box_returned.follow_case(case)
	return case_state.shown_case(case)


def held_case(name: str):
	"""The case, locked together with the notes it is about, as last committed."""
	cases.hold(name)
	store.hold_notes(cases.notes_of_case(name))
	return frappe.get_doc("Return Case", name)


def _post_rows(case, rows: Sequence[CaseRow]) -> None:
	shipped = store.read_rows(row.source for row in rows)
	targets = {row.name: row.warehouse for row in case.rows if row.warehouse}
	for row in rows:
		targets.setdefault(row.name, places.warehouse_for(row.decision, shipped[row.source]))
	refuse(_problems(case, rows, shipped, targets))
	notes = [
		_return_note(note, part, shipped, targets, is_replaced)
		for (note, is_replaced, _turn), part in _by_note(rows, shipped).items()
	]
	_hold_stock(doc for doc, _part in notes)
	for doc, part in notes:
		doc.insert()
		_note_in_case(case, doc, part, targets)
	_keep_the_rest(case, rows)


def _problems(
	case, rows: Sequence[CaseRow], shipped: Mapping[str, ShippedRow], targets: Mapping[str, str]
) -> list[RuleViolation]:
	found = judge.problems_of_case(rows, shipped, case.customer, case.company, is_of_box=bool(case.box))
	found = found or judge.problems_of_posting(rows, shipped)
	if late.waits(case):
		where = {"case": case.name, "days": case.days_late}
		is_refused = case.waiver_answer == late.REFUSED
		found.append(
			RuleViolation("waiver_was_refused", **where)
			if is_refused
			else RuleViolation("outside_window", **where)
		)
	for row in rows:
		if row.decision:
			problem = places.problem_of(row.idx, row.decision, targets[row.name], shipped[row.source])
			found += [problem] if problem else []
	return found


def _by_note(
	rows: Sequence[CaseRow], shipped: Mapping[str, ShippedRow]
) -> dict[tuple[str, bool, int], list[CaseRow]]:
	"""The rows of each return note to make: goods that are sent again have one of their own, and a bundle's
	row stands once on a note, because its components follow that row.
	"""
	turns: dict[tuple[str, bool, str], int] = defaultdict(int)
	found: dict[tuple[str, bool, int], list[CaseRow]] = defaultdict(list)
	for row in rows:
		it = shipped[row.source]
		is_replaced = row.remedy == REPLACE
		turn = 0
		if it.is_bundle:
			turn = turns[it.note, is_replaced, row.source]
			turns[it.note, is_replaced, row.source] += 1
		found[it.note, is_replaced, turn].append(row)
	return dict(sorted(found.items()))


def _return_note(
	note: str,
	rows: Sequence[CaseRow],
	shipped: Mapping[str, ShippedRow],
	targets: Mapping[str, str],
	is_replaced: bool,
) -> tuple:
	"""(ERPNext's return of the note, cut to these rows; the rows in the order of its items)."""
	doc = make_return_doc("Delivery Note", note)
	mapped = {item.dn_detail: item for item in doc.items}
	doc.items = []
	doc.update({"swf_replace": int(is_replaced), "issue_credit_note": 0, "set_warehouse": None})
	for row in rows:
		values = mapped[row.source].as_dict(no_default_fields=True)
		doc.append("items", {**values, **_cut(row, shipped[row.source], targets[row.name])})
	_cut_packed(doc, rows, mapped, targets)
	doc.run_method("calculate_taxes_and_totals")
	waive(doc, __name__, _NATIVE)
	return doc, tuple(rows)


def _cut(row: CaseRow, shipped: ShippedRow, warehouse: str) -> dict:
	"""What came of a row, with the very batch and serial numbers that were shipped."""
	has_lots = bool(row.batch_no or row.serials)
	return {
		"qty": -row.received_qty,
		"stock_qty": -rounded(row.received_qty * shipped.conversion_factor),
		"warehouse": warehouse,
		"target_warehouse": None,
		"serial_and_batch_bundle": None,
		"use_serial_batch_fields": int(has_lots),
		"batch_no": row.batch_no or None,
		"serial_no": "\n".join(row.serials) or None,
	}


def _cut_packed(doc, rows: Sequence[CaseRow], mapped: Mapping, targets: Mapping[str, str]) -> None:
	"""The components of the bundles that come back go where their bundle goes."""
	target_of = {row.source: targets[row.name] for row in rows}
	parts = [part for part in doc.get("packed_items") or () if part.parent_detail_docname in target_of]
	doc.set("packed_items", [])
	for part in parts:
		values = part.as_dict(no_default_fields=True)
		doc.append("packed_items", {**values, "warehouse": target_of[part.parent_detail_docname]})


def _hold_stock(docs: Iterable) -> None:
	"""All orders, then all Bins, before the first note is made: each note alone would take them in turn."""
	if not is_on(STOCK_LOCK):
		return
	keys, orders = set(), set()
	for doc in docs:
		keys |= movements.bin_keys(doc)
		orders |= {item.against_sales_order for item in doc.items if item.against_sales_order}
	hold_rows.hold_bins_as_seen(keys, orders)


def _note_in_case(case, doc, rows: Sequence[CaseRow], targets: Mapping[str, str]) -> None:
	in_case = {row.name: row for row in case.rows}
	for item, row in zip(doc.items, rows, strict=True):
		in_case[row.name].update({"return_note": doc.name, "warehouse": targets[row.name]})
		case.append(
			"documents",
			{
				"document_type": "Delivery Note",
				"document_name": doc.name,
				"case_row": row.name,
				"source_row": row.source,
				"document_row": item.name,
				"qty": row.received_qty,
			},
		)


def _keep_the_rest(case, rows: Sequence[CaseRow]) -> None:
	"""What was announced and did not come with the others is still expected, as a row of its own."""
	in_case = {row.name: row for row in case.rows}
	for row in rows:
		rest = rounded(row.expected_qty - row.received_qty)
		if is_positive(rest):
			posted = in_case[row.name]
			posted.expected_qty = row.received_qty
			case.append(
				"rows", {**_same_goods(posted), "expected_qty": rest, "received_qty": 0, "inspected_qty": 0}
			)


def _same_goods(row) -> dict:
	fields = (
		*("item_code", "item_name", "delivery_note", "delivery_note_item", "sales_order", "sales_order_item"),
		*("from_warehouse", "shipped_qty", "uom", "conversion_factor", "batch_no", "reason", "remedy"),
	)
	return {field: row.get(field) for field in fields}


def submit_drafts(case) -> None:
	"""By the setting, and where the user may: return notes before credit notes."""
	if flow_settings().get("return_documents") != "Submitted":
		return
	for doctype, name in _drafts(case):
		doc = frappe.get_doc(doctype, name)
		if doc.docstatus.is_draft() and may(doc, "submit"):
			if doctype == "Delivery Note":
				waive(doc, __name__, _NATIVE)
			else:
				credit.say_nothing_of_checkbox(doc)
			doc.submit()


def _drafts(case) -> Iterator[tuple[str, str]]:
	made = dict.fromkeys((row.document_type, row.document_name) for row in case.documents)
	states = cases.states_of_documents(case.name)
	for doctype in ("Delivery Note", "Sales Invoice"):
		for kind, name in made:
			if kind == doctype and states.get((kind, name), 0) == 0 and frappe.db.exists(kind, name):
				yield kind, name
