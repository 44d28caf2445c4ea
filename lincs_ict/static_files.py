"""How static files are stored."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compressed files with hashed names, in the imports of scripts too."""

    support_js_module_import_aggregation = True
