"""Texts that people type, and names of masters, are shown as they are and run nowhere."""

import pytest

import frappe

from sales_wh_flow.approval import gate
from sales_wh_flow.base import said
from sales_wh_flow.delays.store import alerts
from sales_wh_flow.stock_lock.store import reservations
from tests import factories
from tests.browser import data
from tests.couriers import couriers_world
from tests.packing.box_world import World, make_box

MARKER = "\"'><img src=x onerror=swf_ran(this)>"
SHOWN = "onerror=swf_ran(this)"
PICK_LIST = "Pick List by Place"
PRINTS = ("Box Label", "Box Packing List")
"""What of the app's print formats of boxes a browser draws; the others are commands for a label printer."""
CONFIRMATION = "Order Confirmation"

# Frappe's own fields draw a stored text as HTML, ERPNext's tables of rows an item's name, and titles are read
# in elements that are on no page: there a text has to be clean when it is stored (see test_border.py).
NOT_OURS = ".grid-body, .control-value"
WATCH = f"""window.swf_ran = (picture) => {{
	if (picture.isConnected && !picture.closest("{NOT_OURS}")) {{
		window.__hit = picture.parentNode.outerHTML.slice(0, 400);
	}}
}}"""

PLANTED = {
	"Item": ("item_name", "swf_shipping_name"),
	"Customer": ("customer_name",),
	"Sales Order": (
		*("customer_name", "swf_special_instructions", "swf_lock_extension_reason"),
		"swf_courier_service",
	),
	"Sales Order Item": (
		*("item_name", "swf_route_reason", "swf_consent", "swf_promise_source"),
		"swf_route_group",
	),
	"Order Approval": ("reason", "condition_text", "comment"),
	"Order Approval Decision": ("comment",),
	"Order Approval Rule": ("explanation",),
	"Stock Lock Event": ("reason",),
	"Shortage Action": ("reason", "consent_by", "consent_how"),
	"Approval Delegation": ("reason", "from_name", "to_name"),
	"Pick List": ("swf_special_instructions", "swf_courier_service", "swf_wave"),
	"Pick List Item": ("item_name", "swf_short_reason", "swf_found_serials", "swf_tote"),
	"Delivery Note": (
		*("customer_name", "swf_special_instructions", "swf_tracking_no", "swf_courier_service"),
		"swf_received_by",
	),
	"Order Box": ("customer_name", "ship_to_text", "tracking_no", "courier_service"),
	"Order Box Item": ("item_name", "refused_reason"),
	"Courier Handover Box": ("orders", "customer_name", "ship_to_text", "tracking_no", "refusal"),
}


def plant(doctype, filters) -> None:
	"""As what a version without a border, an import or another app left in the tables."""
	meta = frappe.get_meta(doctype)
	fields = [field for field in PLANTED[doctype] if meta.has_field(field)]
	for name in frappe.get_all(doctype, filters, pluck="name"):
		frappe.db.set_value(doctype, name, dict.fromkeys(fields, MARKER), update_modified=False)


def plant_all(world, *orders) -> None:
	names = ("in", [order.name for order in orders])
	plant("Item", {"name": world.item})
	plant("Customer", {"name": world.customer})
	plant("Sales Order", {"name": names})
	plant("Sales Order Item", {"parent": names})
	plant("Order Approval", {"sales_order": names})
	plant("Order Approval Rule", {"name": world.rule})
	plant("Stock Lock Event", {"sales_order": names})
	plant("Shortage Action", {"sales_order": names})
	frappe.db.commit()


@pytest.fixture(scope="module")
def everybody(site):
	roles = (
		"System Manager",
		"Sales Manager",
		"Sales User",
		"Stock Manager",
		"Purchase User",
		"Accounts User",
	)
	user = data.make_login("Max Marker", *roles, "Order Approver", "Item Manager", "Stock User")
	frappe.db.commit()
	return user


@pytest.fixture
def watched(log_in, everybody):
	"""The desk of somebody with every role, on which a text that runs leaves a trace."""
	one = log_in(everybody)
	one.page.add_init_script(WATCH)
	return one


@pytest.fixture
def asked(switches, world):
	"""(draft that waits for the boss's approval, its approval's name)"""
	switches(approval=True, stock_lock=True, routing=True, fulfilment=True)
	frappe.db.set_value("Order Approval Rule Approver", {"parent": world.rule}, "role", "Order Approver")
	order = data.make_order(world, {"qty": 2}, discount=30)
	with factories.acting_as(order.owner):
		(approval,) = gate.ask(order.name)
	frappe.db.commit()
	plant_all(world, order)
	return order, approval


