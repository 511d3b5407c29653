"""What the `mediane` command does: one subcommand, one file."""
