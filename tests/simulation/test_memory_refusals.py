"""The run in memory refuses what it cannot do before it begins, in a line that says what to do."""

import os

import pytest

from sales_wh_flow_demo import page
from sales_wh_flow_demo.memory import main
from tests.simulation.test_csv_layout import SMALL


@pytest.fixture
def folder(tmp_path):
	data = tmp_path / "data"
	data.mkdir()
	for name, text in SMALL.items():
		(data / name).write_text(text, encoding="utf-8")
	return data


def refusal(capsys, arguments):
	"""The line of a run that was refused before it told anything."""
	assert main(arguments) == 2
	said = capsys.readouterr()
	assert "Checked" not in said.out and "orders," not in said.out
	(line,) = said.err.splitlines()
	return line


def _shut(tmp_path):
	tmp_path.joinpath("shut").mkdir(mode=0o555)
	return tmp_path / "shut" / "demo.html"


def _folder(tmp_path):
	tmp_path.joinpath("demo.html").mkdir()
	return tmp_path / "demo.html"


def _below_a_file(tmp_path):
	tmp_path.joinpath("file").write_text("")
	return tmp_path / "file" / "demo.html"


def _linked_device(tmp_path):
	tmp_path.joinpath("demo.html").symlink_to("/dev/full")
	return tmp_path / "demo.html"


NOWHERE = [
	pytest.param(
		_shut,
		"Permission denied",
		marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere"),
	),
	(_folder, "it is a folder, pipe or device"),
	(_below_a_file, "Not a directory"),
	(_linked_device, "it is a folder, pipe or device"),
	(lambda _tmp_path: "/dev/full", "it is a folder, pipe or device"),
	(lambda _tmp_path: "/proc/nowhere/demo.html", "No such file or directory"),
	(lambda tmp_path: tmp_path / ("x" * 300), "File name too long"),
]


@pytest.mark.parametrize(("place", "why"), NOWHERE)
def test_a_page_that_cannot_be_written_is_refused_before_the_run(folder, tmp_path, capsys, place, why):
	out = place(tmp_path)
	line = refusal(capsys, ["--data", str(folder), "--out", str(out)])
	assert line.startswith(f"{out}: cannot be written ({why}); ") and "name a" in line


def test_a_folder_for_the_data_that_cannot_be_made_is_refused(tmp_path, capsys):
	out = _below_a_file(tmp_path)
	assert f"{out}: cannot be written (Not a directory)" in refusal(capsys, ["--write", str(out)])


@pytest.fixture
def old(tmp_path):
	path = tmp_path / "page" / "demo.html"
	path.parent.mkdir()
	path.write_text("the old page")
	return path


def test_the_old_page_stays_when_the_run_breaks_off(folder, old, monkeypatch):
	monkeypatch.setattr(page, "render", lambda *_values: 1 / 0)
	with pytest.raises(ZeroDivisionError):
		main(["--data", str(folder), "--out", str(old)])
	assert [(path.name, path.read_text()) for path in old.parent.iterdir()] == [("demo.html", "the old page")]


def test_the_old_page_stays_when_the_disk_is_full(folder, old, monkeypatch, capsys):
	def full(_path, _target):
		raise OSError(28, "No space left on device")

	monkeypatch.setattr("pathlib.Path.replace", full)
	assert main(["--data", str(folder), "--out", str(old)]) == 2
	assert f"{old}: cannot be written (No space left on device)" in capsys.readouterr().err
	assert [(path.name, path.read_text()) for path in old.parent.iterdir()] == [("demo.html", "the old page")]


def test_a_new_page_takes_the_place_and_the_permissions_of_the_old_one(folder, old):
	old.chmod(0o640)
	link = old.with_name("link.html")
	link.symlink_to(old)
	assert main(["--data", str(folder), "--out", str(link)]) == 0
	assert old.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
	assert (old.stat().st_mode & 0o777, link.is_symlink()) == (0o640, True)
	assert sorted(path.name for path in old.parent.iterdir()) == ["demo.html", "link.html"]


IMPOSSIBLE = [
	(["--day", "9999-12-31"], "'9999-12-31' must lie between the years 1900 and 2199"),
	(["--day", "0001-01-01"], "'0001-01-01' must lie between the years 1900 and 2199"),
	(["--day", "soon"], "'soon' is no day"),
	(["--from", "0001-01-01"], "between the years 1900 and 2199"),
	(["--to", "9999-12-31"], "between the years 1900 and 2199"),
	(["--orders", "99999999999999999999"], "is too many; name at most 1,000,000"),
	(["--orders", "9" * 5000], "is too many; name at most 1,000,000"),
	(["--full", "99999999999999999999"], "is too many; name at most 1,000,000"),
	(["--data", ""], "--data: is empty; name a path"),
	(["--write", " "], "--write: is empty; name a path"),
	(["--out", ""], "--out: is empty; name a path"),
]


@pytest.mark.parametrize(("arguments", "message"), IMPOSSIBLE, ids=range(len(IMPOSSIBLE)))
def test_an_argument_that_cannot_be_meant_is_refused(capsys, arguments, message):
	with pytest.raises(SystemExit) as ended:
		main(arguments)
	assert ended.value.code == 2
	assert message in capsys.readouterr().err


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_possible_day_are_run(tmp_path, day):
	assert main(["--day", day, "--orders", "3", "--out", str(tmp_path / "page.html")]) == 0


STEERING = ["\x1b[31m", "\x07", "\x7f", "\x9b2J", "\u202e", "\u2066", "\u200f", "\r"]


@pytest.mark.parametrize("mark", STEERING, ids=ascii)
@pytest.mark.parametrize("customer", ["Holm", "Nobody"], ids=["told", "refused"])
def test_characters_that_steer_a_terminal_are_shown_and_not_sent(folder, tmp_path, capsys, mark, customer):
	name = f'"Ho{mark}lm"'
	for file in ("customers.csv", "warehouses.csv", "stock.csv", "items.csv"):
		text = SMALL[file].replace("Holm", name).replace("North", f'"No{mark}rth"')
		(folder / file).write_text(text.replace("BOLT,Nos", f'BOLT,"No{mark}s"'), newline="")
	who = name if customer == "Holm" else f'"No{mark}body"'
	(folder / "orders.csv").write_text(SMALL["orders.csv"].replace("Holm", who), newline="")
	(folder / "company.csv").write_text(f'company,"pho{mark}ne"\n"Qu{mark}ay",1\n', newline="")
	status = main(["--data", str(folder), "--out", str(tmp_path / "page.html")])
	assert status == (0 if customer == "Holm" else 2)
	said = "".join(capsys.readouterr())
	assert mark[0] not in said
	assert mark.encode("unicode_escape").decode() in said