@pytest.fixture
def scarce(switches, world):
	"""(holder of all ten, order that waits for four); six more are free in the other warehouse."""
	switches(stock_lock=True, routing=True, fulfilment=True)
	factories.receive(world.item, 6, world.other_warehouse)
	holder = data.make_order(world, {"qty": 10}, submit=True)
	waiting = data.make_order(world, {"qty": 4}, submit=True)
	plant_all(world, holder, waiting)
	assert reservations.open_of_order(holder.name)
	return holder, waiting


def look(one, is_there=True) -> None:
	"""What is on the page now shows the text, and ran nothing of it."""
	one.settle()
	one.page.wait_for_timeout(300)  # a dialog slides in; a picture that is not there is given up
	if is_there:
		assert SHOWN in one.page.content(), "the text is not on this page"
	ran = one.page.evaluate("() => window.__hit")
	assert not ran, f"ran on {one.page.url}: {ran}"


def printed(one, doctype, name, print_format) -> None:
	"""A print shows the text, and ran nothing of it."""
	one.page.goto(f"/printview?doctype={doctype}&name={name}&format={print_format}")
	one.page.wait_for_timeout(300)
	assert SHOWN in one.page.content(), print_format
	assert not one.page.evaluate("() => window.__hit"), print_format


def press(one, name, within=None) -> None:
	(within or one.page).get_by_role("button", name=name, exact=True).first.click()
	look(one)


def close_dialog(one) -> None:
	"""Again and again: a dialog that still slides in does not hear it."""
	one.page.wait_for_function("() => { $('.modal.show').modal('hide'); return !$('.modal.show').length; }")


def test_an_order_that_waits_and_each_of_its_dialogs(asked, watched):
	order, _approval = asked
	one = watched
	one.open("Sales Order", order.name)
	look(one)
	for name in ("What If", "Why / Why Not", "Approve", "Refuse", "With Condition", "Forward"):
		press(one, name, one.flow)
		close_dialog(one)


def test_an_approval_and_the_inbox(asked, watched):
	_order, approval = asked
	one = watched
	one.open("Order Approval", approval)
	look(one, is_there=False)
	press(one, "Approve")
	close_dialog(one)
	one.visit("/app/approval-inbox")
	look(one)
	card = one.page.locator(".swf-card", has_text=_order.name)
	press(one, "What If", card)
	close_dialog(one)
	press(one, "Refuse", card)


def test_the_history_of_approvals_however_it_is_summed_up(asked, watched):
	order, _approval = asked
	one = watched
	report = f"/app/query-report/Approval History?company={order.company}&sales_order={order.name}"
	one.visit(report)
	look(one)
	for show in ("By Rule", "By Approver"):
		one.visit(f"{report}&show={show}")
		look(one, is_there=False)


def test_the_page_behind_an_e_mail(asked, watched, everybody):
	_order, approval = asked
	one = watched
	one.page.goto(data.mailed_address(frappe.get_doc("Order Approval", approval), everybody))
	one.page.wait_for_load_state("networkidle")
	assert SHOWN in one.page.content()
	assert one.page.evaluate("() => window.__hit") is None


def test_an_order_that_is_short_and_each_of_its_dialogs(scarce, watched):
	_holder, waiting = scarce
	one = watched
	one.open("Sales Order", waiting.name)
	look(one)
	for name in ("Who has it?", "What Is Missing", "Re-route"):
		press(one, name, one.page if name == "What Is Missing" else one.flow)  # the one black button
		if name == "Who has it?":
			press(one, "Change", one.page.locator(".modal.show"))
			close_dialog(one)
		close_dialog(one)


@pytest.mark.parametrize("report", ["Stock Locks", "Waiting Demand"])
def test_the_reports_of_the_stock_lock(scarce, world, watched, report):
	one, company = watched, factories.company().name
	one.visit(f"/app/query-report/{report}?company={company}&item_code={world.item}")
	look(one, is_there=False)
	assert world.item in one.page.locator(".datatable").inner_text()


def test_the_report_of_stages(scarce, watched):
	holder, _waiting = scarce
	frappe.db.set_value("Order Stage Log", {"sales_order": holder.name}, "warehouse", MARKER)
	frappe.db.commit()
	one, company = watched, factories.company().name
	one.visit(f"/app/query-report/Stage Times?company={company}&show=Each+Stay&sales_order={holder.name}")
	look(one, is_there=False)
	assert holder.name in one.page.locator(".datatable").inner_text()


def test_the_report_of_silent_parcels(switches, watched):
	switches(stock_lock=True)
	courier = couriers_world.make_courier()
	box, _number = couriers_world.make_parcel(courier)
	texts = {"tracking_no": MARKER, "customer": MARKER, "handed_over_on": "2026-01-01"}
	frappe.db.set_value("Order Box", box, texts)
	frappe.db.commit()
	one, company = watched, factories.company().name
	one.visit(f"/app/query-report/Silent Parcels?company={company}&courier={courier}")
	look(one, is_there=False)
	assert box in one.page.locator(".datatable").inner_text()


