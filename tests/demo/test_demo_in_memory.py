"""script/demo without a site: the same rules, any day of the year, one's own files."""

import re
from datetime import date

import pytest

from tests.demo import own_company, the_demo
from tests.demo.the_demo import BAD_DATA, IN_MEMORY


def in_memory(tmp_path, *arguments, **variables):
	return the_demo.run(tmp_path / "here", "--memory", *arguments, **variables)


def test_the_sample_company_runs_and_says_that_there_was_no_site(tmp_path):
	told = in_memory(tmp_path)
	assert told.status == IN_MEMORY
	assert re.fullmatch(r"demo: ran in memory, no site \(.+\); charts in .+/demo\.html", told.last_line)
	assert told.page.rstrip().endswith("</html>") and "Tarnholm Supply" in told.page
	assert the_demo.TRACEBACK not in told.text


def test_ones_own_files_run_too(tmp_path):
	told = in_memory(tmp_path, "--data", str(own_company.write(tmp_path / "own")))
	assert told.status == IN_MEMORY
	assert f"{own_company.ORDERS} orders" in told.text
	assert "M&#246;we" in told.page or "Möwe" in told.page
	assert the_demo.TRACEBACK not in told.text


@pytest.mark.parametrize(
	("arguments", "told"),
	[
		(["--orders", "2"], ["A-1", "A-2"]),
		(["--from", "2026-03-03"], ["A-3", "A-4", "A-5", "A-6"]),
		(["--to", "2026-03-02"], ["A-1", "A-2"]),
		(["--from", "2026-03-03", "--to", "2026-03-04", "--orders", "3"], ["A-3", "A-4", "A-5"]),
	],
)
def test_a_part_of_ones_own_orders_is_run(tmp_path, arguments, told):
	own = own_company.write(tmp_path / "own")
	run = in_memory(tmp_path, "--data", str(own), *arguments)
	assert run.status == IN_MEMORY
	assert sorted(set(re.findall(r"^(A-\d)  ", run.text, re.MULTILINE))) == told
	assert sorted(re.findall(r'<td class="order">(A-\d)</td>', run.page)) == told


def test_a_part_of_the_sample_company_is_run(tmp_path):
	run = in_memory(tmp_path, "--from", "2026-03-05", "--to", "2026-03-05")
	assert run.status == IN_MEMORY and ": 11 orders," in run.text


def test_a_part_without_orders_says_which_days_there_are(tmp_path):
	own = own_company.write(tmp_path / "own")
	told = in_memory(tmp_path, "--data", str(own), "--from", "2026-04-01")
	assert told.status == BAD_DATA and "they go from 2026-03-02 to 2026-03-04" in told.text
	assert "nothing was run" in told.last_line and "the data of the folder" not in told.text
	assert not (told.folder / "demo.html").exists()


@pytest.mark.parametrize("flag", [("--orders", "2"), ("--from", "2026-03-03"), ("--to", "2026-03-03")])
def test_a_part_of_the_orders_is_not_left_out_silently_on_a_site(tmp_path, flag):
	told = the_demo.run(tmp_path / "here", *flag)
	assert told.status == BAD_DATA and f"{flag[0]}: a site takes the orders as they are" in told.last_line


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
	(tmp_path / "orders.csv").write_text("order\n")
	told = in_memory(tmp_path, "--data", str(tmp_path / "orders.csv"))
	assert told.status == BAD_DATA and "orders.csv is no folder" in told.last_line


DAYS = {
	"the last day of a year": (date(2026, 12, 31), date(2026, 12, 31)),
	"the day that only leap years have": (date(2028, 2, 29), date(2028, 2, 29)),
	"a Saturday": (date(2026, 11, 28), date(2026, 11, 30)),
	"clocks go forward": (date(2026, 3, 29), date(2026, 3, 30)),
	"clocks go back": (date(2026, 10, 25), date(2026, 10, 26)),
}
"""The day asked for, and the working day on which the first order is written."""


@pytest.mark.parametrize(("day", "first"), DAYS.values(), ids=DAYS)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland"])
def test_the_story_can_begin_on_any_day(tmp_path, day, first, zone):
	told = in_memory(tmp_path, "--day", day.isoformat(), TZ=zone)
	assert told.status == IN_MEMORY
	assert f"{first.day} {first:%B %Y} to " in told.page
	assert re.search(r"^  \d\d \w{3}  written by", told.text, re.MULTILINE)
	assert the_demo.TRACEBACK not in told.text


def test_the_story_is_the_same_on_every_day_but_for_the_dates(tmp_path):
	def figures(day):
		told = in_memory(tmp_path, "--day", day)
		return [line for line in told.text.splitlines() if line.startswith(("Fill rate", "Approvals"))]

	assert figures("2026-03-02") == figures("2026-11-02") != []


@pytest.mark.parametrize(
	("arguments", "said"),
	[
		(["--day", "31.12.2026"], "31.12.2026"),
		(["--day", "2027-02-29"], "2027-02-29"),
		(["--data", "nowhere"], "nowhere is no folder"),
		(["--data", ""], "is empty; name a folder"),
		(["--from", "31.12.2026"], "is no day; write year-month-day"),
		(["--to", "2027-02-29"], "is no day; write year-month-day"),
		(["--day", "2026-13-01"], "is no day; write year-month-day"),
		(["--from", "2026-03-05", "--to", "2026-03-02"], "--from 2026-03-05 lies after --to 2026-03-02"),
		(["--orders", "-1"], "is not a whole number of 1 or more"),
		(["--orders", "0"], "is not a whole number of 1 or more"),
		(["--orders", "few"], "is not a whole number of 1 or more"),
	],
)
def test_arguments_that_make_no_sense_are_refused(tmp_path, arguments, said):
	told = in_memory(tmp_path, *arguments)
	assert told.status == BAD_DATA and said in told.last_line
	assert not (told.folder / "demo.html").exists()


def test_the_days_of_ones_own_orders_stand_in_their_files(tmp_path):
	own = own_company.write(tmp_path / "own")
	told = in_memory(tmp_path, "--data", str(own), "--day", "2026-12-31")
	assert told.status == BAD_DATA and "days of their own" in told.last_line


def test_files_that_cannot_be_used_are_named_with_row_column_and_value(tmp_path):
	own = own_company.write(tmp_path / "own")
	path = own / "order_lines.csv"
	text = path.read_text(encoding="utf-8")
	path.write_text(text.replace("A-3,HAKEN,2", "A-3,HAKEN,zwei"), encoding="utf-8")
	told = in_memory(tmp_path, "--data", str(own))
	assert told.status == BAD_DATA
	assert re.search(r"order_lines\.csv.*5.*qty.*zwei", told.text)
	assert not (told.folder / "demo.html").exists()
