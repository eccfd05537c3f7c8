"""What can be done about missing stock: hand-computed cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales_wh_flow.base.problems import RuleViolation
from sales_wh_flow.shortage.rules import ways_out
from sales_wh_flow.shortage.rules.ways_out import Policy, ShortBundle, ShortLine, Substitute


def short(missing=5.0, **values):
	return ShortLine("r1", 1, "LAMP", "Stores", missing, **values)


def offer(line, action):
	return next(one for one in ways_out.offers(line) if one.action == action)


def test_what_is_asked_for_the_order_alone_goes_to_its_rows_of_the_item_in_turn():
	missing = [("r1", "LAMP", 5.0), ("r2", "LAMP", 4.0), ("r3", "CORD", 2.0)]
	asked = {("r1", "LAMP"): 3.0, ("", "LAMP"): 4.0, ("", "PLUG"): 9.0, ("gone", "CORD"): 2.0}
	asked |= {("r3", "PLUG"): 2.0}  # a part of it is made, not the cord

	assert ways_out.share_asked(missing, asked) == {"r1": 5, "r2": 2, "r3": 0}


@pytest.mark.parametrize(
	("values", "action", "qty", "why_not"),
	[
		({}, ways_out.PURCHASE, 5, ""),
		({"asked_stock": 2}, ways_out.PURCHASE, 3, ""),
		({"asked_stock": 5}, ways_out.PURCHASE, 0, "asked_already"),
		({"asked_stock": 9}, ways_out.PURCHASE, 0, "asked_already"),
		({"is_purchased": False}, ways_out.PURCHASE, 0, "not_purchased"),
		({}, ways_out.TRANSFER, 0, "nothing_elsewhere"),
		({"elsewhere": (("North", 3.0),)}, ways_out.TRANSFER, 3, ""),
		({"elsewhere": (("North", 3.0), ("South", 8.0))}, ways_out.TRANSFER, 5, ""),
		({"elsewhere": (("North", 8.0),), "asked_stock": 5}, ways_out.TRANSFER, 0, "asked_already"),
		({}, ways_out.MANUFACTURE, 0, "no_bom"),
		({"has_bom": True}, ways_out.MANUFACTURE, 5, ""),
		({}, ways_out.ORDER, 0, "no_supplier"),
		({"supplier": "Acme", "asked_stock": 1}, ways_out.ORDER, 4, ""),
		({"asked_stock": 5}, ways_out.BACKORDER, 5, ""),
		({"asked_stock": 5}, ways_out.CLOSE_SHORT, 5, ""),
	],
)
def test_each_way_covers_what_is_missing_and_not_asked_for(values, action, qty, why_not):
	found = offer(short(**values), action)

	assert (found.qty_stock, found.why_not) == (qty, why_not)


def test_a_transfer_takes_the_largest_stock_first_and_no_more_than_it_has():
	line = short(7.0, elsewhere=(("North", 4.0), ("South", 2.0), ("West", 9.0)))

	assert offer(line, ways_out.TRANSFER).parts == (("North", 4.0), ("South", 2.0), ("West", 1.0))


def test_whole_units_are_transferred_whole():
	line = short(5.0, elsewhere=(("North", 2.5), ("South", 0.9)), is_whole=True)

	assert offer(line, ways_out.TRANSFER).parts == (("North", 2.0),)


def test_stock_elsewhere_is_promised_to_one_line_only():
	first = ShortLine("a", 1, "LAMP", "Stores", 4.0)
	second = ShortLine("b", 2, "LAMP", "Stores", 4.0)

	shared = ways_out.share_out([second, first], {"LAMP": {"North": 6.0, "Stores": 1.0}})

	assert [line.elsewhere for line in shared] == [(("North", 6.0),), (("North", 2.0),)]


@given(
	st.lists(st.integers(1, 20), min_size=1, max_size=6),
	st.dictionaries(st.sampled_from("NSEW"), st.integers(0, 30), max_size=4),
)
def test_transfers_of_all_lines_never_take_more_than_is_there(missing, free):
	lines = [ShortLine(str(at), at, "LAMP", "Stores", float(qty)) for at, qty in enumerate(missing)]

	taken: dict[str, float] = {}
	for line in ways_out.share_out(lines, {"LAMP": {name: float(qty) for name, qty in free.items()}}):
		for place, qty in offer(line, ways_out.TRANSFER).parts:
			taken[place] = taken.get(place, 0.0) + qty

	assert all(qty <= free[place] for place, qty in taken.items())
	assert sum(taken.values()) == min(sum(missing), sum(free.values()))


POLICIES = (
	Policy("Backorder", "Key Accounts", "Lamps"),
	Policy("Material Request", "", "Lamps"),
	Policy("Purchase Order", "Retail"),
)


@pytest.mark.parametrize(
	("customer_groups", "item_groups", "action"),
	[
		(("Key Accounts", "All"), ("Lamps", "All"), "Backorder"),
		(("Retail", "All"), ("Desk Lamps", "Lamps", "All"), "Material Request"),
		(("Retail", "All"), ("Chairs", "All"), "Purchase Order"),
		(("Key Accounts", "All"), ("Chairs", "All"), "None"),
		((), (), "None"),
	],
)
def test_the_first_fitting_policy_decides(customer_groups, item_groups, action):
	assert ways_out.first_policy(POLICIES, customer_groups, item_groups) == action


@pytest.mark.parametrize(
	("values", "preferred", "kind"),
	[
		({}, ways_out.PURCHASE, ways_out.PURCHASE),
		({"has_bom": True}, ways_out.MANUFACTURE, ways_out.MANUFACTURE),
		({}, ways_out.MANUFACTURE, ways_out.PURCHASE),
		({"elsewhere": (("North", 9.0),), "is_purchased": False}, ways_out.PURCHASE, ways_out.TRANSFER),
		({"is_purchased": False}, ways_out.PURCHASE, ""),
		({"asked_stock": 5}, ways_out.PURCHASE, ""),
	],
)
def test_a_request_by_itself_goes_the_items_way_or_one_that_exists(values, preferred, kind):
	assert ways_out.request_type(short(**values), preferred) == kind


def test_alternatives_of_alternatives_are_found_once_and_circles_end():
	rows = [("A", "B", False), ("B", "C", False), ("C", "A", False), ("A", "C", False), ("C", "C", False)]

	found = ways_out.substitutes("A", ways_out.edges(rows))

	assert found == (Substitute("B"), Substitute("C"))


def test_a_two_way_alternative_works_both_ways_and_says_what_lies_between():
	edges = ways_out.edges([("A", "B", True), ("C", "B", True)])

	assert ways_out.substitutes("A", edges) == (Substitute("B"), Substitute("C", ("B",)))
	assert ways_out.substitutes("B", edges) == (Substitute("A"), Substitute("C"))


def test_a_line_never_goes_back_to_what_it_was_replaced_from():
	edges = ways_out.edges([("A", "B", True), ("B", "C", True)])

	assert ways_out.substitutes("B", edges, replaced=["A"]) == (Substitute("C"),)


@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"), st.booleans()), max_size=20))
def test_whatever_circles_there_are_each_item_is_offered_once_and_never_itself(rows):
	found = [one.item_code for one in ways_out.substitutes("A", ways_out.edges(rows))]

	assert "A" not in found
	assert len(found) == len(set(found))


@pytest.mark.parametrize(
	("rule", "old", "listed", "rate"),
	[
		(ways_out.KEEP_PRICE, 10, 12, 10),
		(ways_out.KEEP_PRICE, 10, 0, 10),
		(ways_out.LIST_PRICE, 10, 12, 12),
		(ways_out.LOWER_PRICE, 10, 12, 10),
		(ways_out.LOWER_PRICE, 10, 8, 8),
	],
)
def test_the_price_of_a_substitute(rule, old, listed, rate):
	assert ways_out.price(rule, old, listed) == rate


@pytest.mark.parametrize(
	("rule", "code"),
	[(ways_out.LIST_PRICE, "substitute_without_price"), ("Free", "unknown_price_rule")],
)
def test_a_price_that_nobody_knows_is_refused(rule, code):
	with pytest.raises(RuleViolation) as refused:
		ways_out.price(rule, 10, 0)

	assert refused.value.code == code


def kit(missing=2.0):
	return ShortBundle("r2", "KIT", "Stores", missing, 5.0)


def test_a_component_is_asked_for_by_itself_and_given_up_in_bundles():
	hose = short(4.0, bundle=kit())

	assert (offer(hose, ways_out.PURCHASE).qty_stock, hose.order_row) == (4, "r2")
	assert offer(hose, ways_out.BACKORDER).qty_stock == 2
	assert offer(hose, ways_out.CLOSE_SHORT).qty_stock == 2


def test_components_of_a_bundle_give_way_to_it_once():
	lines = [short(), ShortLine("p1", 2, "PUMP", "Stores", 1, bundle=kit())]
	lines.append(ShortLine("p2", 2, "HOSE", "Stores", 4, bundle=kit()))

	found = [(it.row, it.item_code, it.missing_stock, it.ordered_stock) for it in ways_out.order_lines(lines)]

	assert found == [("r1", "LAMP", 5, 0), ("r2", "KIT", 2, 5)]
