"""What ready-made set-ups there are, and how they are judged; no database."""
