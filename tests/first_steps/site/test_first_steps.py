"""Ready-made set-ups: tried on the company's own orders, switched on with one click, and taken away."""

import pytest

import frappe
from frappe.utils import add_to_date

from sales_wh_flow.approval import api as approvals
from sales_wh_flow.base.settings import is_on
from sales_wh_flow.first_steps import api, distances, past, records
from sales_wh_flow.first_steps import checks as checking
from sales_wh_flow.first_steps.rules import templates
from sales_wh_flow.first_steps.store import lacking
from sales_wh_flow.order.store import sending as sending_warehouses
from sales_wh_flow.routing.store import rules
from tests import factories as make

pytestmark = pytest.mark.usefixtures("in_this_transaction")
READS = (api.first_steps, api.what_is_on)
NEED_WRITE = (
	lambda: api.try_template("discount", make.company().name),
	lambda: api.switch_on("discount", make.company().name),
	lambda: api.remove_template("discount", make.company().name),
	lambda: api.mend_check("stock_settings"),
)


@pytest.fixture(autouse=True)
def nothing_on(switches):
	switches()
	frappe.db.sql("update `tabOrder Approval Rule` set enabled = 0")


def tried(template, **values):
	return api.try_template(template, make.company().name, **values)


def test_a_trial_tells_which_of_the_last_orders_would_have_asked_and_writes_nothing():
	given = make.make_order(make.line(rate=70, price_list_rate=100), submit=True)
	fair = make.make_order(make.line(rate=95, price_list_rate=100), submit=True)
	before = frappe.db.count("Order Approval Rule")

	found = tried("discount", value=20)

	told = {row["sales_order"]: row["words"] for row in found["rows"]}
	assert given.name in told and "30 %" in told[given.name]
	assert fair.name not in told
	assert found["hit"] == len(found["rows"]) <= found["looked_at"] <= past.MOST
	assert frappe.db.count("Order Approval Rule") == before and not is_on("approval")


def test_one_click_makes_the_rule_and_switches_approval_on_so_that_the_next_order_asks():
	done = api.switch_on("discount", make.company().name, value=20)

	(rule,) = [one["name"] for one in done["made"]]
	assert done["switched"] == ["Approval"] and is_on("approval")
	order = make.make_order(make.line(rate=70, price_list_rate=100))
	assert rule in [need["rule"] for need in approvals.approvals_of(order.name)["owed"]]
	shown = {one["template"]: one for one in api.first_steps(make.company().name)["templates"]}
	assert shown["discount"]["is_on"] and not shown["nearest"]["is_on"]


def test_the_workspaces_steps_are_done_once_their_thing_is_there_whichever_road_it_was_made_on():
	for doctype in ("Courier", "Warehouse Routing Rule"):
		frappe.db.sql(f"update `tab{doctype}` set enabled = 0")
	frappe.db.sql("update `tabOnboarding Step` set is_complete = 0")

	frappe.get_doc({"doctype": "Courier", "courier_name": "_Test Van", "enabled": 1}).insert()
	assert open_steps() == {
		"See What Stands in the Way",
		"Say Who Approves What",
		"Lock Stock on Submit",
		"Say Which Warehouse Serves",
	}
	for template in ("discount", "lock_on_submit"):
		api.switch_on(template, make.company().name)
	assert open_steps() == {"Say Which Warehouse Serves"}


def open_steps():
	onboarding = frappe.get_doc("Module Onboarding", "Order Flow First Steps")
	return {step.name for step in onboarding.get_steps() if not step.is_complete}


def test_what_nothing_was_decided_by_is_removed_the_rest_is_switched_off():
	company = make.company().name
	(rule,) = [one["name"] for one in api.switch_on("discount", company)["made"]]
	(credit,) = [one["name"] for one in api.switch_on("credit_limit", company)["made"]]
	order = make.make_order(make.line(rate=50, price_list_rate=100))
	approvals.ask_for_approval(order.name)

	assert api.remove_template("discount", company) == {"removed": [], "switched_off": [rule]}
	assert api.remove_template("credit_limit", company)["removed"] == [credit]
	assert frappe.db.get_value("Order Approval Rule", rule, "enabled") == 0
	assert not frappe.db.exists("Order Approval Rule", credit)
	assert api.switch_on("discount", company)["made"][0]["name"] == rule
	assert frappe.db.get_value("Order Approval Rule", rule, "enabled") == 1


