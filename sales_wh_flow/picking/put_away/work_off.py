"""Somebody with a phone brings picked goods back, crate by crate."""

import frappe
from frappe.utils import cstr, flt

from sales_wh_flow.base import said
from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.base.quantities import is_positive, rounded
from sales_wh_flow.base.refusals import refuse
from sales_wh_flow.base.serial_nos import each_serial
from sales_wh_flow.dispatch import cut_units
from sales_wh_flow.picking import count_task
from sales_wh_flow.picking.answers import DonePutAway, PutAwayShown, ScannedPutAway
from sales_wh_flow.picking.rules import put_away as rules
from sales_wh_flow.picking.store import put_away as store
from sales_wh_flow.picking.store.put_away import HeldPutAway
from sales_wh_flow.scanning import read

MOST = 200


def open_put_aways(warehouse: str | None = None) -> list[PutAwayShown]:
	"""What the user may bring back, crate by crate in the order of the walk."""
	filters = {"state": rules.OPEN, **({"warehouse": warehouse} if warehouse else {})}
	names = frappe.get_list("Put Away", filters, pluck="name", order_by="creation", limit_page_length=MOST)
	return [_task(row) for row in store.put_aways_shown(names)]


def _task(row) -> PutAwayShown:
	return {
		"task": row.task,
		"item_code": row.item_code,
		"item_name": cstr(row.item_name),
		"image": cstr(row.image),
		"uom": cstr(row.uom),
		"warehouse": cstr(row.warehouse),
		"place": cstr(row.place),
		"qty": flt(row.qty),
		"batch_no": row.batch_no,
		"serial_nos": list(each_serial(row.serial_nos)),
		"stands_in": row.stands_in,
		"order": row.order,
		"why": said.worded(row.why),
	}


def which_tasks(text: str, warehouse: str | None = None) -> ScannedPutAway:
	"""The open tasks that a scan is about: goods, a crate or a box. Raises: ValidationError for none."""
	scan = read.read_scan(text)
	tasks = open_put_aways(warehouse)
	if scan.kind in (read.TOTE, read.BOX):
		found = [it for it in tasks if it["stands_in"] == scan.name]
	else:
		found = [it for it in tasks if _is_about(it, scan)]
	if not found:
		refuse(RuleViolation("nothing_to_put_away", text=text))
	return {"tasks": [it["task"] for it in found]}


def _is_about(task: PutAwayShown, scan: read.Scan) -> bool:
	if not scan.item_code or scan.item_code != task["item_code"]:
		return False
	if scan.serial_no:
		return scan.serial_no in task["serial_nos"]
	return not (scan.batch_no and task["batch_no"]) or scan.batch_no == task["batch_no"]


def bring_back(name: str, qty_stock: float | None, place: str) -> DonePutAway:
	"""The goods, or so many of them, stand on a shelf again; what was not in the crate is to be counted.

	``place``: where they were put, as scanned or typed. Raises: ValidationError in the words of who carries.
	"""
	task = _held(name)
	done = task.qty_stock if qty_stock is None else rounded(flt(qty_stock))
	if rules.is_no_count(done, task.qty_stock) or cut_units.is_cut(_uom(task), done):
		refuse(
			RuleViolation("put_away_is_no_count", item=task.item_code, qty=done, asked=float(task.qty_stock))
		)
	missing = rounded(task.qty_stock - done)
	if is_positive(missing):
		where = task.stands_in or task.pick_list
		count_task.ask_for_count(task.item_code, task.warehouse, done, task.qty_stock, where)
	state = rules.PUT_BACK if is_positive(done) else rules.NOT_THERE
	store.end_put_away(name, state, done, said.typed(place))
	return {"task": name, "state": state, "done": done, "missing": missing}


def use_elsewhere(name: str) -> DonePutAway:
	"""The goods were taken out of the crate for another order, and go to no shelf."""
	task = _held(name)
	store.end_put_away(name, rules.USED, task.qty_stock, said.typed(""))
	return {"task": name, "state": rules.USED, "done": task.qty_stock, "missing": 0.0}


def _held(name: str) -> HeldPutAway:
	task = store.hold_put_away(name)
	if task is None:
		refuse(RuleViolation("put_away_is_gone"))
	if task.state != rules.OPEN:
		refuse(RuleViolation("put_away_is_done", item=task.item_code, user=task.done_by))
	return task


def _uom(task: HeldPutAway) -> str:
	return cstr(frappe.get_cached_value("Item", task.item_code, "stock_uom"))
