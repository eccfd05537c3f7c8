"""What the app borrows from inside Frappe and ERPNext: the one table of it, and whether a bench still has it.

None of it is promised by Frappe or ERPNext. Each loan says what the app does with it, since which version the
name is as we know it, and what happens without it. What each looked like on the versions that were tested
stands in borrowed_versions.json; a contract test names what differs, and
script/lib/record_borrowed.py adds a version. Plain Python that reads sources and imports nothing of them, so
that a name that is gone breaks nothing here.
"""

import ast
import hashlib
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

APPS = ("frappe", "erpnext")
GONE, OTHER_ARGUMENTS, OTHER_CODE = "gone", "other arguments", "other code"
RECORD = Path(__file__).with_name("borrowed_versions.json")

_SALES_ORDER = "erpnext.selling.doctype.sales_order.sales_order"
RUN_DOC_METHOD = "/method/run_doc_method"
"""The route of Frappe's API 2 for a method of a document that is sent along."""
_PICK_LIST = "erpnext.stock.doctype.pick_list.pick_list"
_SAVE = "frappe.desk.form.save"


@dataclass(frozen=True, slots=True)
class Loan:
	"""``name``: module and function, or module, class and method. ``without``: what an admin reads."""

	name: str
	why: str
	without: str
	since: str = "15"

	@property
	def app(self) -> str:
		return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Looks:
	"""``signature``: the arguments; ``source``: a hash of the code, whatever its comments and layout."""

	signature: str
	source: str


NO_RETRY = "what the database refuses there because somebody was quicker is not tried again"
_CREDIT = "ERPNext's credit limit refuses an order that the approval rules let through"


def _entrances() -> tuple[Loan, ...]:
	"""Frappe's own writes, tried again when the database refused; see entrances.py."""
	names = (
		*(f"{_SAVE}.savedocs", f"{_SAVE}.cancel"),
		*(f"frappe.client.{verb}" for verb in ("insert", "save", "submit", "cancel", "bulk_update")),
		"frappe.handler.run_doc_method",
		"frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs",
		"frappe.desk.doctype.bulk_update.bulk_update._bulk_action",
		"frappe.core.doctype.data_import.data_import.form_start_import",
		"frappe.core.doctype.data_import.data_import.start_import",
		f"{_SALES_ORDER}.update_status",
		*(f"frappe.api.v{version}.{verb}_doc" for version in (1, 2) for verb in ("create", "update")),
		*(f"frappe.api.v{version}.execute_doc_method" for version in (1, 2)),
	)
	return tuple(
		Loan(name, "a write is tried again when the database refused it", NO_RETRY) for name in names
	)


def _waived() -> tuple[Loan, ...]:
	"""ERPNext's own methods that one document in hand skips; see native_checks.py."""
	order, pick = f"{_SALES_ORDER}.SalesOrder", f"{_PICK_LIST}.PickList"
	twice = "ERPNext reserves beside the flow: what is locked is locked twice"
	picks = "ERPNext refuses a Pick List of locked stock, or counts it twice"
	return (
		Loan(f"{order}.check_credit_limit", "approval rules judge the credit", _CREDIT),
		Loan(f"{order}.create_stock_reservation_entries", "the flow locks instead", twice),
		Loan(f"{order}.cancel_stock_reservation_entries", "the flow releases instead", twice),
		Loan(f"{order}.update_reserved_qty", "the flow writes what is demanded", "Bins are written twice"),
		Loan(
			"erpnext.controllers.selling_controller.SellingController.update_stock_reservation_entries",
			"what a document takes of locks is counted by the flow",
			"ERPNext counts what is delivered a second time",
		),
		Loan(
			"erpnext.stock.doctype.stock_reconciliation.stock_reconciliation.StockReconciliation."
			"validate_reserved_stock",
			"locks are cut to what was counted before it is posted",
			"no count of locked stock can be submitted",
		),
		Loan(
			"erpnext.controllers.stock_controller.StockController.validate_inspection",
			"a Return Case has judged what came back by its decision",
			"rejected goods can't be taken back into quarantine or scrap",
		),
		*(
			Loan(f"{pick}.{name}", "the flow answers it for locked orders", picks)
			for name in (
				"validate_sales_order",
				"validate_stock_qty",
				"make_bundle_using_old_serial_batch_fields",
				"update_reference_qty",
				"update_sales_order_picking_status",
			)
		),
	)


