"""Addresses of imports and exports inside a workspace."""

from django.urls import path

from polku.web.desk import exporting, importing, importing_runs, importing_try

ONE = "import/<int:number>/"

urlpatterns = [
    path("import/", importing.import_start, name="import_start"),
    path("import/example/", importing.import_example, name="import_example"),
    path("import/example/try/", importing.import_example_try, name="import_example_try"),
    path(ONE, importing_try.import_try, name="import_try"),
    path(f"{ONE}questions/", importing.import_questions, name="import_questions"),
    path(f"{ONE}save/", importing_try.import_save, name="import_save"),
    path(f"{ONE}mapping/", importing_try.import_mapping, name="import_mapping"),
    path(f"{ONE}mapping.json", importing_try.import_mapping_file, name="import_mapping_file"),
    path(f"{ONE}rows.csv", importing_try.import_rows, name="import_rows"),
    path(f"{ONE}progress/", importing_runs.import_progress, name="import_progress"),
    path(f"{ONE}done/", importing_runs.import_done, name="import_done"),
    path(f"{ONE}undo/", importing_runs.import_undo, name="import_undo"),
    path("export/", exporting.export_all, name="export_all"),
    path("export/<slug:plural>/", exporting.export_list, name="export_list"),
]  # fmt: skip
