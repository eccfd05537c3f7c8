"""Delay alerts and the orders behind them in the database."""