def test_the_nearest_warehouse_is_planned_for_past_orders_as_routing_would():
	near, far = make.make_warehouses(2)
	for place, latitude in ((near, 48.1), (far, 53.5)):
		frappe.db.set_value("Warehouse", place, {"swf_latitude": latitude, "swf_longitude": 11.5})
	item = make.stocked_in((5, near), (5, far))
	customer = make.make_customer()
	address = make.make_address(customer, 48.2, 11.6)
	order = make.make_order(
		make.line(item, qty=2, warehouse=far), customer=customer, shipping_address_name=address, submit=True
	)

	found = {row["sales_order"]: row["words"] for row in tried("nearest")["rows"]}

	assert found[order.name] == f"{near} instead of {far}"
	assert frappe.db.get_value("Sales Order Item", order.items[0].name, "warehouse") == far


def test_what_has_no_place_is_told_before_the_nearest_warehouse_is_switched_on():
	company = make.company().name
	with_pin, without, transit = (make.make_warehouse(f"A0{number}") for number in range(3))
	frappe.db.set_value("Warehouse", with_pin, "pin", "60601")
	frappe.db.set_value("Warehouse", transit, "warehouse_type", "Transit")
	frappe.db.delete("Postcode Place")
	order = make.make_order(make.line(warehouse=with_pin), submit=True)

	told = " ".join(told_of_places(company))
	(lack,) = tried("nearest")["lacks"]

	assert without in distances_unknown(company) and transit not in told
	assert "Postcode Place is empty" in told and "Its Address is not read" in told
	assert "Distances are unknown for" in lack["text"] and lack["route"] == ["postcode-place"]
	assert tried("discount")["lacks"] == []
	for table, name in (("Warehouse", one) for one in distances_unknown(company)):
		frappe.db.set_value(table, name, {"swf_latitude": 48.1, "swf_longitude": 11.5})
	assert told_of_places(company) == []
	address = make.make_address(order.customer, 48.2, 11.6)
	frappe.db.sql("update `tabSales Order` set shipping_address_name = %s", address)
	assert tried("nearest")["lacks"] == []


def distances_unknown(company):
	sending = sending_warehouses.that_send(records.selling_warehouses(company))
	return sorted(distances.unknown_for(sending, ())[0])


def told_of_places(company):
	return [row["text"] for row in checking.find_gaps(company) if row["check"] == "places"]


def test_a_warehouse_added_later_sends_by_the_set_up_of_the_nearest():
	company = make.company().name
	api.switch_on("nearest", company)
	root = frappe.db.get_value(
		"Warehouse", {"company": company, "is_group": 1, "parent_warehouse": ("is", "not set")}
	)

	added = make.make_warehouse(parent_warehouse=root)

	(made,) = [one["name"] for one in records.made_by(templates.TEMPLATES["nearest"], company)]
	assert added in [row.warehouse for row in rules.rules(company).candidates[made]]
	assert told_as_left_out(company) == []


def test_a_selling_warehouse_that_no_routing_rule_knows_is_told():
	company = make.company().name
	frappe.get_doc("Sales Flow Settings").update({"routing": "On"}).save()
	frappe.db.sql("update `tabWarehouse Routing Rule` set enabled = 0")
	known, unknown, no_seller = (make.make_warehouse(f"A{number}") for number in range(3))
	frappe.db.set_value("Warehouse", no_seller, "swf_is_sellable", 0)
	assert told_as_left_out(company) == []

	make.make_routing_rule(known)

	told = lacking.known_to_no_rule(company, (known, unknown, no_seller))
	assert unknown in told and known not in told
	assert len(told_as_left_out(company)) == 1 and no_seller not in told_as_left_out(company)[0]
	with make.acting_as(make.make_user("System Manager")):  # who may see no warehouse
		assert told_as_left_out(company) == []


def told_as_left_out(company):
	return [row["text"] for row in checking.find_gaps(company) if row["check"] == "left_out"]


