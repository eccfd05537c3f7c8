"""What the flow does while a Sales Order lives. Every handler only calls the flow."""

from sales_wh_flow.flow import (
	act_on_shortage,
	approve,
	bring_together,
	changed,
	dispatch,
	edit_items,
	give_up,
	hold,
	keep_as_draft,
	lock_stock,
	refresh_status,
	release,
	route,
)


def before_validate(doc, method=None):
	route.suggest(doc)


def validate(doc, method=None):
	lock_stock.want_free_goods(doc)
	dispatch.check_courier(doc)
	approve.follow_changes(doc)


def before_submit(doc, method=None):
	if keep_as_draft.may_be_submitted(doc):
		lock_stock.prepare(doc)


def on_submit(doc, method=None):
	approve.confirm(doc)
	lock_stock.for_order(doc)
	refresh_status.of(doc.name)
	act_on_shortage.soon(doc)
	bring_together.soon(doc)


def on_update(doc, method=None):
	refresh_status.of_draft(doc)
	keep_as_draft.ask(doc)


def before_update_after_submit(doc, method=None):
	edit_items.keep_erpnext_from_reserving(doc)
	approve.keep_granted_credit(doc)


def on_update_after_submit(doc, method=None):
	changed.follow(doc)
	refresh_status.of(doc.name)


def before_cancel(doc, method=None):
	lock_stock.prepare(doc)


def on_cancel(doc, method=None):
	release.after_cancel(doc)
	approve.after_cancel(doc)
	give_up.after_cancel(doc)
	bring_together.drop_requests(doc.name)
	refresh_status.of(doc.name)


def on_change(doc, method=None):
	hold.follow(doc)


def on_trash(doc, method=None):
	approve.forget(doc)
	give_up.forget(doc)
