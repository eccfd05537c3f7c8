"""Hand-overs and proofs in the database."""
