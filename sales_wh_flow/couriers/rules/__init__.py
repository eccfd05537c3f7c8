"""Decisions about couriers: normal states, blame, order of events, signatures, freight."""
