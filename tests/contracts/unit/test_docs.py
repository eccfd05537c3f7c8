"""The pages of docs/: every link and picture is there, every page is found, every form leads to one."""

import json
import re
import sys
from pathlib import Path

from tests.contracts.app_source import APP, ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
HELP = re.compile(r'^\t\t"?([A-Za-z][\w\- ]*?)"?: "([^"]+)",$', re.MULTILINE)
ELSEWHERE = ("http://", "https://", "mailto:")


def headings(page: Path) -> set[str]:
	"""The anchors of a page, as GitHub and the site make them."""
	text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
	titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
	return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken(page: Path, target: str) -> bool:
	name, _hash, anchor = target.partition("#")
	file = (page.parent / name).resolve() if name else page
	return not file.exists() or bool(anchor and anchor not in headings(file))


def links(page: Path) -> list[str]:
	text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
	found = [target or picture for target, picture in LINK.findall(text)]
	return [target for target in found if not target.startswith(ELSEWHERE)]


def test_every_link_and_picture_of_every_page_is_there():
	pages = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
	problems = [
		f"{page.relative_to(ROOT)}: {target}"
		for page in pages
		for target in links(page)
		if broken(page, target)
	]
	assert not problems, "\n".join(problems)
	assert broken(DOCS / "index.md", "tour.md#no-such-part") and broken(DOCS / "index.md", "nothing.md")


def test_every_page_is_in_the_contents_and_every_picture_on_a_page():
	contents = (DOCS / "index.md").read_text() + "".join(
		f"adr/{page.stem}\n" for page in (DOCS / "adr").glob("0*.md")
	)
	unlisted = [
		str(page.relative_to(DOCS))
		for page in PAGES
		if page.stem != "index" and f"{page.relative_to(DOCS).with_suffix('')}\n" not in contents
	]
	assert not unlisted, f"add to docs/index.md: {unlisted}"
	shown = "".join(page.read_text() for page in [*PAGES, ROOT / "README.md"])
	unused = [picture.name for picture in DOCS.glob("*.png") if picture.name not in shown]
	assert not unused, f"on no page: {unused}"


def test_every_form_page_and_report_of_ours_leads_to_its_help():
	table = dict(HELP.findall((APP / "public/js/shared/help.js").read_text()))
	own = [
		doc["name"]
		for kind in ("doctype", "page", "report")
		for path in sorted((APP / "sales_wh_flow" / kind).glob("*/*.json"))
		for doc in [json.loads(path.read_text())]
		if not doc.get("istable")
	]
	assert not (missing := [name for name in own if name not in table]), f"add to shared/help.js: {missing}"
	settings = (APP / "sales_wh_flow/doctype/sales_flow_settings/sales_flow_settings.js").read_text()
	sections = re.findall(r'^\t(\w+): "([\w-]+)\.md",$', settings, re.MULTILINE)
	assert sections, "the settings' sections lead nowhere"
	named = [*table.values(), *(page for _section, page in sections)]
	problems = [
		page
		for page in named
		if broken(DOCS / "index.md", page.replace("#", ".md#", 1) if "#" in page else f"{page}.md")
	]
	assert not problems, f"no such page or part: {problems}"


def test_every_section_of_the_settings_leads_to_its_page():
	doc = json.loads((APP / "sales_wh_flow/doctype/sales_flow_settings/sales_flow_settings.json").read_text())
	named = (APP / "sales_wh_flow/doctype/sales_flow_settings/sales_flow_settings.js").read_text()
	sections = [row["fieldname"] for row in doc["fields"] if row["fieldtype"] == "Section Break"]
	assert not [name for name in sections if f"\t{name}: " not in named]


def test_every_picture_is_taken_by_the_browser_suite():
	sys.path.insert(0, str(ROOT / "script" / "lib"))
	from docs_pictures import PICTURES

	suite = "".join(path.read_text() for path in (ROOT / "tests" / "browser").glob("*.py"))
	here = {picture.stem for picture in DOCS.glob("*.png")}
	assert here == set(PICTURES), "script/lib/docs_pictures.py lists other pictures than docs/ has"
	untaken = [made for made in PICTURES.values() if not any(start in suite for start in beginnings(made))]
	assert not untaken, f"no browser test takes these pictures: {untaken}"


def beginnings(picture: str) -> list[str]:
	"""How a test may name it: whole, or with its width put in."""
	stem = re.sub(r"[-_](desktop|phone)$", "", picture)
	title = stem.removeprefix("approval-")
	return [f'"{picture}', f'"{stem}', f"'{picture}", f'"{title}": (self']
