"""Mentions become actors and places of the registers."""
