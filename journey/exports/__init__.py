"""A journey becomes bytes in one open format each, and back."""
