"""Gates: rules on a decision, one file per stage. A decision is refused until what they miss is there."""
