"""What stops a run, said in a sentence: the thing, the reason and the remedy."""

from prodsim.errors import ProdsimError


class TrainingError(ProdsimError):
    """An archive, a folder or a checkpoint that a run cannot go on with."""
