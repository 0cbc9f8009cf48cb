"""What an authority can change without changing code: settings, the clock, and dated, cited policy packs."""
