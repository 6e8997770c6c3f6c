"""Finding articles: words, queries, ranking, the index and the files that browsers read."""