def test_the_recall_of_a_batch(world, watched):
	lots = {"has_batch_no": 1, "create_new_batch": 1, "batch_number_series": f"{factories.unique('L')}.####"}
	item = factories.stocked(2, world.warehouse, **lots)
	plant("Item", {"name": item})
	frappe.db.commit()
	batch = frappe.db.get_value("Batch", {"item": item})
	watched.visit(f"/app/query-report/Lot Recall?batch_no={batch}")
	look(watched, is_there=False)
	assert batch in watched.page.locator(".datatable").inner_text()


def picked(order) -> str:
	"""The Pick List of an order; a service that no courier offers would be refused."""
	from sales_wh_flow.picking import pick

	frappe.db.set_value("Sales Order", order.name, "swf_courier_service", None)
	(name,) = pick.make_lists(frappe.get_doc("Sales Order", order.name))
	return name


def test_the_warehouses_work_and_its_papers(scarce, world, watched):
	holder, _waiting = scarce
	pick_list = picked(holder)
	plant("Pick List", {"name": pick_list})
	plant("Pick List Item", {"parent": pick_list})
	frappe.db.commit()
	one = watched
	for kind in ("listed", "waiting"):
		one.visit(f"/app/warehouse-work/{world.warehouse}/{kind}")
		look(one)
	one.open("Pick List", pick_list)
	look(one)
	press(one, "Not All Found")


def test_a_note_that_leaves(scarce, watched):
	from sales_wh_flow.dispatch import deliver

	holder, _waiting = scarce
	name = picked(holder)
	pick_list = frappe.get_doc("Pick List", name)
	for row in pick_list.locations:
		row.picked_qty = row.stock_qty
	pick_list.save().submit()
	note = deliver.make_delivery_note(frappe.get_doc("Pick List", name))
	plant("Delivery Note", {"name": note})
	frappe.db.commit()
	one = watched
	one.open("Delivery Note", note)
	look(one)


def test_the_page_on_which_people_pick(scarce, watched):
	holder, _waiting = scarce
	pick_list = picked(holder)
	plant("Pick List Item", {"parent": pick_list})
	frappe.db.commit()
	one = watched
	one.visit("/app/pick")
	look(one, is_there=False)
	one.visit(f"/app/pick/{pick_list}")
	look(one)
	press(one, "Found Less")
	printed(one, "Pick List", pick_list, PICK_LIST)


def test_the_page_on_which_people_pack_and_what_is_printed_of_a_box(switches, watched):
	switches(stock_lock=True, fulfilment=True, packing="Warn")
	world = World(4, address=True)
	order, pick_list = world.picked_order()
	row = order.items[0]
	content = {"sales_order": order.name, "sales_order_item": row.name, "item_code": row.item_code}
	box = make_box({**content, "qty_stock": 1}, customer=world.customer, warehouse=world.place)
	for doctype, filters in (
		("Item", {"name": row.item_code}),
		("Customer", {"name": world.customer}),
		("Sales Order", {"name": order.name}),
		("Pick List Item", {"parent": pick_list.name}),
		("Order Box", {"name": box}),
		("Order Box Item", {"parent": box}),
	):
		plant(doctype, filters)
	frappe.db.commit()
	one = watched
	one.visit(f"/app/pack/{pick_list.name}")
	look(one)
	one.open("Order Box", box)
	look(one)
	one.visit("/app/counter")
	look(one, is_there=False)
	for print_format in PRINTS:
		printed(one, "Order Box", box, print_format)


def test_the_board_and_what_is_delayed(scarce, switches, watched, everybody):
	switches(stock_lock=True, routing=True, fulfilment=True, forecast=True, delay_alerts=True)
	waiting, company = scarce[1].name, scarce[1].company
	alert = {"sales_order": waiting, "company": company, "state": "Open", "lateness": "Late", "level": 1}
	alerts.raise_alerts([{**alert, "responsible_user": everybody, "cause": said.typed("late")}])
	frappe.db.set_value("Delay Alert", {"sales_order": waiting}, "cause", MARKER)
	frappe.db.commit()
	one = watched
	one.visit("/app/order-board")
	look(one)
	one.visit("/app/my-delays")
	look(one)
	assert waiting in one.page.locator(".md-card", has_text=SHOWN).first.inner_text()
	one.visit(f"/app/query-report/Open Orders by Stage?company={company}&by_warehouse=1")
	look(one, is_there=False)
	one.visit(f"/app/query-report/Returned Goods?company={company}")
	look(one, is_there=False)
	one.visit(f"/app/query-report/Order Figures?company={company}&show=Each Order")
	look(one, is_there=False)
	one.visit("/app/first-steps")
	look(one, is_there=False)
	printed(one, "Sales Order", waiting, CONFIRMATION)
