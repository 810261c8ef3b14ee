"""Views of this room, one file per screen."""