def test_what_does_the_same_already_is_told_beside_a_set_up():
	company = make.company().name
	rule = make.make_routing_rule(make.make_warehouse()).name
	limit = make.make_rule("Discount", 12, company=company).name

	shown = {one["template"]: one["others"] for one in api.first_steps(company)["templates"]}

	assert rule in [one["name"] for one in shown["nearest"]] or len(shown["nearest"]) == 3
	assert [one["name"] for one in shown["discount"]] == [limit] and not shown["lock_on_submit"]


def test_what_begins_is_told_before_a_set_up_is_switched_on():
	company = make.company().name
	first = make.make_routing_rule(make.make_warehouse(), priority=10).name
	make.make_rule("Discount", 12, company=company, title="Twelve")

	begins = {one["template"]: " ".join(one["begins"]) for one in api.first_steps(company)["templates"]}

	assert "decide instead of it" in begins["nearest"] and first in begins["nearest"]
	assert "Order Approver" in begins["discount"] and "These ask as well: Twelve." in begins["discount"]
	assert "locks its stock" in begins["lock_on_submit"]
	with make.acting_as(make.make_user("System Manager")):  # who may see no warehouse
		assert api.first_steps(company)["templates"]


def test_once_a_set_up_has_made_its_rule_the_rules_own_figure_is_shown():
	company = make.company().name
	api.switch_on("discount", company, value=20)

	shown = {one["template"]: one["figure"] for one in api.first_steps(company)["templates"]}

	assert (shown["discount"], shown["credit_limit"]) == (20, 100)


def test_the_nearest_warehouse_changes_nothing_where_rules_that_come_first_decide():
	near, far = make.make_warehouses(2)
	for place, latitude in ((near, 48.1), (far, 53.5)):
		frappe.db.set_value("Warehouse", place, {"swf_latitude": latitude, "swf_longitude": 11.5})
	item, customer = make.stocked_in((5, near), (5, far)), make.make_customer()
	address = make.make_address(customer, 48.2, 11.6)
	make.make_routing_rule(far, customer=customer, priority=10)
	order = make.make_order(
		make.line(item, qty=2, warehouse=far), customer=customer, shipping_address_name=address, submit=True
	)

	assert order.name not in {row["sales_order"] for row in tried("nearest")["rows"]}


def test_a_company_with_a_gate_of_its_own_is_told_beside_the_switch():
	company = make.company().name
	settings = frappe.get_doc("Sales Flow Settings")
	settings.update({"packing": "Off", "packing_companies": [{"company": company, "gate": "Block"}]}).save()

	(row,) = [one for one in api.what_is_on()["rows"] if one["switch"] == "packing"]

	assert row["state"] == "Off" and row["companies"] == [{"company": company, "state": "Block"}]


def test_lock_on_submit_tells_whose_stock_is_promised_twice():
	place = make.make_warehouse()
	item = make.stocked(5, place)
	first = make.make_order(make.line(item, qty=4, warehouse=place), submit=True)
	second = make.make_order(make.line(item, qty=4, warehouse=place), submit=True)

	found = {row["sales_order"]: row["words"] for row in tried("lock_on_submit")["rows"]}

	assert found[first.name] == "locked in full"
	assert found[second.name] == f"waits for stock, behind {first.name}"


def test_couriers_are_made_of_the_companys_transporters():
	carrier = frappe.get_doc(
		{
			"doctype": "Supplier",
			"supplier_name": make.unique("Carrier"),
			"supplier_group": frappe.db.get_value("Supplier Group", {"is_group": 0}),
			"is_transporter": 1,
		}
	).insert()

	done = api.switch_on("couriers", make.company().name)

	assert carrier.supplier_name in [one["name"] for one in done["made"]]


def test_stock_settings_that_stand_in_the_way_are_corrected_with_one_click():
	frappe.db.set_single_value("Stock Settings", "enable_stock_reservation", 0)
	company = make.company().name
	assert "stock_settings" in [row["check"] for row in api.first_steps(company)["checks"]]

	left = api.mend_check("stock_settings")

	assert "stock_settings" not in [row["check"] for row in left]
	assert frappe.db.get_single_value("Stock Settings", "enable_stock_reservation")


