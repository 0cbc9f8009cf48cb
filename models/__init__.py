"""What things are: the vocabulary, what happened (events), what is known (facts), and the tables that keep it."""
