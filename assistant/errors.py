"""One root error, and a child for each different thing a caller can do about it.

Every message says what went wrong, with which file or value, and what to do next.
"""


class AssistantError(Exception):
    """The root: anything that Briefing Assistant reports as a plain sentence, without a traceback."""

    exit_code = 1


class InputError(AssistantError):
    """What the person asked for cannot be done as asked: an empty question, a missing folder. Change the input."""

    exit_code = 2


class SettingsError(AssistantError):
    """A setting is unknown or wrong. Change the settings."""

    exit_code = 2


class UnreadableFile(AssistantError):
    """A file cannot be turned into a document; the message is the reason shown beside the file."""


class IndexBusy(AssistantError):
    """Another process owns the index folder; the message names it and says what to do."""

    exit_code = 3


class SyncRunning(IndexBusy):
    """This process is bringing the index up to date already; wait until that has ended."""


class IndexMismatch(AssistantError):
    """The index was built with another embedder or chunker; the message names the command that rebuilds it."""

    exit_code = 4


class IndexDamaged(AssistantError):
    """The database of the index is missing, damaged or newer than this program; rebuild it from the files."""

    exit_code = 5


class WorkDamaged(AssistantError):
    """The file of conversations is damaged, newer than this program, or none of ours; put a backup back."""

    exit_code = 5


class StorageError(AssistantError):
    """The disk is full, read-only or failing. What was acknowledged before is intact."""

    exit_code = 6


class VectorsUnavailable(AssistantError):
    """The vector index cannot be used now; the caller falls back to exact search and says so."""


class LLMUnavailable(AssistantError):
    """The LLM cannot be reached, refuses the key or the model, or is silent; the message says what to do."""

    exit_code = 7


class ContextTooLong(LLMUnavailable):
    """The prompt is longer than the model's context window. Send fewer passages."""


class ReplyCutShort(LLMUnavailable):
    """The reply broke off before its end. Of a stream, what came before is as the model wrote it. Ask again."""


class OutOfRoom(ReplyCutShort):
    """The reply reached the most tokens it may have, or the end of the context window: asking again gives the same."""
