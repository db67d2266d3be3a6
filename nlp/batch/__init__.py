"""Running a model over an office's file and writing what staff work on."""
