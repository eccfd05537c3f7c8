"""A slow network: something is seen at once, and an impatient second press does nothing twice."""

from playwright.sync_api import expect

from tests.browser.desk import PATIENCE_MS, PHONE, in_full_runs
from tests.browser.test_approval_desk import card_of, open_inbox, pending
from tests.browser.test_asking import draft
from tests.browser.test_pick import to_pick  # noqa: F401

pytestmark = in_full_runs
AT_ONCE_MS = 1000
SLOW = {"offline": False, "latency": 1500, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
"""A bad mobile network: an answer takes a second and a half at least, so what is seen before is no answer."""


def slow_down(desk) -> None:
	desk.context.new_cdp_session(desk.page).send("Network.emulateNetworkConditions", SLOW)


def is_told_to_wait(desk) -> None:
	"""The page is frozen or the pressed button is out of reach, long before an answer can be there."""
	desk.page.locator("#freeze, .modal.show .btn-modal-primary[disabled]").first.wait_for(
		state="attached", timeout=AT_ONCE_MS
	)


def test_asking_on_a_slow_network_freezes_the_form_and_asks_once(switches, world, log_in):
	switches(approval=True)
	order = draft(world)
	desk = log_in(world.sales_user)
	desk.open("Sales Order", order)
	desk.flow.wait_for()
	slow_down(desk)
	desk.visible(desk.page.get_by_role("button", name="Ask for Approval", exact=True)).click()
	desk.page.locator(".modal.show").get_by_role("button", name="Ask", exact=True).dblclick()

	is_told_to_wait(desk)
	expect(desk.page.locator(".desk-alert")).to_contain_text("1 approval asked.", timeout=PATIENCE_MS)
	expect(desk.flow.locator(".swf-flow-status")).to_have_text("Pending Approval", timeout=PATIENCE_MS)
	assert sum("ask_for_approval" in call for call in desk.calls) == 1


def test_an_inbox_on_a_slow_network_decides_once(switches, world, log_in):
	switches(approval=True, stock_lock=True)
	order = pending(world)
	desk = log_in(world.approver, viewport=PHONE)
	open_inbox(desk, world)
	card_of(desk, order).wait_for()
	slow_down(desk)
	card_of(desk, order).get_by_role("button", name="Approve").click()
	desk.page.locator(".modal.show").get_by_role("button", name="Approve", exact=True).dblclick()

	is_told_to_wait(desk)
	expect(card_of(desk, order)).to_have_count(0, timeout=PATIENCE_MS)
	assert sum("approval.api.decide_many" in call for call in desk.calls) == 1


def test_a_double_tap_on_found_all_counts_one_row(to_pick, people, log_in):  # noqa: F811
	name, _items = to_pick
	desk = log_in(people.stock_user, viewport=PHONE)
	desk.visit(f"/app/pick/{name}")
	found = desk.page.locator(".swf-walk-count")
	button = desk.page.get_by_role("button", name="Found All")
	button.dblclick()
	expect(found).to_contain_text("1 of 2", timeout=PATIENCE_MS)
	desk.page.wait_for_timeout(700)  # longer than a second tap comes after the first
	expect(found).to_contain_text("1 of 2")

	slow_down(desk)
	button.click()
	expect(desk.page.locator(".swf-scan-waiting")).to_have_text(
		"1 action is not sent yet", timeout=AT_ONCE_MS
	)
	desk.page.wait_for_timeout(700)
	button.click()  # nothing seems to happen
	expect(desk.page.locator(".swf-walk-row")).to_contain_text("Nothing is left to find", timeout=PATIENCE_MS)
	assert sum("confirm_row" in call for call in desk.calls) == 2