LOANS: tuple[Loan, ...] = (
	*_entrances(),
	*_waived(),
	Loan(
		"erpnext.controllers.accounts_controller.update_child_qty_rate",
		"Update Items runs with an order whose credit the approval rules judge",
		_CREDIT,
	),
	Loan(
		f"{_SALES_ORDER}.make_delivery_note",
		"a note of components of bundles, which have no order line",
		"a bundle's locked components can't be delivered from the order",
	),
	Loan(
		f"{_SALES_ORDER}.create_pick_list",
		"a Pick List of what is locked, instead of advice to unreserve",
		"ERPNext's own Pick List of a locked order is empty, or refused",
	),
	Loan(f"{_PICK_LIST}.create_dn_from_so", "a note for each order of a wave", "waves can't be delivered"),
	Loan(
		"erpnext.stock.doctype.packed_item.packed_item.make_packing_list",
		"the components of a bundle on a note",
		"bundles can't be delivered from their locks",
	),
	Loan(
		"erpnext.stock.doctype.stock_reservation_entry.stock_reservation_entry.get_ssb_bundle_for_voucher",
		"the locked batches and serial numbers on a note",
		"locked batches and serial numbers can't be delivered from their locks",
	),
	Loan(
		"erpnext.stock.doctype.bin.bin.Bin.update_reserved_stock",
		"what is locked is read as last committed",
		"a delivery beside another is refused stock that is free",
	),
	Loan(
		"erpnext.selling.doctype.customer.customer.get_customer_outstanding",
		"a customer's exposure as ERPNext counts it",
		"rules about credit can't be asked",
	),
	Loan(
		"erpnext.stock.get_item_details.get_conversion_factor",
		"the factor of a unit as ERPNext finds it",
		"lines in another unit can't be split between warehouses",
	),
)


def look_at_borrowed(name: str, folders: Mapping[str, Path]) -> Looks | None:
	"""What a borrowed name looks like below the folders of the packages, None when it is not there."""
	first, *rest = name.split(".")
	path = folders.get(first)
	while path and rest and (path / rest[0]).is_dir():
		path, rest = path / rest[0], rest[1:]
	if not (path and rest):
		return None
	module = path / f"{rest[0]}.py"
	wanted = rest[1:]
	if not module.is_file():
		module, wanted = path / "__init__.py", rest
	found: ast.AST | None = _parsed(module)
	for part in wanted:
		found = _inside(found, part)
	return _looks(found) if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) else None


def _inside(node: ast.AST | None, name: str) -> ast.AST | None:
	body = getattr(node, "body", ())
	return next((child for child in body if getattr(child, "name", None) == name), None)


def _looks(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Looks:
	body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
	code = "\n".join(ast.unparse(node) for node in body)
	return Looks(ast.unparse(function.args), hashlib.sha256(code.encode()).hexdigest()[:16])


_PARSED: dict[Path, ast.Module | None] = {}


def _parsed(path: Path) -> ast.Module | None:
	if path not in _PARSED:
		_PARSED[path] = ast.parse(path.read_text()) if path.is_file() else None
	return _PARSED[path]


def look_at_all(folders: Mapping[str, Path], app: str) -> dict[str, Looks | None]:
	return {loan.name: look_at_borrowed(loan.name, folders) for loan in LOANS if loan.app == app}


def recorded() -> dict[str, dict[str, dict[str, Looks | None]]]:
	"""{"frappe" or "erpnext": {version: {name: its looks, None where that version has no such name}}}."""
	kept = json.loads(RECORD.read_text())
	return {
		app: {
			version: {name: Looks(*looks) if looks else None for name, looks in names.items()}
			for version, names in versions.items()
		}
		for app, versions in kept.items()
	}


def differences(app: str, version: str, folders: Mapping[str, Path]) -> list[tuple[Loan, str]]:
	"""What of an app is not as it was recorded: GONE, OTHER_ARGUMENTS or OTHER_CODE.

	Compared with the record of its version, else with the nearest recorded one before it.
	"""
	now, known = look_at_all(folders, app), recorded()[app]
	then = known[_nearest(version, known)]
	loans = {loan.name: loan for loan in LOANS}
	found = ((loans[name], _difference(then.get(name), looks)) for name, looks in now.items())
	return [(loan, what) for loan, what in found if what]


def is_newer_than_recorded(app: str, version: str) -> bool:
	"""Whether a version is newer than the newest of its major version that the suites were run on."""
	found = _numbers(version)
	tried = [each for each in map(_numbers, recorded()[app]) if each[0] == found[0]]
	return not tried or found[:2] > max(tried)[:2]


def versions_recorded(app: str) -> tuple[str, ...]:
	"""The versions of an app on which the suites were run, the oldest first."""
	return tuple(sorted(recorded()[app], key=_numbers))


def _nearest(version: str, known: Mapping[str, object]) -> str:
	before = [each for each in known if _numbers(each) <= _numbers(version)]
	return max(before, key=_numbers) if before else min(known, key=_numbers)


def _numbers(version: str) -> tuple[int, ...]:
	return tuple(int(part) for part in version.split("-")[0].split(".")[:3] if part.isdigit())


def _difference(then: Looks | None, now: Looks | None) -> str | None:
	if now is None:
		return GONE if then else None
	if then is None or then.signature != now.signature:
		return OTHER_ARGUMENTS
	return OTHER_CODE if then.source != now.source else None


def module(name: str):
	"""A module that Frappe may not have any more, or None."""
	try:
		return importlib.import_module(name)
	except ImportError:
		return None


def functions(owner, *names: str) -> tuple[Callable, ...]:
	"""Those of the named functions that a module still has; none of no module."""
	return tuple(getattr(owner, name) for name in names if hasattr(owner, name))


def endpoint(version, route: str) -> Callable | None:
	"""What Frappe's router calls for a route of a version of its API, None when there is no such route."""
	rules = getattr(version, "url_rules", ())
	return next((rule.endpoint for rule in rules if rule.rule == route), None)
