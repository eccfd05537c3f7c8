"""Text and page say the same in the same words, and a reader who knows neither is not misled."""

import re
from datetime import date

import pytest

from sales_wh_flow_demo import csv_layout, days, events, page, sample, sentences, story
from sales_wh_flow_demo.figures import fold
from sales_wh_flow_demo.summary import summary
from tests.simulation.test_csv_layout import SMALL

DAY = date(2026, 3, 2)


def told(folder):
	"""The printed story, the totals and the page of the folder."""
	data, _notes = csv_layout.read(folder)
	happened = days.run(data).events
	names = {item.code: item.name for item in data.items}
	figures, stories = fold(happened), story.tell(happened, names)
	text = "\n".join(story.printed(stories)), "\n".join(summary(figures, names))
	return (*text, page.render(data, figures, stories, "Run."))


@pytest.fixture(scope="module")
def month():
	happened = days.run(sample.generate()).events
	return happened, fold(happened), story.tell(happened)


def tiles(html):
	return {text: number for number, text in re.findall(r"<b>([^<]+)</b><span>([^<]+)</span>", html)}


def test_without_people_the_page_shows_what_would_be_asked(folder):
	(folder / "order_lines.csv").write_text(SMALL["order_lines.csv"].replace("0.45", "0.10"))
	_printed, totals, html = told(folder)
	assert tiles(html)["approval would be asked, nobody is there to decide"] == "1"
	assert "No approval was asked for" not in html and "1 of Sales Manager" in html
	assert "Discount above 15 %" in html.split("Approvals by rule", 1)[1]
	assert "none asked, for nobody is there to decide" in totals
	assert "1 would be asked of Sales Manager: Discount above 15 %" in totals


def test_what_has_no_price_is_worth_nothing_on_the_page(folder):
	(folder / "items.csv").write_text("item,price\nBOLT,0\nWIRE,2\n")
	(folder / "stock.csv").write_text("item,warehouse,qty\n")
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,BOLT,500\nA-2,WIRE,3\n")
	html = told(folder)[2]
	assert re.findall(r'class="note"[^>]*>([^<]+ Nos, [^<]+)<', html) == ["3 Nos, 6", "500 Nos, no price"]


def test_shares_name_what_they_are_of(month):
	_happened, figures, stories = month
	text = "\n".join(summary(figures))
	html = page.render(sample.generate(orders=1), figures, stories, "Run.")
	lines = f"{figures.parcels.lines} lines"
	assert re.search(rf"on average \d+\.\d % of each line .* \({len(figures.open_lines())} lines of", text)
	assert f"of the {lines} were short when ordered" in text
	assert {"of each line locked at submit, on average", f"of the {lines} were short when ordered"} <= set(
		tiles(html)
	)


@pytest.mark.parametrize(
	("sent", "least", "said"),
	[
		(2, 2, "the same goods could not leave in fewer parcels"),
		(3, 2, "3 parcels, of the same goods at least 2 are needed"),
	],
)
def test_parcels_are_compared_in_plain_words(sent, least, said):
	planned = events.ParcelsPlanned(DAY, "O", parcels=sent, least=least, lines=4, short=0)
	text = "\n".join(summary(fold([events.OrderWritten(DAY, "O", "Holm", "Mona"), planned])))
	assert text.count(said) == 1 and " x " not in text


def test_every_percentage_is_written_in_one_way(month):
	_happened, figures, stories = month
	html = page.render(sample.generate(orders=1), figures, stories, "Run.")
	body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
	for text in (*story.printed(stories), *summary(figures), body):
		assert not re.search(r"\d%", text)


def test_an_order_without_goods_of_ours_says_that_nobody_approved_it(folder):
	(folder / "order_lines.csv").write_text("order,item,qty,drop_ship\nA-1,BOLT,5,yes\nA-2,BOLT,1,\n")
	printed, _totals, html = told(folder)
	assert "status Approved, nobody had to approve it: nothing leaves our warehouses" in printed
	assert html.count("nobody had to approve it") == 2
	assert printed.count("nobody had to approve it") == 1


@pytest.mark.parametrize("rate", ["19", "0"])
def test_totals_say_that_tax_is_in_them(folder, rate):
	(folder / "customers.csv").write_text("customer,country\nHolm,Germany\nBerg,Germany\n")
	(folder / "taxes.csv").write_text(f"country,tax,rate\nGermany,VAT,{rate}\n")
	printed, _totals, html = told(folder)
	is_taxed = rate != "0"
	assert ("with tax, 2 lines" in printed) == is_taxed
	assert ("orders, EUR 39 with tax" in tiles(html)) == is_taxed
	assert ("EUR with tax</th>" in html) == is_taxed


def test_stock_that_makes_no_whole_box_is_named(folder):
	(folder / "order_lines.csv").write_text("order,item,qty,uom\nA-1,BOLT,24,\nA-2,BOLT,10,Box\n")
	assert "waits for 48 Nos BOLT in North; 4 Nos lie there, less than a Box of 12" in told(folder)[0]


def test_stock_that_is_all_given_leaves_nothing_to_name(folder):
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,BOLT,100\nA-2,BOLT,10\n")
	printed = told(folder)[0]
	assert "waits for 10 Nos BOLT in North" in printed and "lie there" not in printed


def test_a_state_has_one_word_in_text_and_on_the_page(month):
	_happened, figures, stories = month
	html = page.render(sample.generate(orders=1), figures, stories, "Run.")
	text = "\n".join(summary(figures))
	legend = re.findall(r"<i class=\"tone-\w+\"></i>([^<]+)</span>", html.split("Approvals by rule")[-1])
	for word in ("given", "refused", "open", "no longer needed"):
		assert f" {word}" in text and word in legend
	for status, _count in figures.by_status():
		assert f">{status}</option>" in html
	printed = list(story.printed(stories))
	assert {line.strip() for line in printed if line.startswith(" " * 9) and line[9] != " "} <= {
		status for status, _count in figures.by_status()
	}


def test_one_of_a_kind_is_told_in_the_singular(folder):
	(folder / "orders.csv").write_text("order,customer,date\nA-1,Holm,2026-03-02\n")
	(folder / "order_lines.csv").write_text("order,item,qty\nA-1,LASER,2\n")
	said = "\n".join(told(folder))
	plurals = "orders|lines|items|parcels|rows|pick lists|delivery notes|deliveries|approvals|units"
	assert not re.findall(rf"(?<![\d.,])1 (?:waiting )?(?:{plurals})\b", said)
	assert "1 line of 1 item:" in said and "of the 1 line " in said


@pytest.mark.parametrize(
	("number", "noun", "text"),
	[(0, "order", "0 orders"), (1, "delivery", "1 delivery"), (2, "delivery", "2 deliveries")],
)
def test_nouns_follow_their_number(number, noun, text):
	assert sentences.counted(number, noun) == text


def test_a_name_that_is_cut_says_so():
	names = ("Holm & Daughters Metal Works of Kiel, Limited", "Berg")
	happened = [events.OrderWritten(DAY, name, name, "Mona") for name in names]
	lines = list(story.printed(story.tell(happened), full=0))
	assert "Holm & Daughters Metal Works of Kiel…" in lines[1] and "…" not in lines[2]
	row = events.Row("O/1", 1, "BOLT", "North", 3.0, "Nos")
	written = events.OrderWritten(DAY, "O", "Holm", "Mona")
	totals = summary(fold([written, events.OrderSubmitted(DAY, "O", (row,))]), {"BOLT": "x" * 60})
	assert f"{'x' * 43}… " in totals[-1]
