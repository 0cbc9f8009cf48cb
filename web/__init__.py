"""The pages: what each person sees of the hub in a browser, one file per place. Nothing is decided here."""
