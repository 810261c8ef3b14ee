"""The panel of similar records beside the one an office reads."""

from xinghai.casework.worklists import Panel
from xinghai.duplicates.selectors import alikes_of

SIMILAR = Panel("duplicates/office/alike.html", alikes_of)
