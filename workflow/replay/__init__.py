"""Playing a family's story through the rules: the casebook, its strict reader, the replay and its report."""
