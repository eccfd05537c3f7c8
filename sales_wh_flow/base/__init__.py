"""What every capability stands on: quantities, problems, settings, row locks, retries, background work."""
