"""What is inside an uploaded file: read by a process of its own with bounds (no Django here).

`python -m xinghai.kernel.file_checks <content type>` reads the content from standard input and
prints one of `verdicts`. `kernel.inspection` starts it and says the verdict in words.
"""
