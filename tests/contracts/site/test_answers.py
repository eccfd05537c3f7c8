"""An endpoint that answers something else than it names fails the test that calls it."""

import pytest

from sales_wh_flow.delays import api, worklist


def test_an_answer_of_another_shape_is_seen(monkeypatch):
	monkeypatch.setattr(worklist, "delays_of_me", lambda: [{"name": 1}])
	with pytest.raises(AssertionError, match="misses cause"):
		api.my_delays()
