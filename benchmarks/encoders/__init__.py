"""Well-known ways to classify text beside this project's: `python -m benchmarks.encoders`.

Every system learns from the same rows and is asked the same questions; what comes out is one
Markdown table. A result is kept under `.bench/`, so that an interrupted run goes on.
"""
