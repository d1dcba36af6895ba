"""Briefs to where they are read: the outputs folder, mail, an archive with feeds."""
