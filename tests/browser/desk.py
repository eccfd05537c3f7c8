"""A desk in a browser: log in, open a form, wait until it is there, press its buttons."""

import os
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect, sync_playwright

BASE_URL = os.environ.get("SWHF_BASE_URL", "")
CHROMIUM = os.environ.get("SWHF_CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
)
DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
BOTH = pytest.mark.parametrize("viewport", [{}, {"viewport": PHONE}], ids=["desktop", "phone"])
"""For a test that takes ``viewport`` and hands it to ``log_in``."""
in_full_runs = pytest.mark.skipif(
	not os.environ.get("SWHF_IN_FULL"),
	reason="minutes: run this with `script/test browser`, or with --thorough",
)
"""For a test that a usual run leaves out, and says so."""
PHONE_IN_FULL = pytest.mark.parametrize(
	"viewport", [{}, pytest.param({"viewport": PHONE}, marks=in_full_runs)], ids=["desktop", "phone"]
)
"""``BOTH``, where what a phone shows is the same form once more: a usual run looks at the desk alone."""
PATIENCE_MS = 30_000
"""A first page on a small machine compiles much; no step sleeps, all wait for what they need."""
TRIES = 3
UNLUCKY = "frappe.template.compile(...) is not a function"
"""Frappe names the loops of its templates by three random letters; where these are a word of JavaScript, such
as ``new``, the page is not drawn. Whoever meets it loads the page again, and so do the tests.
"""
LOAD_AGAIN = f"""for (const kind of ["error", "unhandledrejection"]) {{
	addEventListener(kind, (event) => {{
		if (!String(event.message || event.reason).includes("{UNLUCKY}")) return;
		if (document.readyState === "complete") location.reload();
		else addEventListener("load", () => setTimeout(() => location.reload()));
	}});
}}"""


@contextmanager
def browser():
	with sync_playwright() as playwright:
		program = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
		yield program
		program.close()


