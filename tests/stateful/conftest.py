"""A site for random days: SWHF_SITE names it, SWHF_SITES_PATH is the bench's sites folder (else the current
folder).

EXAMPLES (default 25) is how many days are tried, STEPS (default 20) how long each is; `--hypothesis-seed N`
repeats a run, SHRINK=1 looks for the shortest day that fails. Each day is a transaction that is rolled back.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
	"days",
	max_examples=int(os.environ.get("EXAMPLES") or 25),
	stateful_step_count=int(os.environ.get("STEPS") or 20),
	deadline=None,
	database=None,
	print_blob=True,
	phases=[Phase.generate, *([Phase.shrink] if os.environ.get("SHRINK") else [])],
	suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session", autouse=True)
def site():
	"""The name of the connected site, with a company and goods to work with, and the flow switched on."""
	import frappe

	from tests.site import connected, set_switches
	from tests.stateful.goods import Goods

	with connected() as name:
		before = frappe.db.get_single_value("Sales Flow Settings", "approval_of_quotations")
		gated = {"approval_of_quotations": "Approve Before Submit"}
		set_switches(approval=True, stock_lock=True, fulfilment=True, **gated)
		Goods.make()
		frappe.db.commit()
		yield name
		frappe.db.rollback()
		frappe.set_user("Administrator")
		set_switches(approval_of_quotations=before)
		frappe.db.commit()
