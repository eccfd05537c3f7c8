"""Money that a driver takes at the door is written down with the box, handed in, and becomes a payment."""

import pytest

import frappe
from frappe.utils import add_to_date, now_datetime

from erpnext.accounts.party import get_party_account

from sales_wh_flow.audit import check
from sales_wh_flow.delivery import api as delivery
from sales_wh_flow.delivery.store import to_pay
from sales_wh_flow.door_money import api
from sales_wh_flow.door_money import hand_in as handing_in
from sales_wh_flow.door_money.store import owed as debts
from sales_wh_flow.order_board import api as board
from tests import factories as make
from tests.billing.billing_world import invoice_of, pay_ahead
from tests.delivery import delivery_world as world

pytestmark = pytest.mark.usefixtures("in_this_transaction")


@pytest.fixture(autouse=True)
def flow_is_on(switches):
	switches(stock_lock=True, fulfilment=True)


@pytest.fixture
def cash():
	"""A Mode of Payment with an account in the company."""
	drawer = {"account_type": "Cash", "company": make.company().name, "is_group": 0}
	account = frappe.db.get_value("Account", drawer)
	mode = {"doctype": "Mode of Payment", "mode_of_payment": make.unique("Cash"), "type": "Cash"}
	accounts = [{"company": make.company().name, "default_account": account}]
	return frappe.get_doc({**mode, "accounts": accounts}).insert().name


@pytest.fixture
def sent(place):
	"""An order of 500 that is paid at the door, its boxes of 200 and 300, and their hand-over."""
	order, pick = world.picked_order(5, warehouse=place, swf_cod=1)
	boxes = [world.boxes_of(pick, {0: qty}, cod_amount=amount)[0] for qty, amount in ((2, 200), (3, 300))]
	assert order.grand_total == 500
	return order, boxes, world.handed_over(*boxes)


def paid(amount, mode, **more):
	return {"amount": amount, "mode_of_payment": mode, **more}


def proof_of(answer):
	return frappe.get_doc("Delivery Proof", answer["proof"])


def handed_in(*proofs):
	return api.hand_in([it["proof"] for it in proofs], world.key())


def booked(proof, payment):
	return api.hand_in([proof["proof"]], world.key(), payment)


def test_a_box_to_be_paid_goes_with_a_courier_or_a_driver_who_collects(place):
	order, pick = world.picked_order(2, warehouse=place, swf_cod=1)
	first, second = world.boxes_of(pick, {0: 1}, {0: 1}, cod_amount=100)
	courier = world.make_courier()
	without = world.begin(courier, place)

	with pytest.raises(frappe.ValidationError, match="collects no money"):
		world.scan(without, first)

	driven = world.begin(courier, place, driver=world.make_driver())
	assert world.scan(driven, first)["scanned"] == first
	pay_ahead(order, order.grand_total)
	assert world.scan(without, second)["scanned"] == second, "paid meanwhile"


def test_no_money_is_taken_for_a_box_that_asks_for_none(place, cash):
	order, pick = world.picked_order(1, warehouse=place)
	(box,) = world.boxes_of(pick)
	world.handed_over(box)
	(shown,) = [it for it in delivery.my_deliveries()["boxes"] if it["box"] == box]
	assert (shown["collect"], shown["currency"]) == (0, order.company_currency)
	tip = paid(500, cash, reason="x")

	with pytest.raises(frappe.ValidationError, match=r"nothing is to be collected .*500"):
		world.prove(box, money=tip)
	proof = world.prove(box)["proof"]
	with pytest.raises(frappe.ValidationError, match="nothing is to be collected"):
		world.correct(proof, "accept", money=tip)


