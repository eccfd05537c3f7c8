"""By what somebody who fetches boxes shows that they are for him."""

import hashlib
import hmac
from collections.abc import Iterable

from sales_wh_flow.base.problems import RuleViolation

NAME, SIGNATURE, CODE, EITHER = "Name", "Signature", "Code", "Code or Signature"
DIGITS = 6


def collection_code(secret: bytes, order: str) -> str:
	"""The six digits that the customer of an order is shown: always the same, and kept nowhere."""
	digest = hmac.new(secret, order.encode(), hashlib.sha256).digest()
	return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def bare(code: str) -> str:
	"""A code as it was typed, its digits alone; empty for what is none."""
	digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
	return digits if len(digits) == DIGITS else ""


def is_code_of(secret: bytes, orders: Iterable[str], code: str) -> bool:
	"""Whether a code is that of one of the orders."""
	typed = bare(code)
	return bool(typed) and any(hmac.compare_digest(typed, collection_code(secret, it)) for it in orders)


def lacking(
	wanted: str, *, receiver: str, signature: str, code: str, is_code_right: bool
) -> RuleViolation | None:
	"""What of the proof is missing or wrong; None where it is enough. A name is always asked for."""
	if not receiver.strip():
		return RuleViolation("who_fetches")
	if code.strip() and not is_code_right:
		return RuleViolation("wrong_code", typed=code[:20])
	if wanted == SIGNATURE and not signature:
		return RuleViolation("signature_missing")
	if wanted == CODE and not is_code_right:
		return RuleViolation("code_missing")
	if wanted == EITHER and not (signature or is_code_right):
		return RuleViolation("code_or_signature_missing")
	return None
