"""What the app borrows from inside Frappe and ERPNext: the one table of it.

None of it is promised by Frappe or ERPNext. Each loan says what the app does with it, since which version the
name is as we know it, and what happens without it. Public, and no loan: ``frappe`` itself, ``frappe.utils``,
Document, and what is whitelisted, which other programs call by its path.
"""

from dataclasses import dataclass

_SALES_ORDER = "erpnext.selling.doctype.sales_order.sales_order"
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
		*(f"{_SALES_ORDER}.{verb}" for verb in ("update_status", "close_or_unclose_sales_orders")),
		*(f"frappe.api.v{version}.{verb}_doc" for version in (1, 2) for verb in ("create", "update")),
		*(f"frappe.api.v{version}.execute_doc_method" for version in (1, 2)),
	)
	why = "a write is tried again when the database refused it"
	found = tuple(Loan(name, why, NO_RETRY) for name in names)
	return (*found, Loan(f"{_SAVE}.discard", why, NO_RETRY, since="16"))


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
			"erpnext.controllers.stock_controller.StockController.validate_reserved_batches",
			"what is locked of a batch is counted by the flow",
			"orders that share a batch can't be delivered",
			since="16",
		),
		Loan(
			"erpnext.controllers.stock_controller.StockController.validate_inspection",
			"a Return Case has judged what came back by its decision",
			"rejected goods can't be taken back into quarantine or scrap",
		),
		Loan(
			"erpnext.controllers.accounts_controller.AccountsController.validate_against_voucher_outstanding",
			"a Return Case has no form with the checkbox that ERPNext hints at",
			"who makes credit notes of a Return Case is told to clear a checkbox that is not there",
		),
		*(
			Loan(f"{pick}.{name}", "the flow answers it for locked orders", picks)
			for name in (
				"validate_sales_order",
				"validate_stock_qty",
				"validate_expired_batches",
				"make_bundle_using_old_serial_batch_fields",
				"update_reference_qty",
				"update_sales_order_picking_status",
			)
		),
	)


def _of_all_lines() -> tuple[Loan, ...]:
	"""What is done for each line of an order; see order/read_all_lines.py and order/write_all_lines.py."""
	slow = "orders are submitted as slowly as without the app"
	return (
		Loan(
			"frappe.database.database.Database.sql",
			"what ERPNext reads line by line by statements of its own is read for all lines at once",
			slow,
		),
		Loan("frappe.model.document.Document.update_children", "rows are written at once", slow),
		Loan("frappe.model.document.Document.update_child_table", "rows that came or went", slow),
		Loan("frappe.model.base_document.BaseDocument.db_update", "what is written of a row", slow),
	)


def _papers() -> tuple[Loan, ...]:
	"""Documents that ERPNext makes or settles, and their names."""
	return (
		Loan(
			"erpnext.controllers.sales_and_purchase_return.make_return_doc",
			"the return or credit note of a Return Case",
			"Return Cases can't be posted",
		),
		Loan(
			"erpnext.accounts.utils.reconcile_against_document",
			"a payment that was set against an invoice becomes free when the order is opened again",
			"such an order can't be opened again",
		),
		Loan(
			"frappe.model.naming.NamingSeries.get_prefix",
			"the counter of locks is taken once for many",
			"nothing can be locked",
		),
		Loan(
			"frappe.model.naming.parse_naming_series",
			"the name that belongs to a number of that counter",
			"nothing can be locked",
		),
		Loan(
			"frappe.model.document.Document.check_docstatus_transition",
			"it says in `_action` what a save does; a submit that lacks approvals becomes a save",
			"an order that lacks approvals is refused, and not kept as a draft",
		),
	)


def _rights_and_people() -> tuple[Loan, ...]:
	"""What Frappe knows of who may see what, and how people are told."""
	permissions, seen = "frappe.permissions", "lists show other documents than forms"
	texts = "the app's texts stay English"
	return (
		Loan(f"{permissions}.get_user_permissions", "what a user is restricted to", seen),
		Loan(
			"frappe.core.doctype.user_permission.user_permission.get_user_permissions",
			"what a user is restricted to, where a rule's empty field means any",
			"such a rule can't be saved",
		),
		Loan(f"{permissions}.get_allowed_docs_for_doctype", "the warehouses a user is restricted to", seen),
		Loan(
			f"{permissions}.get_doc_permissions",
			"a right by role, whatever was shared",
			"rules can't be saved",
		),
		Loan(
			f"{permissions}.setup_custom_perms",
			"rights that the flow needs are given once",
			"migrating stops",
		),
		Loan(
			"frappe.model.db_query.DatabaseQuery.build_match_conditions",
			"the orders that a user may read, as a condition of SQL",
			seen,
		),
		Loan("frappe.model.db_query.DatabaseQuery.execute", "the orders that another user may read", seen),
		Loan(
			"frappe.model.workflow.get_workflow_name", "whether a company's own Workflow submits", "no gate"
		),
		Loan(
			"erpnext.controllers.website_list_for_contact.get_customers_suppliers",
			"the customers whose orders somebody sees on the website",
			"the customer's page shows no orders",
		),
		Loan(
			"frappe.desk.doctype.notification_log.notification_log.make_notification_logs",
			"people are told on the desk",
			"nobody is told on the desk",
		),
		Loan("frappe.realtime.get_site_room", "open boards are told of news", "boards are loaded by hand"),
		Loan("frappe.translate.get_user_lang", "mails speak their reader's language", "mails can't be sent"),
		Loan("frappe.translate.clear_cache", "texts in the reader's language", texts),
		Loan("frappe.gettext.translate.get_locales", "texts in the reader's language", texts),
		Loan("frappe.gettext.translate.get_catalog", "texts in the reader's language", texts),
		Loan(
			"frappe.gettext.translate.write_binary", "translations that Frappe does not build itself", texts
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
		"frappe.database.database.Database.get_value",
		"what ERPNext reads line by line of an order is read for all its lines at once",
		"orders are submitted as slowly as without the app",
	),
	*_of_all_lines(),
	Loan(
		"erpnext.controllers.status_updater.StatusUpdater.set_status",
		"an order is made a mapping once, whatever is asked of it to find its status",
		"orders are submitted more slowly",
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
	Loan(
		"erpnext.stock.doctype.serial_and_batch_bundle.serial_and_batch_bundle.update_serial_or_batch",
		"one more of a batch in a bundle",
		"whoever is logged in writes what is locked and what was moved",
	),
	Loan(
		"erpnext.stock.doctype.delivery_note.delivery_note.update_delivery_note_status",
		"a Delivery Note is closed and reopened",
		"whoever is logged in closes it",
	),
	Loan(
		"erpnext.buying.doctype.purchase_order.purchase_order.update_status",
		"a Purchase Order is closed, or delivered by its supplier",
		"whoever is logged in says that its goods were delivered",
	),
	Loan(
		"erpnext.buying.doctype.purchase_order.purchase_order.close_or_unclose_purchase_orders",
		"ticked Purchase Orders are closed and reopened",
		"whoever may write some closes those of other companies",
	),
	Loan(f"{_PICK_LIST}.create_delivery_note", "the note of a Pick List", "picked goods can't be delivered"),
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
		"rules about credit count another way than ERPNext's own check",
	),
	Loan(
		"erpnext.stock.get_item_details.get_conversion_factor",
		"the factor of a unit as ERPNext finds it",
		"lines in another unit can't be split between warehouses",
	),
	*_papers(),
	*_rights_and_people(),
)
