"""Lines of a submitted order served from elsewhere, or brought together first."""
