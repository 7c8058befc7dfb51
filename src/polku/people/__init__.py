"""Parties, memberships, groups: who there is and who may do what."""
