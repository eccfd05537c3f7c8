"""What a refusal said, kept where nobody was there to read it."""

from sales_wh_flow.base.refusals import text_of_code


def refused(code: str, **facts) -> str:
	"""A refusal of the flow in words of the reader, who is told of no document that is not theirs to see."""
	return text_of_code(code, facts)


def refused_for_several_reasons(reasons: list[str]) -> str:
	"""One after the other."""
	return " ".join(reasons)
