"""When things happen without a person: Prefect flows, which wake, ask the rules what is due, and hold no state."""