class Desk:
	"""One user's desk. ``page`` is Playwright's, for what has no verb here."""

	def __init__(self, program, user: str, password: str, viewport: dict = DESKTOP):
		self.context = program.new_context(base_url=BASE_URL, viewport=viewport, locale="en-US")
		self.context.set_default_timeout(PATIENCE_MS)
		self.problems: list[str] = []
		self.calls: list[str] = []
		# Whoever works here has opened the details of the order's block once, and left them open.
		self.context.add_init_script("try { localStorage.swf_flow_folded ||= '0' } catch { /* none */ }")
		self.context.add_init_script(LOAD_AGAIN)
		self.page: Page = self.context.new_page()
		self.log_in(user, password)
		self.lacks_editor = False
		self.page.on("response", self._see_what_is_missing)
		self.page.on("pageerror", self._hear_of_error)
		self.page.on("request", lambda request: self.calls.append(request.url))

	def _see_what_is_missing(self, response) -> None:
		"""A bench without Frappe's node_modules has no code editor; what follows from it is not the app's."""
		if response.status == 404 and "/node_modules/" in response.url:
			self.lacks_editor = True

	def _hear_of_error(self, error) -> None:
		if not self.lacks_editor and UNLUCKY not in str(error):
			self.problems.append(str(error))

	def log_in(self, user: str, password: str) -> None:
		"""By the request that the login page makes: drawing it and the first workspace would cost a test
		more than what it is about.
		"""
		answer = self.context.request.post("/api/method/login", form={"usr": user, "pwd": password})
		assert answer.ok, f"{user} is not let in: {answer.status} {answer.text()[:200]}"

	def close(self) -> None:
		self.context.close()

	def open(self, doctype: str, name: str) -> None:
		"""A form, once it is drawn and every call it made is answered."""
		self.page.goto(f"/app/{_slug(doctype)}/{quote(name, safe='')}")
		self.wait_for_form(doctype, name)

	def visit(self, address: str) -> None:
		"""Any page of the desk, once it is drawn."""
		self.page.goto(address)
		self.page.wait_for_function(
			"() => window.frappe && frappe.get_route && (frappe.get_route() || []).length"
		)
		self.settle()

	def open_new(self, doctype: str) -> None:
		self.page.goto(f"/app/{_slug(doctype)}/new")
		self.wait_for_form(doctype)

	def wait_for_form(self, doctype: str, name: str | None = None) -> None:
		self.page.wait_for_function(
			"""([doctype, name]) => window.cur_frm && cur_frm.doctype === doctype
				&& (!name || cur_frm.docname === name) && cur_frm.$wrapper.is(':visible')""",
			arg=[doctype, name],
		)
		self.settle()

	def settle(self) -> None:
		"""Wait until no call is under way."""
		self.page.wait_for_function("() => window.frappe?.request && frappe.request.ajax_count === 0")
		self.page.wait_for_load_state("networkidle")

	def wait_until_saved(self) -> None:
		self.page.wait_for_function("() => !cur_frm.is_new() && !cur_frm.is_dirty()")
		self.settle()

	def wait_until_submitted(self) -> None:
		self.page.wait_for_function("() => cur_frm.doc.docstatus === 1 && !cur_frm.is_dirty()")
		self.settle()

	def fill(self, fieldname: str, value: str) -> None:
		field = self._input(fieldname)
		field.fill(value)
		field.press("Tab")
		self.settle()

	def fill_link(self, fieldname: str, value: str) -> None:
		self._choose(self._input(fieldname), value)

	def fill_link_of_dialog(self, fieldname: str, value: str) -> None:
		self._choose(self.page.locator(f".modal.show [data-fieldname='{fieldname}'] input"), value)

	def choose(self, fieldname: str, value: str) -> None:
		"""One of a form's select field."""
		self.visible(self.page.locator(f".form-layout [data-fieldname='{fieldname}'] select")).select_option(
			value
		)
		self.settle()

	def choose_filter(self, fieldname: str, value: str) -> None:
		"""One of a select field among a page's or a report's filters."""
		self.visible(self.page.locator(f".page-form [data-fieldname='{fieldname}'] select")).select_option(
			value
		)
		self.settle()

	def fill_cell(self, table: str, idx: int, fieldname: str, value: str) -> None:
		"""A number in a table's row. Looks whether it stands there afterwards, as whoever types does: what
		ERPNext fetches for the row may draw the row anew meanwhile, and then what was typed is lost.
		"""
		for _ in range(TRIES):
			cell = self._cell(table, idx, fieldname)
			cell.fill(value)
			cell.blur()  # Tab in a table's last cell would add a row
			self.settle()
			taken = self.cell(table, idx, fieldname)
			if taken == float(value):
				return
		raise AssertionError(
			f"{fieldname} of row {idx} stays {taken}, though {value} was typed {TRIES} times"
		)

	def cell(self, table: str, idx: int, fieldname: str):
		"""What the form holds in a table's row."""
		return self.page.evaluate(
			"([table, idx, fieldname]) => cur_frm.doc[table][idx - 1][fieldname]", [table, idx, fieldname]
		)

	def filter_by(self, fieldname: str, value: str) -> None:
		"""A link among a page's filters, which a phone shows when it is asked to."""
		field = self.page.locator(f".page-form [data-fieldname='{fieldname}'] input")
		if not field.is_visible():
			self.page.get_by_role("button", name="Filters", exact=True).locator("visible=true").first.click()
		self._choose(field, value)

	def fill_cell_link(self, table: str, idx: int, fieldname: str, value: str) -> None:
		self._choose(self._cell(table, idx, fieldname), value)

	def _input(self, fieldname: str):
		return self.visible(self.page.locator(f".form-layout [data-fieldname='{fieldname}'] input"))

	def _cell(self, table: str, idx: int, fieldname: str):
		row = self.page.locator(f"[data-fieldname='{table}'] .grid-body .grid-row[data-idx='{idx}']")
		cell = row.locator(f".grid-static-col[data-fieldname='{fieldname}']")
		cell.click()
		return cell.locator("input")

	def _choose(self, field, value: str) -> None:
		"""Type into a link field, over what stands there, and take the suggestion that is the value."""
		field.click()
		if field.input_value():
			field.press("ControlOrMeta+a")
		field.press_sequentially(value[-8:])
		self.visible(self.page.locator(".awesomplete [role='option']").filter(has_text=value)).click()
		field.press("Tab")
		self.settle()

	def expect_dialog(self, title: str, words: str) -> None:
		dialog = self.page.locator(".modal.show").last
		expect(dialog.locator(".modal-title")).to_have_text(title, timeout=PATIENCE_MS)
		expect(dialog).to_contain_text(words)

	def press(self, label: str) -> None:
		"""A button of the form's head, or one of its grouped buttons, by its words."""
		self.visible(self.page.locator(".page-head").get_by_role("button", name=label, exact=True)).click()

	def press_in_group(self, group: str, label: str) -> None:
		"""A button of a group of the form's head."""
		self.visible(self.page.locator(".page-head .inner-group-button", has_text=group)).click()
		self.visible(self.page.locator(".page-head .dropdown-item", has_text=label)).click()

	def ends_of_the_head(self) -> float:
		"""How far to the right the buttons of the form's head reach, in pixels."""
		return self.page.evaluate(
			"""() => Math.max(...[...document.querySelectorAll(".page-head .btn")]
				.filter((button) => button.offsetParent)
				.map((button) => button.getBoundingClientRect().right))"""
		)

	def press_in_menu(self, label: str) -> None:
		"""A button of the form's head that a phone shows in the menu."""
		self.visible(self.page.locator(".page-head .menu-btn-group button")).click()
		self.visible(self.page.locator(".page-head .menu-btn-group .dropdown-item", has_text=label)).click()

	def answer(self, label: str) -> None:
		"""A button of the open dialog."""
		self.wait_for_dialog()
		self.page.locator(".modal.show").get_by_role("button", name=label, exact=True).click()

	def wait_for_dialog(self) -> None:
		"""Until it has slid in: Bootstrap closes none that is still moving, so it would stay for good."""
		self.page.wait_for_function(
			"""() => {
				const shown = [...document.querySelectorAll(".modal.show")];
				const is_moving = (one) => ($(one).data("bs.modal") || {})._isTransitioning;
				return shown.length && !shown.some(is_moving);
			}"""
		)

	def has_button(self, label: str) -> bool:
		return self.page.locator(".page-head").get_by_role("button", name=label, exact=True).count() > 0

	def visible(self, locator):
		return locator.locator("visible=true").first

	@property
	def flow(self):
		"""The block "Order Flow" of the Sales Order in view."""
		return self.visible(self.page.locator(".swf-flow"))

	@property
	def pill(self):
		"""The pill beside the form's title."""
		return self.visible(self.page.locator(".page-head .title-area .indicator-pill"))

	def expect_status(self, status: str) -> None:
		"""The form's own pill and the block say this flow status."""
		expect(self.flow.locator(".swf-flow-status")).to_have_text(status, timeout=PATIENCE_MS)
		titled = (
			f".indicator-pill[title='{status}'], .indicator-pill[title=''][data-original-title='{status}']"
		)
		dot = self.page.locator(".page-head .title-area").locator(titled)  # a later desk on a phone
		expect(self.pill.filter(has_text=status).or_(dot).first).to_be_visible()

	def value(self, fieldname: str):
		return self.page.evaluate("fieldname => cur_frm.doc[fieldname]", fieldname)


def _slug(doctype: str) -> str:
	return doctype.lower().replace(" ", "-")
