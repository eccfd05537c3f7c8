"""Each strategy on the sample company, whose nine warehouses lie all over Europe."""

import pytest

from frappe.utils import getdate

from sales_wh_flow.routing.rules import STRATEGIES
from sales_wh_flow_demo import sample
from tests.routing import nine_warehouses

ORDERS = 8


@pytest.fixture(scope="module")
def found(site):
	data = sample.generate(orders=20, first_day=getdate())
	return nine_warehouses.routes(nine_warehouses.part_of(data, ORDERS))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_sample_company_is_served_as_the_strategy_promises(found, strategy):
	nine_warehouses.check(found, strategy)
