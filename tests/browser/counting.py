"""Clicks and page loads of a task on a desk, and the table of docs/clicks.md that says them.

Typing counts nothing on either side.
"""

import re
from pathlib import Path

from playwright.sync_api import Error

TABLE = Path(__file__).resolve().parents[2] / "docs" / "clicks.md"


class Counted:
	"""Somebody at a desk whose clicks and page loads are counted."""

	def __init__(self, desk):
		self.desk, self.page, self.clicks, self.loads = desk, desk.page, 0, 0

	def click(self, locator):
		self.clicks += 1
		self.desk.visible(locator).click()
		self.desk.settle()

	def button(self, name, within=".page-head"):
		self.click(self.page.locator(within).get_by_role("button", name=name, exact=True))

	def choose(self, group, name):
		"""A button in a group of the form's head: two clicks. A head that is drawn anew closes the group;
		whoever waits for it does not click twice, so that is not counted.
		"""
		opens = self.page.locator(".page-head .inner-group-button > button", has_text=group)
		button = self.page.locator(".page-head .inner-group-button .dropdown-item", has_text=name)
		self.click(opens)
		for _look in range(3):
			if not button.locator("visible=true").count():
				self.desk.visible(opens).click()
			try:
				self.desk.visible(button).click(timeout=5000)
				break
			except Error:  # the head was drawn anew under the pointer
				continue
		else:
			raise AssertionError(f"{group} > {name} could not be pressed")
		self.clicks += 1
		self.desk.settle()

	def dialog(self, name):
		self.desk.wait_for_dialog()
		self.click(self.page.locator(".modal.show").get_by_role("button", name=name, exact=True))

	def open(self, name):
		self.loads += 1
		self.desk.open("Sales Order", name)

	def submit(self):
		self.button("Submit")
		self.dialog("Yes")
		self.desk.wait_until_submitted()

	def rows_of_the_list(self):
		return self.page.locator(".list-row-container .list-row .list-row-checkbox")

	def filter_by(self, label, value):
		"""A condition of the list's own filter: the link field by its name, equals this."""
		row = self.page.locator(".filter-popover .filter-box").last
		self.click(row.locator(".fieldname-select-area input"))
		row.locator(".fieldname-select-area input").press_sequentially(label)
		self.click(row.locator(".filter-field-select", has_text=label))
		self.clicks += 1  # into the value
		field = row.locator(".filter-field input")
		field.fill(value)
		self.page.locator(".filter-popover [role=option]", has_text=value).locator(
			"visible=true"
		).first.wait_for()
		field.press("Tab")  # takes it; ERPNext 16 stays in the field, with its names over the button
		field.blur()


def run(one, task, about):
	"""(the task in words, clicks, page loads)"""
	before = (one.clicks, one.loads)
	task(one, about)
	name = task.__name__.removesuffix("_plainly").replace("_", " ")
	return name, one.clicks - before[0], one.loads - before[1]


def beside(own, plainly):
	"""[(task, clicks, plain clicks, loads, plain loads)] of two runs of the same tasks."""
	return [
		(task, *sum(zip(mine, theirs, strict=True), ()))
		for (task, *mine), (_task, *theirs) in zip(own, plainly, strict=True)
	]


def table(rows):
	lines = [f"{'task':<44}{'clicks':>8}{'plain':>8}{'loads':>8}{'plain':>8}"]
	return "\n".join([*lines, *(f"{task:<44}{a:>8}{b:>8}{c:>8}{d:>8}" for task, a, b, c, d in rows)])


def written():
	"""What docs/clicks.md says of each task: {task: (clicks, plain clicks, loads, plain loads)}."""
	rows = re.findall(
		r"^\| ([a-z].*?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TABLE.read_text(), re.MULTILINE
	)
	return {task: tuple(int(figure) for figure in figures) for task, *figures in rows}


def check(rows):
	"""No task takes more than in plain ERPNext, and the documentation says what was counted."""
	told = table(rows)
	assert not [row for row in rows if row[1] > row[2] or row[3] > row[4]], told
	assert [row for row in rows if row[1] < row[2]], told
	known = written()
	assert not [row for row in rows if known.get(row[0]) != row[1:]], (
		f"docs/clicks.md says otherwise:\n{told}"
	)
