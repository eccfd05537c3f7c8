"""What an order's form tells of its returns."""

from collections.abc import Iterable, Mapping

from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.settings import RETURNS, is_on
from sales_wh_flow.returns.answers import CameBack, CameBackLine, CaseOfOrder
from sales_wh_flow.returns.rules.facts import NOTHING, REFUND, REPAIR, REPLACE
from sales_wh_flow.returns.store import cases

_BY_DECISION = {"Restock": "restocked", "Quarantine": "quarantined", "Scrap": "scrapped"}


def what_came_back(order) -> CameBack:
	"""What came back of an order, by line, and its cases. One statement at most."""
	shown = is_on(RETURNS) or bool(order.get("swf_return_status"))
	rows = cases.cases_of_order(order.name) if shown else ()
	return {
		"status": order.get("swf_return_status") or "",
		"is_on": is_on(RETURNS),
		"lines": [_line(row, rows) for row in order.items if _has_story(row)],
		"cases": _cases(rows),
	}


def _has_story(row) -> bool:
	return is_positive(row.get("swf_returned_qty") or 0) or is_positive(row.get("swf_refunded_qty") or 0)


def _line(row, rows: Iterable[Mapping]) -> CameBackLine:
	became = dict.fromkeys(_BY_DECISION.values(), 0.0)
	by_remedy = dict.fromkeys((REFUND, REPLACE, REPAIR, NOTHING), 0.0)
	for it in rows:
		if it["sales_order_item"] == row.name and it["docstatus"] == 1:
			if it["decision"] in _BY_DECISION:
				key = _BY_DECISION[it["decision"]]
				became[key] = rounded(became[key] + it["received_qty"])
			if it["remedy"] in by_remedy:
				by_remedy[it["remedy"]] += it["received_qty"]
	return {
		"idx": row.idx,
		"item_code": row.item_code,
		"uom": row.uom,
		"returned": row.swf_returned_qty,
		"replaced": row.swf_replaced_qty,
		"refunded": row.swf_refunded_qty,
		"not_to_be_paid": max(rounded(by_remedy[REFUND] - row.swf_refunded_qty), 0.0),
		"to_be_paid": rounded(by_remedy[NOTHING] + by_remedy[REPAIR]),
		"restocked": became["restocked"],
		"quarantined": became["quarantined"],
		"scrapped": became["scrapped"],
	}


def _cases(rows: Iterable[Mapping]) -> list[CaseOfOrder]:
	found: dict[str, CaseOfOrder] = {}
	for it in rows:
		case = found.setdefault(
			it["case"],
			{"name": it["case"], "state": it["state"], "expected": 0.0, "is_of_box": bool(it["box"])},
		)
		if not it["return_note"]:
			case["expected"] = rounded(case["expected"] + it["expected_qty"])
	return list(found.values())
