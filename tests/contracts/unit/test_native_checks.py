"""A check of ERPNext's that somebody waived stays waived until they themselves give it back."""

import ast
import copy
import pickle
from itertools import permutations

import pytest

from sales_wh_flow.base.native_checks import restore, waive
from tests.contracts.app_source import at, dotted, python_files, walk

CREDIT, STOCK = "check_credit_limit", "validate_stock_qty"


class Refused(Exception):
	"""What ERPNext's check raises."""


class Order:
	"""A document with two checks that refuse whatever comes."""

	def check_credit_limit(self):
		raise Refused(CREDIT)

	def validate_stock_qty(self, _row=None):
		raise Refused(STOCK)


def is_checked(order, method=CREDIT):
	try:
		getattr(order, method)()
	except Refused:
		return True
	return False


def test_a_waived_check_is_skipped_by_this_document_alone():
	order, other = Order(), Order()
	waive(order, "approval", CREDIT)
	assert not is_checked(order)
	assert is_checked(order, STOCK) and is_checked(other)


def test_whoever_waived_a_check_can_give_it_back():
	order = Order()
	waive(order, "approval", CREDIT, STOCK)
	restore(order, "approval", CREDIT)
	assert is_checked(order) and not is_checked(order, STOCK)
	restore(order, "approval", STOCK)
	assert is_checked(order, STOCK) and vars(order) == vars(Order())


STEPS = (
	("waive", "load"),
	("restore", "approval"),
	("waive", "approval"),
	("restore", "lock"),
)


@pytest.mark.parametrize("order_of_handlers", permutations(STEPS))
def test_nobody_gives_back_what_another_waived_whatever_comes_first(order_of_handlers):
	order = Order()
	for step, owner in order_of_handlers:
		(waive if step == "waive" else restore)(order, owner, CREDIT)
	assert not is_checked(order)
	restore(order, "approval", CREDIT)
	assert not is_checked(order)
	restore(order, "load", CREDIT)
	assert is_checked(order)


def test_waiving_twice_is_given_back_once():
	order = Order()
	waive(order, "approval", CREDIT)
	waive(order, "approval", CREDIT)
	restore(order, "approval", CREDIT)
	restore(order, "approval", CREDIT)
	assert is_checked(order)


def test_what_another_app_put_in_the_checks_place_comes_back_and_is_never_taken_away():
	order, asked = Order(), []
	order.check_credit_limit = lambda: asked.append(CREDIT)
	restore(order, "approval", CREDIT)
	order.check_credit_limit()
	assert asked == [CREDIT]
	waive(order, "approval", CREDIT)
	order.check_credit_limit()
	assert asked == [CREDIT]
	restore(order, "approval", CREDIT)
	order.check_credit_limit()
	assert asked == [CREDIT, CREDIT]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda order: pickle.loads(pickle.dumps(order))])
def test_a_document_with_waived_checks_can_be_copied_and_pickled(copied):
	order = Order()
	waive(order, "approval", CREDIT)
	waive(order, "load", CREDIT)
	other = copied(order)
	restore(other, "approval", CREDIT)
	assert not is_checked(other)
	restore(other, "load", CREDIT)
	assert is_checked(other) and not is_checked(order)


def test_every_caller_signs_with_its_own_name():
	calls = [
		(path, node)
		for path in python_files()
		for node in walk(path, ast.Call)
		if dotted(node.func).split(".")[-1] in ("waive", "restore")
	]
	unsigned = [at(path, node) for path, node in calls if dotted(node.args[1]) != "__name__"]
	assert len(calls) > 10 and not unsigned
