"""Which statements ask something of one item, so that it can be asked of many with the same answer."""

import pytest

from sales_wh_flow.base.asked_of_one import what_is_asked

OF_A_BIN = "select projected_qty from `tabBin` where item_code = %s and warehouse = %s"
PRICES = "SELECT `name` FROM `tabItem Price` WHERE `item_code`=%(param1)s AND `price_list`=%(param2)s"


def test_a_statement_about_one_item_is_put_about_all():
	asked = what_is_asked(OF_A_BIN, ("Chair", "Hall"), {})

	assert asked.item == "Chair"
	assert asked.of_all(("Chair", "Desk")) == (
		"select projected_qty, item_code asked_item from `tabBin` where item_code in %s and warehouse = %s",
		(("Chair", "Desk"), "Hall"),
	)


def test_only_the_first_price_of_each_is_left_to_the_database():
	asked = what_is_asked(f"{PRICES} ORDER BY `uom` LIMIT 1", {"param1": "Chair", "param2": "Shop"}, {})

	query, values = asked.of_all(("Chair", "Desk"))

	assert "item_code in %(param1)s" in query
	assert "limit" not in query.lower()
	assert values == {"param1": ("Chair", "Desk"), "param2": "Shop"}


def test_a_sum_is_added_up_item_by_item():
	asked = what_is_asked(OF_A_BIN.replace("projected_qty", "sum(actual_qty)"), ("Chair", "Hall"), {})

	assert asked.is_of_a_sum
	assert asked.of_all(("Chair", "Desk"))[0].endswith("group by item_code")


def test_the_same_of_another_item_is_the_same_question():
	chair, desk, elsewhere = (
		what_is_asked(OF_A_BIN, values, {})
		for values in (("Chair", "Hall"), ("Desk", "Hall"), ("Desk", "Yard"))
	)

	assert chair.key == desk.key != elsewhere.key


@pytest.mark.parametrize(
	"query",
	[
		"select 1 from `tabBin` where warehouse = %s and item_code = %s",
		"select 1 from `tabBin` where item_code = %s or warehouse = %s",
		"select 1 from `tabBin` where item_code = %s and warehouse = %s for update",
		"select 1 from `tabBin` where item_code = %s and warehouse = %s limit 2",
		"select 1 from `tabBin` where item_code = %s and warehouse = %s group by warehouse",
		"select distinct warehouse from `tabBin` where item_code = %s and warehouse = %s",
		"select 1 from `tabBin` bin where item_code = %s and warehouse = %s",
		"select 1 from `tabBin`, `tabItem` where item_code = %s and name = %s",
		"select 1 from `tabBin` where item_code = %s and name in (select 1) and 1 = %s",
		"select sum(actual_qty) from `tabBin` where item_code = %s and name = %s order by name",
		"update `tabBin` set actual_qty = 1 where item_code = %s and warehouse = %s",
		"select 1 from `tabBin` where item_code = %s and warehouse = %s -- and more",
	],
)
def test_any_other_statement_is_left_alone(query):
	assert what_is_asked(query, ("Chair", "Hall"), {}) is None


@pytest.mark.parametrize("how", [{"pluck": True}, {"as_list": 1}, {"debug": 1}, {"update": {"of": "it"}}])
def test_an_answer_of_another_shape_is_left_alone(how):
	assert what_is_asked(OF_A_BIN, ("Chair", "Hall"), how) is None
