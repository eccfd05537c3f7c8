"""What a usual run leaves out, and says so; `--thorough`, or a suite that is named, runs it."""

import os
from collections.abc import Collection, Iterable

import pytest

in_full_runs = pytest.mark.skipif(
	not os.environ.get("SWHF_IN_FULL"),
	reason="for who a usual run leaves out: runs with --thorough",
)


def usually(usual: Collection[str], everybody: Iterable[str]) -> list:
	"""Parameters for everybody, of whom a usual run takes these."""
	return [it if it in usual else pytest.param(it, marks=in_full_runs) for it in everybody]
