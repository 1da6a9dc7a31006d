"""What happened to one man, told in plain words with the values that decided it."""
