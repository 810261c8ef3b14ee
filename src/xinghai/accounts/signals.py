"""What other rooms are told of units. Receivers run in the transaction of the write.

`unit_merged` (sender Organisation; `unit`, `into`, `by`): everything of the unit passes on.
`unit_changed` (sender Organisation; `unit`, `by`): facts that forms take from it are others now.
"""

from django.dispatch import Signal

unit_merged = Signal()
unit_changed = Signal()
