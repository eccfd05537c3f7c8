"""Every page of ours and the order's block: nothing that axe finds, at both widths; targets a thumb hits, and
no refusal beside an approval.
"""

import os
from pathlib import Path

import pytest

import frappe

from tests.browser import data, desk
from tests.browser.test_desk import ask_for_approval
from tests.demo.the_demo import PAGES

axe = pytest.importorskip(
	"axe_playwright_python", reason="axe is not installed: see script/lib/site_suites.py"
)
THUMB_PX = 43.5
APART_PX = 16
HIGHEST_PX = 300

_FINDINGS = """part => axe.run({ include: [part] }, { resultTypes: ["violations"] }).then(({ violations }) =>
	violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`))"""
_THEME = "theme => document.documentElement.setAttribute('data-theme', theme)"
_SMALL = """([part, least]) => [...document.querySelectorAll(`${part} .btn`)]
	.filter((one) => one.offsetParent && one.getBoundingClientRect().height < least)
	.map((one) => `${one.innerText.trim()} is ${Math.round(one.getBoundingClientRect().height)} px high`)"""
_OUT_OF_REACH = """part => {
	const reach = "a[href], button, input, select, textarea, label, summary, [tabindex]:not([tabindex='-1'])";
	const is_shown = (one) => one.offsetParent && getComputedStyle(one).cursor === "pointer";
	return [...document.querySelectorAll(`${part} *`)].filter((one) => is_shown(one) && !one.closest(reach))
		.map((one) => `no key reaches ${one.outerHTML.slice(0, 120)}`);
}"""
_UNSEEN_FOCUS = """part => [...document.querySelectorAll(`${part} a[href], ${part} button, ${part} input`)]
	.filter((one) => one.offsetParent && !one.disabled && one.type !== "hidden").filter((one) => {
		one.focus();
		const { outlineStyle, boxShadow } = getComputedStyle(one);
		return document.activeElement === one && outlineStyle === "none" && boxShadow === "none";
	}).slice(0, 5).map((one) => `its focus is not seen: ${one.outerHTML.slice(0, 120)}`)"""
_JUMPS = """part => {
	const places = [...document.querySelectorAll(`${part} button, ${part} a[href]`)]
		.filter((one) => one.offsetParent && one.tabIndex >= 0).map((one) => one.getBoundingClientRect());
	return places.slice(1).filter((now, at) => now.bottom <= places[at].top - 300).length > 1
		? ["Tab jumps up and down"] : [];
}"""
_GAP = """part => {
	const [yes, no] = ["approve", "refuse"].map((verb) =>
		document.querySelector(`${part} [data-decide="${verb}"]`).getBoundingClientRect());
	return Math.max(no.left - yes.right, no.top - yes.bottom);
}"""


def findings(one, part, name):
	"""What is wrong at both widths, in words."""
	one.page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text())
	found = []
	for width in (desk.DESKTOP, desk.PHONE):
		one.page.set_viewport_size(width)
		one.page.wait_for_function("wide => innerWidth === wide", arg=width["width"])
		for theme in ("dark", "light"):
			one.page.evaluate(_THEME, theme)
			picture(one, f"{name}-{theme}-{width['width']}")
			where = f"{name}, {theme}, at {width['width']}"
			found += [f"{where}: {it}" for it in one.page.evaluate(_FINDINGS, part)]
	one.page.keyboard.press("Tab")  # whoever uses keys sees where the focus is
	for look in (_OUT_OF_REACH, _UNSEEN_FOCUS, _JUMPS):
		found += [f"{name}: {it}" for it in one.page.evaluate(look, part)]
	found += [f"{name}: {it}" for it in one.page.evaluate(_SMALL, [part, THUMB_PX])]
	if one.page.evaluate("() => document.documentElement.scrollWidth") > desk.PHONE["width"]:
		found.append(f"{name} is wider than a phone")
	return found


def picture(one, name):
	"""For whoever wants to look."""
	folder = os.environ.get("SWHF_ARTIFACTS")
	if folder:
		one.page.wait_for_timeout(300)  # colours change slowly
		one.page.screenshot(path=Path(folder) / f"look-{name}.png")


@pytest.fixture
def waiting(switches, world):
	switches(approval=True, stock_lock=True, fulfilment=True, routing=True, forecast=True, delay_alerts="On")
	data.make_order(world, {"qty": 90}, submit=True)
	order = data.make_order(world, discount=15).name
	ask_for_approval(world, order)
	frappe.db.commit()
	return order


@desk.in_full_runs
def test_no_page_and_no_block_keeps_anybody_out(waiting, log_in):
	one = log_in("Administrator", os.environ["SWHF_ADMIN_PASSWORD"])
	problems = []
	for page in (*PAGES, "first-steps", "counter"):
		one.page.set_viewport_size(desk.DESKTOP)
		one.visit(f"/app/{page}")
		problems += findings(one, f"#page-{page} .layout-main-section", page)
	one.page.set_viewport_size(desk.DESKTOP)
	one.open("Sales Order", waiting)
	one.flow.locator("[data-decide='refuse']").wait_for()
	assert one.page.evaluate(_GAP, ".swf-flow") >= APART_PX
	problems += findings(one, ".swf-flow", "order")
	assert one.page.evaluate(_GAP, ".swf-flow") >= APART_PX
	one.page.set_viewport_size(desk.DESKTOP)
	one.page.evaluate("() => localStorage.setItem('swf_flow_folded', '1')")
	one.open("Sales Order", waiting)
	height = one.flow.bounding_box()["height"]
	assert not problems, "\n".join(problems)
	assert height <= HIGHEST_PX, f"the block is {height} px high above the customer"
