"""What people do, one file per stage: each action turns a command into events and, where it moves the case, a move."""
