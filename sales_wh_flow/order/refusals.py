"""What users read when an order can't be as it is: what, where, and what to do."""

import frappe
from frappe import _


def texts() -> dict[str, tuple[str, str, type[Exception]]]:
	"""code -> (text with {names} of the violation's data, title, exception)."""
	invalid = frappe.ValidationError
	return {
		"row_of_another_order": (
			_("Row #{idx} names {order} and a row of another order. Make it from {order} with Create."),
			_("Another Order"),
			invalid,
		),
		"row_of_another_paper": (
			_("Row #{idx} names a document and a row of another one. Make it with Create from one of them."),
			_("Another Document"),
			invalid,
		),
		"not_in_order": (
			_(
				"Row #{idx}: {order} has no {item}. Add it to the order with Update Items first, or "
				"leave the order out of this row."
			),
			_("Not in the Order"),
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
		"forecast_is_off": (
			_("Forecast is off in Sales Flow Settings: change the delivery date of the order instead."),
			_("Forecast Is Off"),
			invalid,
		),
		"nothing_to_promise": (
			_("Sales Order {order} is not submitted, or is over: there is nothing to promise."),
			_("Nothing to Promise"),
			invalid,
		),
		"promise_in_the_past": (
			_("{day} is past. Promise a day from today on."),
			_("Promise in the Past"),
			invalid,
		),
		"no_such_filter": (
			_("The board has no filter {given}. Filters are: {known}."),
			_("Order Board"),
			invalid,
		),
		"no_such_deed": (
			_("{given} can't be done for many orders. What can: {known}."),
			_("Order Board"),
			invalid,
		),
		"too_many_orders": (
			_("{count} orders are too many at once; choose at most {most}."),
			_("Order Board"),
			invalid,
		),
		"promise_without_day": (
			_("Choose the day for which the orders are promised."),
			_("Promise"),
			invalid,
		),
		"promise_too_far": (
			_("{day} is more than {years} years from now. Enter the day on which the goods will be there."),
			_("Promise"),
			invalid,
		),
		"promise_without_reason": (
			_("Say why the order is promised for another day: the reason stays on the order."),
			_("Reason Missing"),
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
	}
