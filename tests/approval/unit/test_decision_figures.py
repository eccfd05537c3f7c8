"""How decisions are counted, on cases computed by hand."""

from sales_wh_flow.approval.rules.decision_figures import Taken, by_approver, by_rule, whole_order

VOTES = (
	Taken("A1", "Credit", "Approved", "Approved", "ada", 2, 2),
	Taken("A2", "Credit", "Rejected", "Refused", "ada", 4, 1),
	Taken("A3", "Credit", "Open"),
	Taken("A4", "Discount", "Superseded"),
	Taken("A5", "Discount", "Shadow"),
)


def test_each_rule_counts_its_approvals_by_what_became_of_them():
	credit, discount = by_rule(VOTES)
	assert (credit.key, credit.asked, credit.approved, credit.refused, credit.waiting) == (
		"Credit",
		3,
		1,
		1,
		1,
	)
	assert (discount.asked, discount.withdrawn, discount.shadow) == (1, 1, 1)


def test_the_share_of_refusals_is_taken_of_what_was_decided():
	credit, discount = by_rule(VOTES)
	assert credit.refused_pct == 50
	assert discount.refused_pct is None


def test_hours_are_medians_over_the_votes():
	votes = [
		Taken(f"A{number}", "Credit", "Approved", "Approved", "ada", hours, 1)
		for number, hours in enumerate((1, 2, 9))
	]
	assert whole_order(votes).clock_h == 2
	assert whole_order([VOTES[2]]).clock_h is None


def test_two_votes_on_one_approval_count_it_once():
	votes = [
		Taken("A1", "Credit", "Approved", "Approved", "ada", 1, 1),
		Taken("A1", "Credit", "Approved", "Approved", "bob", 3, 3),
	]
	assert (whole_order(votes).asked, whole_order(votes).approved, whole_order(votes).clock_h) == (1, 1, 2)


def test_an_approver_answers_for_the_own_vote():
	"""Ada approved, Bob refused the same request: it ends refused, and only Bob refused it."""
	votes = [
		Taken("A1", "Credit", "Rejected", "Approved", "ada", 1, 1),
		Taken("A1", "Credit", "Rejected", "Refused", "bob", 2, 2),
	]
	found = {it.key: (it.approved, it.refused) for it in by_approver(votes)}
	assert found == {"ada": (1, 0), "bob": (0, 1)}


def test_who_never_voted_is_not_listed():
	assert [it.key for it in by_approver(VOTES)] == ["ada"]
