"""Expressions that users write end: none runs longer than it may, none makes a giant of a number."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

LONGEST = 4000
"""Characters of an expression; deeper nesting could take the interpreter down."""

_ENDLESS = (ast.Pow, ast.LShift, ast.RShift)


class TooMuch(Exception):
	"""The expression takes too long, or could."""


def check_bounds(expression: str) -> None:
	"""Raises: TooMuch for what runs on inside one step, where no clock is looked at; SyntaxError."""
	if len(expression) > LONGEST:
		raise TooMuch(f"it has {len(expression)} characters; {LONGEST} are the most")
	for node in ast.walk(ast.parse(expression, mode="eval")):
		if isinstance(node, ast.JoinedStr):
			raise TooMuch("texts with {} in them are not taken")
		if isinstance(node, ast.BinOp) and isinstance(node.op, _ENDLESS):
			raise TooMuch("** << >> are not taken")
		if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Mod):
			_check_sizes(node)


def _check_sizes(node: ast.BinOp) -> None:
	for side in (node.left, node.right):
		is_text = isinstance(side, ast.Constant) and isinstance(side.value, str | bytes)
		if is_text or isinstance(side, ast.List | ast.Tuple | ast.ListComp):
			raise TooMuch("texts and lists are not multiplied or filled in")


@contextmanager
def within(seconds: float) -> Iterator[None]:
	"""What runs inside in this thread is stopped at its next step when the time is over. Raises: TooMuch."""
	end = monotonic() + seconds

	def look(frame, event, _argument):
		frame.f_trace_opcodes = True
		if monotonic() > end:
			raise TooMuch(f"it takes longer than {seconds:g} s")
		return look

	before = sys.gettrace()
	sys.settrace(look)
	try:
		yield
	finally:
		sys.settrace(before)
