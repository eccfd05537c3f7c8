"""How docs/ becomes a site: `script/docs`. Sphinx reads the pages as they lie here, MyST their Markdown."""

from pygments.lexers.special import TextLexer

project = "Sales WH Flow"
extensions = ["myst_parser"]
exclude_patterns = ["_site"]
myst_enable_extensions = ["html_image"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Sales WH Flow"
html_copy_source = False
html_show_sphinx = False


def setup(app):
	"""Diagrams stay readable as text: to draw them a page would fetch a program from elsewhere."""
	for language in ("mermaid", "csv"):
		app.add_lexer(language, TextLexer)
