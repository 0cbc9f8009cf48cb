"""Who is told, in what words, by what channel, and the post that sees to it that it arrives."""
