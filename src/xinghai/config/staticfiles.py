"""Static files with their hash in the name, also where one script of ours imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage as Hashed


class HashedStatics(Hashed):  # type: ignore[misc]  # whitenoise carries no types
    """A browser keeps every file for ever and still never mixes two releases."""

    support_js_module_import_aggregation = True
    # Scripts of libraries name examples in comments, which are no files.
    _js_module_import_aggregation_patterns = (
        "xinghai/*.js",
        Hashed._js_module_import_aggregation_patterns[1],
    )
