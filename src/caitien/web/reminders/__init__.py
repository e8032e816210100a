"""Việc của tôi: what each person has to do across schools, and how she is reminded of it (page, e-mail, calendar)."""
