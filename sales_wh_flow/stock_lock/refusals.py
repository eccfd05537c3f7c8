"""What users read when stock is locked, or can't be: what, where, and what to do."""

import frappe
from frappe import _

from erpnext.stock.stock_ledger import NegativeStockError

from sales_wh_flow.stock_lock.count_refusals import texts_of_counts


class StockIsLocked(NegativeStockError):
	"""The document would take stock that is locked for somebody else; whoever expects ERPNext's refusal of
	stock that is not there expects this one.
	"""


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		**texts_of_counts(StockIsLocked),
		"may_not_release": (
			_("Releasing locked stock takes the role {0}. Ask somebody who has it.").format("{role}"),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"may_not_audit": (
			_("Checking the stock lock takes the role {0}. Ask somebody who has it.").format("{role}"),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"reservation_off": (
			_(
				"Stock Lock is on in Sales Flow Settings, but Stock Reservation is off in Stock Settings. "
				"Switch it on there."
			),
			_("Stock Reservation Is Off"),
			invalid,
		),
		"stock_is_locked": (
			_(
				"{item} in {warehouse}: {on_hand} would be left, but {locked} are locked for {holders}. "
				"Take less, use another warehouse, or have a lock released."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"found_lot_is_bad": (
			_("{lot} of {item} has expired, is disabled or on quality hold. Leave it and take another."),
			_("Gone Bad"),
			invalid,
		),
		"draft_locks_nothing": (
			_("Sales Order {order} is not submitted. Submit it first: then its stock is locked."),
			_("Not Submitted"),
			invalid,
		),
		"nothing_left_to_reserve": (
			_(
				"{item} in {warehouse}: {free} of {on_hand} are free for {order}, which still needs "
				"{needed}; {wanted} can't be locked. Reload the order to see what it holds."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"rest_is_locked": (
			_(
				"{item} in {warehouse}: {free} of {on_hand} are free, the rest is locked for other orders; "
				"{wanted} can't be reserved for {doctype} {document}. Reserve less, or unlock what another "
				"order can do without."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"entry_is_locked": (
			_(
				"{item} in {warehouse}: {entries} would not be left, but {holders} has it locked. Take what "
				"is free, or have the lock released."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"lots_not_there": (
			_(
				"{item} in {warehouse}: {entries} is not there to be taken: it lies elsewhere, has expired "
				"or is disabled. Take what is locked for this order, or another one that is free."
			),
			_("Not There"),
			StockIsLocked,
		),
		"lots_not_free": (
			_(
				"{item} in {warehouse}: {entries} is not free for this order: {holders} has it. Take what is "
				"locked for this order, or another one that is free."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"ended_item": (
			_(
				"Row #{idx}: {item} is disabled or past its end of life and can't be sent. "
				"Remove the row, or enable the item."
			),
			_("Item Is Disabled"),
			invalid,
		),
		"bad_lot_sent": (
			_(
				"{lot} of {item} in {warehouse} has expired, is disabled or on quality hold and can't be "
				"sent. Name another batch in the row."
			),
			_("Expired or Kept Back"),
			invalid,
		),
		"bad_lot": (
			_(
				"Row #{idx}: {lot} of {item} in {warehouse} has expired, is disabled or on quality hold and "
				"can't be sent. Take another one; where none is free the order waits for it."
			),
			_("Expired or Kept Back"),
			invalid,
		),
		"locked_lot_is_bad": (
			_(
				"Row #{idx}: {bad} of the {item} that are locked for this order are of {lots}, which has "
				"expired, is disabled or on quality hold; {good} can be sent. The order gets good ones as "
				"soon as there are some. Send what is good, or wait."
			),
			_("Expired or Kept Back"),
			invalid,
		),
		"serial_left_elsewhere": (
			_(
				"Row #{idx}: {serial} of {item} left last with {doctype} {name}, so it can't come back with "
				"{against}. Make the return from {name}."
			),
			_("Left with Another Document"),
			invalid,
		),
		"serial_is_in_stock": (
			_(
				"Row #{idx}: {serial} of {item} is in stock since {doctype} {name}. Take the serial number "
				"that comes back now."
			),
			_("In Stock"),
			invalid,
		),
		"merged_while_locked": (
			_(
				"{old} can't be merged into {new} while stock of either is locked for {count} orders: "
				"{holders}. Release or deliver it first."
			),
			_("Stock Is Locked"),
			invalid,
		),
		"disabled_while_locked": (
			_(
				"Warehouse {warehouse} can't be disabled while stock in it is locked for {count} orders: "
				"{holders}. Release, move or deliver it first."
			),
			_("Stock Is Locked"),
			invalid,
		),
		"reservation_needed": (
			_(
				"Stock Lock in Sales Flow Settings needs stock reservation. Keep 'Enable Stock Reservation' "
				"ticked, or switch Stock Lock off first."
			),
			_("Stock Lock Is On"),
			invalid,
		),
		"negative_stock_not_allowed": (
			_(
				"With Stock Lock on in Sales Flow Settings stock can't go below zero. Clear {setting}, or "
				"switch Stock Lock off first."
			),
			_("Stock Lock Is On"),
			invalid,
		),
		"returns_not_asked_for": (
			_(
				"With Stock Lock on in Sales Flow Settings nobody asks for what came back and is not sent "
				"again. Keep {setting} ticked, or switch Stock Lock off first."
			),
			_("Stock Lock Is On"),
			invalid,
		),
		"part_locked_elsewhere": (
			_(
				"Packed item #{idx}: {item} of {bundle} is to be taken from {warehouse}, but it is locked in "
				"{locked_in}. Choose that warehouse, or move the lock."
			),
			_("Locked in Another Warehouse"),
			invalid,
		),
		"line_locked_elsewhere": (
			_(
				"Row #{idx}: {item} is to be taken from {warehouse}, but it is locked for this order in "
				"{locked_in}. Choose that warehouse, or move the lock."
			),
			_("Locked in Another Warehouse"),
			invalid,
		),
		"part_of_a_bundle": (
			_(
				"Stock Reservation Entry {entry} holds {item} for a product bundle of {order}. Its quantity "
				"can't be changed by hand: cancel it, or change the order with Update Items."
			),
			_("Component of a Bundle"),
			invalid,
		),
		"reason_missing": (
			_("Say why the stock of Sales Order {order} is released: its sales person has to know."),
			_("Reason Missing"),
			invalid,
		),
		"extension_reason_missing": (
			_("Say why the stock of Sales Order {order} is to stay locked longer."),
			_("Reason Missing"),
			invalid,
		),
		"nothing_to_extend": (
			_("Sales Order {order} holds no stock that would be given back by itself."),
			_("Nothing to Extend"),
			invalid,
		),
		"no_extension": (
			_(
				"The locks of Sales Order {order} can't be extended (any more): Stock Lock Policy {policy} "
				"allows one extension at most. Pick the order, or ask a Stock Manager."
			),
			_("No Extension"),
			invalid,
		),
		"extension_out_of_range": (
			_(
				"The stock of Sales Order {order} is given back on {ends_on}. It can be kept until {latest} "
				"at the latest; choose a moment between the two."
			),
			_("Extension"),
			invalid,
		),
		"give_reason_missing": (
			_("Say why stock of Sales Order {order} goes to {to}: both sellers have to know."),
			_("Reason Missing"),
			invalid,
		),
		"nothing_to_give": (
			_(
				"Sales Order {order} holds nothing that {to} waits for in the same warehouse and that is "
				"neither picked nor on the draft of a delivery."
			),
			_("Nothing to Give"),
			invalid,
		),
		"other_company": (
			_("Sales Orders {order} and {to} belong to different companies. Choose one of the same."),
			_("Another Company"),
			invalid,
		),
		"plan_is_old": (
			_("Stock or orders changed since the plan was shown. Look at the new plan before you apply it."),
			_("Plan Changed"),
			invalid,
		),
		"on_pick_list": (
			_(
				"Stock of Sales Order {order} is on a Pick List: {items}. Cancel or delete the "
				"Pick List first."
			),
			_("On a Pick List"),
			invalid,
		),
	}
