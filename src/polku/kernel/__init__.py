"""What every room shares: actors, answers, history, states, ties, words and the registry."""
