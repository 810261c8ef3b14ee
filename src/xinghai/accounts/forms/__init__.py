"""The fixed screens of this room: entrance, own data, organisation, staff."""
