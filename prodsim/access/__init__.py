"""Who may do what, and how much of it: people on lists, who sits at the machine, who knows the password; uploads.

Nothing heavy is imported here: the server starts with it.
"""

from prodsim.access.lists import Access, verified_address
from prodsim.access.local import is_local
from prodsim.access.password import Attempts
from prodsim.access.uploads import UploadRefused, Uploads

__all__ = ["Access", "Attempts", "UploadRefused", "Uploads", "is_local", "verified_address"]
