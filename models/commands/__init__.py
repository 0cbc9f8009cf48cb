"""What a person asks for: one strict model per verb, in the file of its stage. An unknown key is an error, never ignored."""
