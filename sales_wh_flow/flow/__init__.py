"""The Sales Order's way, one verb a file: read facts, ask the rules, write through the store.

approve -> route -> lock_stock -> pick -> dispatch; serve gives waiting demand what came in, release gives
stock back, guard_stock keeps others from taking what is locked, refresh_status writes the one status, repair
looks for drift.
"""
