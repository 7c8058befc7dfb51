"""What comes in from files of others and what leaves in files of ours."""