def test_what_was_taken_is_handed_in_as_one_payment_of_the_order(sent, cash):
	order, (first, second), handover = sent
	shown = {box["box"]: box for box in delivery.my_deliveries()["boxes"]}
	assert [shown[box]["collect"] for box in (first, second)] == [200, 300]
	without_account = {
		"doctype": "Mode of Payment",
		"mode_of_payment": make.unique("Voucher"),
		"type": "General",
	}
	frappe.get_doc(without_account).insert()
	modes = delivery.my_deliveries()["modes"]
	assert cash in modes and without_account["mode_of_payment"] not in modes

	one = world.prove(first, money=paid(200, cash))
	proof = proof_of(one)
	assert (proof.to_collect, proof.money_taken, proof.mode_of_payment, proof.actor) == (
		*(200, 200, cash),
		frappe.session.user,
	)
	assert [it for it in delivery.my_deliveries()["in_hand"] if it["mode_of_payment"] == cash] == [
		{"mode_of_payment": cash, "currency": order.company_currency, "amount": 200}
	]
	open_still = api.money_of_handover(handover)
	assert (open_still["to_collect"], [row["taken"] for row in open_still["rows"]]) == (300, [200])

	printed = frappe.get_print("Courier Handover", handover, "Courier Manifest")
	sums = [f"{order.company_currency} {amount}" for amount in (300, 200)]
	assert printed.count(f"Collect on delivery: {sums[0]}") == printed.count("Collect on delivery") == 1
	assert [printed.count(f"<b>{sums[0]}</b>"), printed.count(f"<td>{sums[1]}</td>")] == [1, 1]

	two = world.prove(second, money=paid(300, cash))
	done = handed_in(one, two)

	(payment,) = [frappe.get_doc("Payment Entry", name) for name in done["payments"]]
	assert (payment.docstatus, payment.paid_amount, done["posted"]) == (0, 500, [])
	assert [(it.reference_doctype, it.reference_name, it.allocated_amount) for it in payment.references] == [
		("Sales Order", order.name, 500)
	]
	assert not [it for it in delivery.my_deliveries()["in_hand"] if it["mode_of_payment"] == cash]
	rows = board.order_overview(order.name)["door_money"]
	assert {row["box"]: row["payment_entry"] for row in rows} == dict.fromkeys((first, second), payment.name)
	with pytest.raises(frappe.ValidationError, match=f"handed in already: .*{payment.name}"):
		handed_in(one)


def test_money_pays_the_order_it_was_taken_for_and_no_draft_pays_it_again(sent, cash, place):
	order, (first, second), _handover = sent
	other, pick = world.picked_order(1, warehouse=place, swf_cod=1, customer=order.customer)
	(small,) = world.boxes_of(pick, cod_amount=100)
	world.handed_over(small)
	ahead = paid(250, cash, reason="No change")
	proofs = [world.prove(first, money=ahead), world.prove(small, money=paid(100, cash))]

	def pays(done):
		(payment,) = done["payments"]
		rows = frappe.get_doc("Payment Entry", payment).references
		return {it.reference_name: it.allocated_amount for it in rows}

	assert pays(handed_in(*proofs)) == {order.name: 250, other.name: 100}
	more = world.prove(second, money=paid(350, cash, reason="No change"))
	assert proof_of(more).to_collect == 250
	assert pays(handed_in(more)) == {order.name: 250}


def test_money_that_was_booked_by_hand_is_not_taken_off_twice(sent, cash):
	order, (first, second), _handover = sent
	one = world.prove(first, money=paid(200, cash))
	assert to_pay.still_to_collect([second])[second][0] == 300
	by_hand = pay_ahead(order, 200, mode_of_payment=cash).name
	assert to_pay.still_to_collect([second])[second][0] == 300
	assert booked(one, by_hand)["posted"] == [by_hand]
	assert to_pay.still_to_collect([second])[second][0] == 300
	with pytest.raises(frappe.ValidationError, match=f"handed in already: .*{by_hand}"):
		handed_in(one)
	pay_ahead(order, 250)
	assert to_pay.still_to_collect([second])[second][0] == 50
	two = world.prove(second, money=paid(300, cash, reason="Rounded"))
	with pytest.raises(frappe.ValidationError, match=r"is over .*200.* that .*500.* were taken"):
		booked(two, by_hand)
	other = world.picked_order(1, swf_cod=1)[0]
	with pytest.raises(frappe.ValidationError, match="no submitted payment of the customer"):
		booked(two, pay_ahead(other, 100).name)


@pytest.mark.parametrize(("refused", "due"), [(0, 100), (1, 0)], ids=["the paid goods", "the open ones"])
def test_of_two_orders_in_a_box_one_was_paid_meanwhile_and_a_part_is_refused(place, cash, refused, due):
	one, pick = world.picked_order(1, warehouse=place, swf_cod=1)
	_two, other = world.picked_order(1, warehouse=place, swf_cod=1, customer=one.customer)
	inside = [world.content(it.locations[0]) for it in (pick, other)]
	box = world.box(*inside, cod_amount=200)
	world.handed_over(box)
	pay_ahead(one, 100)
	(shown,) = [it for it in delivery.my_deliveries()["boxes"] if it["box"] == box]
	assert (shown["collect"], [row["worth"] for row in shown["rows"]]) == (100, [0, 100])
	row = {"row": shown["rows"][refused]["row"], "refused_qty": 1, "reason": "Damaged"}
	answer = world.prove(box, "part", rows=[row], money=paid(due, cash if due else ""))
	assert proof_of(answer).to_collect == due


def test_an_invoice_is_paid_where_there_is_one_and_posted_where_the_settings_say_so(sent, cash, switches):
	switches(stock_lock=True, fulfilment=True, submit_door_payments=1)
	order, (first, _second), _handover = sent
	invoice = invoice_of(order)
	done = handed_in(world.prove(first, money=paid(200, cash)))
	assert done["posted"] == done["payments"]
	assert frappe.db.get_value("Sales Invoice", invoice.name, "outstanding_amount") == 300


