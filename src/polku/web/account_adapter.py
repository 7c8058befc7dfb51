"""How sign-in differs from allauth's own: nobody signs up by themselves, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an invitation or on the command line, never at a public form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed, always."""
        return False
