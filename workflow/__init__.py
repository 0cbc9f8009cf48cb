"""What may happen, and what must: the machine, the rules, the actions, and the replay of a family's story."""