def test_less_needs_a_reason_and_is_refused_where_unpaid_boxes_are_not_left(sent, cash, switches):
	_order, (first, second), handover = sent
	with pytest.raises(frappe.ValidationError, match=r"150.* was taken and .*200.* is to be"):
		world.prove(first, money=paid(150, cash))
	switches(stock_lock=True, fulfilment=True, unpaid_boxes="Block")
	for money in (paid(150, cash, reason="No change"), None):
		with pytest.raises(frappe.ValidationError, match="Refused with the reason No Money"):
			world.prove(first, money=money)
	with pytest.raises(frappe.ValidationError, match="Refused with the reason No Money"):
		world.prove(first, money=paid(150, cash, due=150))
	world.prove(first, "refuse", reason="No Money", money=paid(0, ""))
	assert world.state_of(first) == "Refused"
	assert api.money_of_handover(handover)["to_collect"] == 300
	switches(stock_lock=True, fulfilment=True, unpaid_boxes="Shadow")
	before = times_of_money()
	world.prove(second, money=paid(100, cash, reason="Pays the rest tomorrow"))
	assert times_of_money() == before + 1


def times_of_money():
	return sum(it["times"] for it in delivery.unproved_deliveries() if it["what"] == "money")


def test_what_a_phone_tells_late_is_kept_with_what_was_taken(sent, cash, switches):
	switches(stock_lock=True, fulfilment=True, unpaid_boxes="Block")
	order, (first, _second), _handover = sent
	hours_ago = str(add_to_date(now_datetime(), hours=-3))
	short = world.prove(first, money=paid(150, cash), happened_on=hours_ago)
	assert (proof_of(short).to_collect, proof_of(short).money_taken) == (200, 150)
	pay_ahead(order, 500)
	named = world.correct(
		short["proof"], "accept", receiver="Bea", money=paid(150, cash), happened_on=hours_ago
	)
	assert (proof_of(named).to_collect, proof_of(named).money_taken) == (200, 150)


def test_a_part_that_is_refused_is_not_paid_for(sent, cash):
	_order, (_first, second), _handover = sent
	row = {"row": world.row_of(second), "refused_qty": 1, "reason": "Damaged"}
	answer = world.prove(second, "part", rows=[row], money=paid(200, cash))
	assert proof_of(answer).to_collect == 200
	handed_in(answer)
	with pytest.raises(frappe.ValidationError, match=r"200.* was taken and .*300.* is to be"):
		world.correct(answer["proof"], "accept", money=paid(200, cash))


def test_a_correction_keeps_what_was_said_of_money_and_posted_money_stays(sent, cash):
	_order, (first, _second), _handover = sent
	wrong = world.prove(first, money=paid(20, cash, reason="typed wrong"))
	driver = proof_of(wrong).taken_by
	with make.acting_as(make.make_user("Stock User")):
		with pytest.raises(frappe.PermissionError, match="its money is with"):
			world.correct(wrong["proof"], "accept", money=paid(0, "", reason="typed wrong, too"))
	with make.acting_as(make.make_user("Stock Manager")):
		nothing = world.correct(wrong["proof"], "accept", money=paid(0, "", reason="typed wrong, too"))
		right = world.correct(nothing["proof"], "accept", money=paid(200, cash))
	assert proof_of(right).taken_by == driver == frappe.session.user  # who was there hands it in
	assert [proof_of(it).money_taken for it in (wrong, right)] == [20, 200]
	with pytest.raises(frappe.ValidationError, match="was replaced by"):
		handed_in(wrong)
	(payment,) = handed_in(right)["payments"]
	with pytest.raises(frappe.ValidationError, match=f"{payment}.* was made of"):
		world.correct(right["proof"], "accept", money=paid(190, cash, reason="Counted again"))
	named = world.correct(right["proof"], "accept", receiver="Bea")
	assert (proof_of(named).money_taken, proof_of(named).payment_entry) == (200, payment)

	frappe.delete_doc("Payment Entry", payment)
	again = world.correct(named["proof"], "accept", money=paid(190, cash, reason="Counted again"))
	(payment,) = handed_in(again)["payments"]
	assert frappe.db.get_value("Payment Entry", payment, "paid_amount") == 190


def test_the_money_of_a_discarded_draft_is_handed_in_again(sent, cash):
	_order, (first, _second), handover = sent
	taken = world.prove(first, money=paid(200, cash))
	(draft,) = handed_in(taken)["payments"]

	make.discarded(frappe.get_doc("Payment Entry", draft))

	(shown,) = [it for it in api.money_of_handover(handover)["rows"] if it["proof"] == taken["proof"]]
	assert shown["payment_entry"] == ""
	(again,) = handed_in(taken)["payments"]
	assert again != draft
	assert [row.allocated_amount for row in frappe.get_doc("Payment Entry", again).references] == [200]


