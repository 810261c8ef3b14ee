"""Static files with their hash in the name, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatics(CompressedManifestStaticFilesStorage):
    """A browser keeps every file for ever and still never mixes two releases."""

    support_js_module_import_aggregation = True
