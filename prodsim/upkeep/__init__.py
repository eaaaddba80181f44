"""What is kept in the cache, who needs it, and how what nobody needs is removed."""

from prodsim.upkeep.cleaning import clean, tidy
from prodsim.upkeep.inventory import Inventory, Kept, look

__all__ = ["Inventory", "Kept", "clean", "look", "tidy"]
