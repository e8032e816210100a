"""What somebody would try who means harm, or whose program is broken."""
