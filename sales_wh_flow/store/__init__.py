"""Every statement the app sends to the database. Functions return facts or carry out plans; they decide
nothing.
"""
