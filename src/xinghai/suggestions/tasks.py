"""Jobs of this room; the worker finds them through this file."""

from xinghai.suggestions.mails import mail_invitation

__all__ = ["mail_invitation"]
