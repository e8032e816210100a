"""Who signs in: users, login, second factor."""
