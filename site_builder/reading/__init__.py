"""Original -> Reading: an article, its text, and the edits that led to it."""