def test_a_scheduler_that_is_on_and_runs_nothing_is_told():
	ours = ("like", "sales_wh_flow.%")
	frappe.db.set_single_value("System Settings", "enable_scheduler", 1)
	times = {"creation": add_to_date(None, days=-1), "last_execution": None}
	frappe.db.set_value("Scheduled Job Type", {"method": ours}, times, update_modified=False)
	assert "has run nothing" in told_of_scheduler()

	served = {"method": ("like", "%serve_waiting_demand")}
	frappe.db.set_value("Scheduled Job Type", served, "last_execution", add_to_date(None, minutes=-4))
	assert "has run nothing" not in told_of_scheduler()


def told_of_scheduler():
	gaps = checking.find_gaps(make.company().name)
	return " ".join(row["text"] for row in gaps if row["check"] == checking.SCHEDULER)


def test_warehouse_people_who_may_not_read_addresses_get_the_right_with_one_click(switches):
	company = make.company().name

	def checks():
		return [row["check"] for row in checking.find_gaps(company)]

	assert checking.STEP_RIGHTS not in checks()
	for on in ({"stock_lock": True}, {"stock_lock": True, "fulfilment": True}):
		switches(**on, rights_of_the_way=0)
		assert checking.STEP_RIGHTS in checks()

	left = api.mend_check(checking.STEP_RIGHTS)

	assert checking.STEP_RIGHTS not in [row["check"] for row in left]
	assert frappe.db.get_single_value("Sales Flow Settings", "rights_of_the_way")


def test_a_role_that_rules_ask_and_nobody_has_is_told():
	role = frappe.get_doc({"doctype": "Role", "role_name": make.unique("Nobody")}).insert().name
	frappe.get_doc("Sales Flow Settings").update({"approval": "On"}).save()
	make.make_rule(approver_role=role)

	assert any(role in row["text"] for row in checking.find_gaps(make.company().name))


def test_who_sets_up_takes_the_role_that_rules_ask_with_one_click():
	role = frappe.get_doc({"doctype": "Role", "role_name": make.unique("Nobody")}).insert().name
	frappe.get_doc("Sales Flow Settings").update({"approval": "On"}).save()
	make.make_rule(approver_role=role)

	with make.acting_as(make.make_user("System Manager")) as manager:
		left = api.mend_check("approvers")
		assert role in frappe.get_roles(manager)
	assert not any(role in row["text"] for row in left)
	frappe.db.set_single_value("Sales Flow Settings", "approval", "Off")
	with make.acting_as(make.make_user("Sales Manager")), pytest.raises(frappe.PermissionError):
		checking.mend_gap("approvers")


def test_what_is_on_counts_the_records_that_its_list_shows():
	frappe.get_doc("Sales Flow Settings").update({"approval": "On"}).save()
	make.make_rule(threshold=10)
	order = make.make_order(make.line(rate=50, price_list_rate=100))
	approvals.ask_for_approval(order.name)

	rows = {row["switch"]: row for row in api.what_is_on()["rows"]}

	assert (rows["approval"]["state"], rows["stock_lock"]["state"]) == ("On", "Off")
	asked = rows["approval"]["figures"][0]
	filters = [["Order Approval", name, *condition] for name, condition in asked["filters"].items()]
	assert asked["count"] == len(frappe.get_all("Order Approval", filters, limit=1000)) >= 1


def test_an_update_that_was_not_migrated_yet_shows_the_switches_that_the_site_has(monkeypatch):
	fields = type(frappe.get_meta("Sales Flow Settings")).get_field
	newer = ("packing", "forecast")
	monkeypatch.setattr(
		type(frappe.get_meta("Sales Flow Settings")),
		"get_field",
		lambda meta, name: None if name in newer else fields(meta, name),
	)

	shown = {row["switch"] for row in api.what_is_on()["rows"]}
	assert shown and not shown & set(newer)


@pytest.mark.parametrize("call", NEED_WRITE)
def test_who_may_not_set_the_flow_up_tries_and_switches_nothing(call):
	with make.acting_as(make.make_user("Sales Manager")), pytest.raises(frappe.PermissionError):
		call()
	assert not is_on("approval")


def test_who_reads_the_settings_sees_what_is_on_and_nobody_else():
	with make.acting_as(make.make_user("Sales Manager")):
		assert api.first_steps()["may_set_up"] is False
		assert api.what_is_on()["rows"]
	for call in READS:
		with make.acting_as(make.make_user("HR User")), pytest.raises(frappe.PermissionError):
			call()
