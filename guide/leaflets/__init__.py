"""The hand-outs as PDF files: taken from the built pages, set for paper by WeasyPrint, and kept in a folder of their own."""
