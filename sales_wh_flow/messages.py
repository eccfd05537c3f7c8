"""What users read when the flow refuses: what, where, how much, and what to do next."""

from collections.abc import Iterable

import frappe
from frappe import _

from sales_wh_flow.rules.problems import RuleViolation


class ApprovalRequired(frappe.ValidationError):
	"""The order owes approvals that nobody has given yet."""


class FiguresChanged(frappe.ValidationError):
	"""What an approval showed got worse before it was decided."""


class StockIsLocked(frappe.ValidationError):
	"""The document would take stock that is locked for somebody else."""


def _texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"figures_changed": (
			_(
				"The figures of {approval} got worse since they were shown: {reason}. "
				"Look at them and decide again."
			),
			_("Figures Changed"),
			FiguresChanged,
		),
		"text_too_long": (
			_("This text has {length} characters; {longest} are the most. Shorten it and try again."),
			_("Too Long"),
			invalid,
		),
		"already_decided": (
			_("{approval} is {state} already. Reload the order to see who decided."),
			_("Already Decided"),
			invalid,
		),
		"not_an_approver": (
			_(
				"{approval} waits for someone else: {role}. Only those who are asked can decide, "
				"by role or by name."
			),
			_("Not Permitted"),
			frappe.PermissionError,
		),
		"voted_already": (
			_("You have approved {approval} already. Others on this level have to decide."),
			_("Already Decided"),
			invalid,
		),
		"waits_for_answer": (
			_("{approval} waits for the sales user, who has to accept or decline the condition: {condition}"),
			_("Waits for an Answer"),
			invalid,
		),
		"link_is_not_ours": (
			_("This link was not made by this site, or is not complete. Open the order in the desk instead."),
			_("Link Can't Be Used"),
			frappe.PermissionError,
		),
		"link_is_too_old": (
			_("This link is too old. Open the order in the desk to decide about {approval}."),
			_("Link Is Too Old"),
			invalid,
		),
		"link_is_dead": (
			_("This link is dead: its user may not decide {approval} any more. Ask whoever sent it to you."),
			_("Link Is Dead"),
			frappe.PermissionError,
		),
		"link_was_used": (
			_("This link was used before; it decides once. Open the order to see what became of {approval}."),
			_("Link Was Used"),
			invalid,
		),
		"link_is_outdated": (
			_("The order changed after this link was sent. Open it in the desk to decide about {approval}."),
			_("Order Changed"),
			invalid,
		),
		"forward_to_itself": (
			_("{user} is asked already. Forward the request to somebody else."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_blind": (
			_("{user} is disabled or may not read Sales Order {order}. Choose somebody who may."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_author": (
			_("{user} wrote the order or asked for its approval. Choose somebody else to decide."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"forward_to_asked": (
			_("{user} is asked by name already, or has decided. Choose somebody else."),
			_("Can't Be Forwarded"),
			invalid,
		),
		"unknown_condition": (
			_("{kind} is no condition the flow knows. Choose one of: {known}."),
			_("Unknown Condition"),
			invalid,
		),
		"condition_percent": (
			_("{kind} of {value} % makes no sense: a discount is below 100, a prepayment up to 100."),
			_("Percent"),
			invalid,
		),
		"condition_met": (
			_("The order meets this condition already: {condition} Approve it as it is, or ask for more."),
			_("Nothing to Change"),
			invalid,
		),
		"nothing_available": (
			_("Nothing of Sales Order {order} is free in stock: nothing would be left to order."),
			_("Nothing Available"),
			invalid,
		),
		"condition_needs_draft": (
			_("Sales Order {order} is submitted: a condition can change drafts only. Approve or refuse it."),
			_("Not a Draft"),
			invalid,
		),
		"no_condition": (
			_("{approval} has no condition that waits for an answer. Reload the order to see why."),
			_("Nothing to Accept"),
			invalid,
		),
		"delegation_to_itself": (
			_("{user} can't stand in for the same user. Choose somebody else."),
			_("Delegation"),
			invalid,
		),
		"delegation_in_circle": (
			_(
				"{substitute} has handed on to {user}, directly or through others, at that time: the "
				"requests would go in a circle. Choose somebody else or other days."
			),
			_("Goes in a Circle"),
			invalid,
		),
		"delegation_dates": (
			_("The delegation ends on {last}, before it begins on {first}."),
			_("Delegation"),
			invalid,
		),
		"delegation_to_disabled": (
			_("{user} is disabled or has no access to the desk, and can't decide for anybody."),
			_("Delegation"),
			invalid,
		),
		"limit_too_low": (
			_(
				"{approval} is about an order of {value}, which is above your authority. "
				"Somebody with a higher limit has to decide."
			),
			_("Above Your Authority"),
			frappe.PermissionError,
		),
		"no_approver": (_("Name at least one approver."), _("Approver Missing"), invalid),
		"approver_twice": (
			_("{approver} is named twice on level {level}. Delete one of the rows."),
			_("Named Twice"),
			invalid,
		),
		"level_without_approver": (
			_("Level {level} has no approver. Name one, or number the levels without gaps."),
			_("Empty Level"),
			invalid,
		),
		"level_below_one": (
			_("Level {level} does not exist; levels are numbered from 1."),
			_("Level"),
			invalid,
		),
		"limit_not_rising": (
			_(
				"Level {level} may decide up to {limit}, level {below} before it up to {below_limit} "
				"already: level {level} would never decide anything. Raise its limit."
			),
			_("Limits Contradict Each Other"),
			invalid,
		),
		"level_twice": (
			_("Level {level} is described twice under Levels. Delete one of the rows."),
			_("Level Twice"),
			invalid,
		),
		"more_than_are_asked": (
			_(
				"Level {level} needs {needed} approvals but asks {asked} people. Lower the number or "
				"name more."
			),
			_("Too Few Approvers"),
			invalid,
		),
		"escalation_without_due": (
			_("Level {level}: '{step}' needs a due time. Fill Due After (Working Hours)."),
			_("Due Time Missing"),
			invalid,
		),
		"no_next_level": (
			_("Level {level} is the last one: there is no next level to ask. Choose a role instead."),
			_("No Next Level"),
			invalid,
		),
		"escalates_to_itself": (
			_("Level {level} asks the role {role} from the start; when due, ask another one."),
			_("Goes in a Circle"),
			invalid,
		),
		"own_order": (
			_(
				"{approval} is about your own order: you made it, asked for it or changed it. Somebody else "
				"with the approver's role has to decide."
			),
			_("Own Order"),
			frappe.PermissionError,
		),
		"order_changed": (
			_(
				"Sales Order {order} changed after {approval} was asked. Look at the order again before you "
				"decide."
			),
			_("Order Changed"),
			invalid,
		),
		"waits_for_approval": (
			_(
				"Sales Order {order} was changed after it was approved and waits for: {rules}. Nothing of it "
				"is picked, shipped or billed until somebody approves, or the change is taken back."
			),
			_("Waits for Approval"),
			invalid,
		),
		"not_a_draft": (
			_("Sales Order {order} is {status}; approvals are asked and given on drafts only."),
			_("Not a Draft"),
			invalid,
		),
		"service_without_courier": (
			_("Courier Service {service} is given without a courier. Choose the courier first."),
			_("Courier Missing"),
			invalid,
		),
		"unknown_service": (
			_("Courier {courier} does not offer the service {service}. Choose one of: {offered}."),
			_("Unknown Service"),
			invalid,
		),
		"group_warehouse": (
			_(
				"Row #{idx}: {warehouse} is a group of warehouses and holds no stock for item {item}. Choose "
				"one below it."
			),
			_("Group Warehouse"),
			invalid,
		),
		"disabled_warehouse": (
			_("Row #{idx}: warehouse {warehouse} of item {item} is disabled. Choose another one."),
			_("Disabled Warehouse"),
			invalid,
		),
		"warehouse_does_not_sell": (
			_(
				"Row #{idx}: warehouse {warehouse} of item {item} does not sell. Choose another one, or tick "
				"Sells in the warehouse."
			),
			_("Warehouse Does Not Sell"),
			invalid,
		),
		"no_lines_per_day": (
			_(
				"{warehouse} could send {lines} lines a day. Enter 1 or more, clear Limited Lines per Day, "
				"or clear Sells."
			),
			_("Nothing Could Be Sent"),
			invalid,
		),
		"no_such_place": (
			_(
				"{warehouse}: {latitude}, {longitude} is no place on earth. Latitudes go from -90 to 90, "
				"longitudes from -180 to 180."
			),
			_("No Such Place"),
			invalid,
		),
		"not_a_draft_to_route": (
			_("Sales Order {order} is no draft any more. Use Re-Route to move what is not picked yet."),
			_("Not a Draft"),
			invalid,
		),
		"unknown_plan": (
			_("There is no plan {plan}. Open the plans anew and choose one of them."),
			_("Unknown Plan"),
			invalid,
		),
		"no_parcel_later": (
			_(
				"No single warehouse will have all of {order} on a day that is known. "
				"Open the plans anew and choose another one."
			),
			_("Plan Is Gone"),
			invalid,
		),
		"unknown_warehouse": (
			_("Row #{idx}: warehouse {warehouse} of item {item} does not exist. Choose another one."),
			_("Unknown Warehouse"),
			invalid,
		),
		"warehouse_of_other_company": (
			_("Row #{idx}: warehouse {warehouse} of item {item} belongs to {other}, not to {company}."),
			_("Warehouse of Another Company"),
			invalid,
		),
		"qty_not_positive": (
			_(
				"Row #{idx}: quantity {qty} of item {item} can't be ordered. Enter more than zero or delete "
				"the row."
			),
			_("Quantity"),
			invalid,
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
		"nothing_left_to_reserve": (
			_(
				"{item} in {warehouse}: {free} of {on_hand} are free for {order}, which still needs "
				"{needed}; "
				"{wanted} can't be reserved. Reload the order to see what it holds."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"entry_is_locked": (
			_("{item} in {warehouse}: {entries} are locked for another order. Choose others."),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"lots_not_free": (
			_(
				"{item} in {warehouse}: {entries} are not free for this order: locked for others "
				"({holders}), not there, expired or disabled. Take what is locked for it, or others that "
				"are free."
			),
			_("Stock Is Locked"),
			StockIsLocked,
		),
		"nothing_left_to_deliver": (
			_("All that Pick List {name} picked has left with its Delivery Notes. Make a new Pick List."),
			_("Nothing to Deliver"),
			invalid,
		),
		"bad_lot": (
			_(
				"Row #{idx}: {lot} of {item} in {warehouse} has expired or is disabled and can't be sent. "
				"Take another one; where none is free the order waits for it."
			),
			_("Expired or Disabled"),
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
				"With Stock Lock on in Sales Flow Settings stock can't go below zero. Clear 'Allow Negative "
				"Stock', or switch Stock Lock off first."
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
		"picked_more_than_locked": (
			_(
				"Row #{idx}: {qty} of {item} to pick in {warehouse} for {order}, but only {locked} are "
				"locked there. "
				"Lower the quantity or wait until more is locked."
			),
			_("More Than Locked"),
			invalid,
		),
		"nothing_to_bring": (
			_(
				"Sales Order {order}: nothing is locked that still has to be brought to another warehouse. "
				"What was asked for already is not asked for again."
			),
			_("Nothing to Bring"),
			invalid,
		),
		"part_of_a_row_brought": (
			_(
				"Row #{idx} ({item}) of Sales Order {order}: {qty} of {open} are moved, which cuts the row. "
				"Move all of it, or ask somebody who may change the order."
			),
			_("Part of a Row"),
			frappe.PermissionError,
		),
		"arrived_is_held": (
			_(
				"{qty} of {item} arrived in {warehouse} for Sales Order {order}, which holds {locked} there. "
				"Release or re-route them first, then cancel the transfer."
			),
			_("Locked Stock"),
			invalid,
		),
		"brought_first": (
			_(
				"Sales Order {order}: what is locked goes to {places} first. Pick it when the transfer has "
				"arrived, or choose Send Directly on the order."
			),
			_("To Be Brought First"),
			invalid,
		),
		"nothing_to_pick": (
			_("Sales Order {order} has no locked stock that is not on a Pick List already."),
			_("Nothing to Pick"),
			invalid,
		),
		"reason_missing": (
			_("Say why the stock of Sales Order {order} is released: its sales person has to know."),
			_("Reason Missing"),
			invalid,
		),
		"move_reason_missing": (
			_("Say why stock of Sales Order {order} moves: the reason is kept with its events."),
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
				"Stock of Sales Order {order} is on a Pick List: {items}. Cancel or delete the Pick List "
				"first."
			),
			_("On a Pick List"),
			invalid,
		),
		"not_submitted": (
			_("{doctype} {name} is not submitted. Submit it first."),
			_("Not Submitted"),
			invalid,
		),
		"switched_off": (
			_("{capability} is switched off in Sales Flow Settings."),
			_("Switched Off"),
			invalid,
		),
		"nothing_missing": (
			_(
				"Sales Order {order}: the chosen lines wait for nothing any more. Somebody may have been "
				"quicker; reload the order."
			),
			_("What Is Missing"),
			invalid,
		),
		"asked_already": (
			_("Row #{idx}: all that {item} misses is requested or ordered already."),
			_("What Is Missing"),
			invalid,
		),
		"not_purchased": (
			_("Row #{idx}: {item} is not a purchase item. Tick 'Allow Purchase' on the item or make it."),
			_("What Is Missing"),
			invalid,
		),
		"nothing_elsewhere": (
			_("Row #{idx}: no other warehouse has {item} free, so nothing can be transferred."),
			_("What Is Missing"),
			invalid,
		),
		"no_bom": (
			_("Row #{idx}: {item} has no active default Bill of Materials, so it can't be made."),
			_("What Is Missing"),
			invalid,
		),
		"no_supplier": (
			_(
				"Row #{idx}: {item} has no default supplier for this company. Enter one in the item's "
				"defaults, or make a Material Request."
			),
			_("What Is Missing"),
			invalid,
		),
		"unknown_action": (
			_("{action} is nothing that can be done for Sales Order {order}."),
			_("What Is Missing"),
			invalid,
		),
		"unknown_price_rule": (
			_("{rule} is no way to price a substitute. Choose one of: {known}."),
			_("Substitute"),
			invalid,
		),
		"substitute_without_price": (
			_(
				"The order's price list has no price of the substitute. Choose '{rule}', or enter an Item "
				"Price first."
			),
			_("Substitute"),
			invalid,
		),
		"not_a_substitute": (
			_(
				"Row #{idx}: {substitute} is no substitute for {item}. Enter it as an Item Alternative "
				"first. An item that this line was substituted from before is not taken again."
			),
			_("Substitute"),
			invalid,
		),
		"substitute_of_component": (
			_(
				"Row #{idx}: {item} is a component of {bundle}, and no single component of an order's bundle "
				"is exchanged. Ask for {item}, move the bundles to a backorder or close them short; or enter "
				"the other item in the Product Bundle for orders to come."
			),
			_("Substitute"),
			invalid,
		),
		"substitute_unusable": (
			_("Row #{idx}: {substitute} is disabled, not sold or not kept in stock. Choose another item."),
			_("Substitute"),
			invalid,
		),
		"substitute_uom": (
			_(
				"Row #{idx}: {substitute} has no conversion for {uom}, the unit in which {item} is kept. "
				"Add it to the units of {substitute}."
			),
			_("Substitute"),
			invalid,
		),
		"consent_missing": (
			_(
				"Row #{idx}: say who at the customer agreed to {substitute} and how (by telephone, by "
				"mail...)."
			),
			_("Consent Missing"),
			invalid,
		),
		"why_missing": (
			_("Say why Sales Order {order} is closed short: whoever asks later has to know."),
			_("Reason Missing"),
			invalid,
		),
		"nothing_would_stay": (
			_(
				"Nothing of Sales Order {order} is served yet, so nothing would stay in it. Close or cancel "
				"the whole order instead, or change its delivery date."
			),
			_("What Is Missing"),
			invalid,
		),
		"row_not_movable": (
			_("Nothing of row {row} of Sales Order {order} can move: it is picked, delivered or gone."),
			_("Re-route"),
			invalid,
		),
		"move_not_positive": (
			_("Row #{idx}: {qty} of {item} can't move. Enter more than zero or leave the row alone."),
			_("Re-route"),
			invalid,
		),
		"already_there": (
			_("Row #{idx}: {item} is served from {warehouse} already. Choose another warehouse."),
			_("Re-route"),
			invalid,
		),
		"move_not_whole": (
			_("Row #{idx}: {qty} of {item} is no whole number of its units; it moves in steps of {step}."),
			_("Re-route"),
			invalid,
		),
		"more_than_movable": (
			_(
				"Row #{idx}: {qty} of {item} can't move; {open} are neither delivered nor on a Pick List "
				"({listed} are on one). Move less, or delete the Pick List first."
			),
			_("Re-route"),
			invalid,
		),
		"order_halted": (
			_("Sales Order {order} is {status}. Re-open it before its lines are served differently."),
			_("Re-route"),
			invalid,
		),
		"unknown_wave": (
			_("Orders are put into one wave by one of {known}, not by {by}."),
			_("Wave"),
			invalid,
		),
		"nothing_in_wave": (
			_(
				"{warehouse} has nothing to pick for these orders any more: all of it is on Pick Lists or "
				"gone. Look at the page again."
			),
			_("Nothing to Pick"),
			invalid,
		),
		"nothing_to_deliver": (
			_("All that Pick List {pick_list} picked has been delivered."),
			_("Nothing to Deliver"),
			invalid,
		),
		"not_short": (
			_("Row #{idx}: all {qty} of {item} were found. A row is short when fewer were."),
			_("Short Pick"),
			invalid,
		),
		"not_a_draft_list": (
			_("Pick List {name} is submitted or cancelled; rows are shortened on drafts only."),
			_("Short Pick"),
			invalid,
		),
		"row_not_on_list": (
			_("Pick List {name} has no row {row} that picks for an order. Reload it."),
			_("Short Pick"),
			invalid,
		),
		"short_reason_missing": (
			_("Row #{idx}: say why not all of {item} was found: damaged, not in its place, miscounted..."),
			_("Reason Missing"),
			invalid,
		),
	}


def text_of(violation: RuleViolation) -> str:
	"""The violation in words."""
	text = _texts()[violation.code][0]
	data = {key: _shown(value) for key, value in violation.data.items()}
	return text.format(**data)


def refuse(violations: RuleViolation | Iterable[RuleViolation]) -> None:
	"""Raise all problems at once; do nothing when there are none."""
	found = [violations] if isinstance(violations, RuleViolation) else list(violations)
	if not found:
		return
	_text, title, exception = _texts()[found[0].code]
	frappe.throw("<br>".join(text_of(violation) for violation in found), title=title, exc=exception)


def _shown(value) -> str:
	if isinstance(value, int):
		return str(value)
	if isinstance(value, float):
		value = frappe.format_value(value, {"fieldtype": "Float"})
	elif isinstance(value, list | tuple):
		value = ", ".join(str(part) for part in value)
	return frappe.bold(frappe.utils.escape_html(str(value)))
