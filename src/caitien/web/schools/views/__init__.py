"""Pages of a school: where one starts, who the school is, its people, its members and invitations."""
