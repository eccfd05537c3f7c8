"""Somebody writes a document of the app: what was typed comes in as plain text."""

from sales_wh_flow.base import typed_texts


def before_insert(doc, method=None):
	typed_texts.clean_texts(doc)  # its name is made of its title next


def before_validate(doc, method=None):
	typed_texts.clean_texts(doc)
