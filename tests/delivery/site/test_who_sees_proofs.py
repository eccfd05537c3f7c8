"""Proofs hold signatures, hand-overs names and addresses of receivers: who is permitted some customers or
orders alone sees theirs.
"""

import pytest

import frappe
from frappe.permissions import add_user_permission

from tests.delivery import delivery_world as world
from tests.factories import acting_as, make_customer, make_territory, make_user

pytestmark = pytest.mark.usefixtures("in_this_transaction")


def seen(parent, rows, name):
	"""(listed by itself, how many of its rows, whether it may be read)"""
	listed = frappe.get_list(parent, {"name": name}, pluck="name")
	of_it = frappe.get_list(rows, {"parent": name}, parent_doctype=parent)
	return bool(listed), len(of_it), bool(frappe.has_permission(parent, "read", doc=name))


@pytest.mark.parametrize("role", ["Sales User", "Accounts User"])
@pytest.mark.parametrize("kind", ["Customer", "Territory"])
def test_a_reader_of_some_customers_sees_their_proofs_and_hand_overs_alone(place, switches, role, kind):
	switches(stock_lock=True, fulfilment=True)
	theirs, others = ({"customer": make_customer(), "territory": make_territory()} for _ in range(2))
	picks = [world.picked_order(2, warehouse=place, **of)[1] for of in (theirs, theirs, others)]
	(first,), (second,), (other,) = map(world.boxes_of, picks)
	courier, user = world.make_courier(takes_cod=1), make_user(role)
	own, mixed = world.handed_over(first, courier=courier), world.handed_over(second, other, courier=courier)
	proofs = [world.prove(box)["proof"] for box in (first, other)]

	for limit in (None, theirs[kind.lower()]):
		if limit:
			add_user_permission(kind, limit, user, ignore_permissions=True)
		with acting_as(user):
			told = [
				*(seen("Delivery Proof", "Delivery Proof Item", proof) for proof in proofs),
				*(seen("Courier Handover", "Courier Handover Box", one) for one in (own, mixed)),
			]
		of_others = (False, 0, False)
		whole = [(True, 1, True), (True, 1, True), (True, 1, True), (True, 2, True)]
		assert told == (whole if not limit else [whole[0], of_others, whole[2], of_others])
