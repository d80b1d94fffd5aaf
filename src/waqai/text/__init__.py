"""The language as characters: letters, tokens, numbers, days. Pure, with offsets into the original."""
