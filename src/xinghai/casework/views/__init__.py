"""The bureau's screens, one file per thing its people do."""
