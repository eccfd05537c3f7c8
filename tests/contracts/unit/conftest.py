"""The syntax of all sources is kept until the last contract has read it."""

import gc

import pytest


@pytest.fixture(scope="package", autouse=True)
def nobody_looks_for_garbage_in_the_sources():
	"""Millions of nodes that all stay: looking through them again and again takes longer than the tests."""
	gc.disable()
	yield
	gc.freeze()
	gc.enable()
