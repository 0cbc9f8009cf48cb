"""What developers run beside the product: set-up, the lock, the benchmarks."""
