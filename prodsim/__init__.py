"""Visual product similarity over a catalog of pictures: which products look like this one?"""

__version__ = "0.1.0"
