"""The command line `mash`: one file per group of commands. Heavy libraries are imported only by the command that runs."""
