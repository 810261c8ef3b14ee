"""The panel of similar records beside the one an office reads."""

from xinghai.casework.worklists import Panel
from xinghai.duplicates.selectors import similar_to

SIMILAR = Panel("duplicates/office/similar.html", similar_to)