def cancelled(payment):
	payment.submit()
	payment.cancel()


@pytest.mark.parametrize("end", [cancelled, make.discarded])
def test_what_amends_a_payment_that_ended_holds_its_money(sent, cash, end):
	_order, (first, _second), _handover = sent
	taken = world.prove(first, money=paid(200, cash))
	(name,) = handed_in(taken)["payments"]
	payment = frappe.get_doc("Payment Entry", name)
	end(payment)
	corrected = world.correct(taken["proof"], "accept", money=paid(180, cash, reason="Counted again"))
	amended = frappe.copy_doc(payment)
	amended.update({"amended_from": payment.name, "docstatus": 0, "paid_amount": 180, "received_amount": 180})
	amended.references[0].allocated_amount = 180
	amended.insert()
	with pytest.raises(frappe.ValidationError, match=f"already: .*{amended.name}"):
		handed_in(corrected)


def found_of(order):
	return {(it.code, it.found, it.expected) for it in check.look(orders=[order.name]) if "door" in it.code}


@pytest.mark.unchecked
def test_the_check_finds_money_that_stayed_with_its_driver_or_became_another_sum(sent, cash):
	order, (first, second), _handover = sent
	proofs = [world.prove(first, money=paid(200, cash)), world.prove(second, money=paid(300, cash))]
	assert not found_of(order)
	week_ago = add_to_date(now_datetime(), days=-8)
	frappe.db.set_value("Delivery Proof", proofs[0]["proof"], "recorded_on", week_ago)
	assert found_of(order) == {("door_money_kept", 200, str(now_datetime().date()))}
	(payment,) = handed_in(*proofs)["payments"]
	assert not found_of(order)
	frappe.db.set_value("Payment Entry", payment, "base_received_amount", 450)
	assert found_of(order) == {("door_payment_differs", 450, 500)}
	frappe.db.delete("Payment Entry", {"name": payment})
	assert found_of(order) == {("door_payment_gone", payment, "")}


def account_in(currency, kind):
	"""An account of the company that is kept in another currency."""
	like = {"account_type": kind, "company": make.company().name, "is_group": 0}
	account = frappe.copy_doc(frappe.get_doc("Account", like))
	account.update({"account_name": make.unique(kind), "account_number": None, "account_currency": currency})
	return account.insert().name


def test_money_is_not_handed_in_at_a_rate_that_nobody_knows(sent, cash, monkeypatch):
	order, (first, _second), _handover = sent
	other = "GBP" if order.company_currency != "GBP" else "EUR"
	taken = world.prove(first, money=paid(200, cash))
	drawer = account_in(other, "Cash")
	mode = frappe.get_doc("Mode of Payment", cash)
	usual = mode.accounts[0].default_account
	mode.accounts[0].default_account = drawer
	mode.save()
	with pytest.raises(frappe.ValidationError, match=f"{drawer}.*which is not kept in"):
		handed_in(taken)
	mode.accounts[0].default_account = usual
	mode.save()

	customer = frappe.get_doc("Customer", order.customer)
	customer.default_currency = other
	customer.append("accounts", {"company": order.company, "account": account_in(other, "Receivable")})
	customer.save()
	monkeypatch.setattr(handing_in, "get_exchange_rate", lambda *_: 0.0)
	with pytest.raises(frappe.ValidationError, match=f"no rate of today from .*{other}"):
		handed_in(taken)


def test_an_order_in_another_currency_owes_what_it_costs_in_that_of_the_account(sent):
	order, _boxes, _handover = sent
	totals = {"currency": "PLN", "grand_total": 2150, "rounded_total": 0, "base_rounded_total": 0}
	frappe.db.set_value("Sales Order", order.name, totals)
	account = get_party_account("Customer", order.customer, order.company)
	assert [it.amount for it in debts.owed_of([order.name], account)] == [500]


@pytest.mark.parametrize(
	("roles", "may_read", "may_hand_in"),
	[
		(("Accounts User",), True, True),
		(("Stock User",), True, False),
		(("Sales User",), True, False),
		(("Delivery User",), False, False),
		(("HR User",), False, False),
	],
)
def test_accounts_take_money_in_and_nobody_else(sent, cash, roles, may_read, may_hand_in):
	_order, (first, _second), handover = sent
	taken = world.prove(first, money=paid(200, cash))
	with make.acting_as(make.make_user(*roles)):
		if may_read:
			assert api.money_of_handover(handover)["may_hand_in"] is may_hand_in
		else:
			with pytest.raises(frappe.PermissionError):
				api.money_of_handover(handover)
		if may_hand_in:
			assert handed_in(taken)["posted"] == []
		else:
			with pytest.raises(frappe.PermissionError):
				handed_in(taken)
