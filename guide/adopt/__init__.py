"""How a clinic fills in its file by answering questions: `python -m guide new`, from the questions to the file."""
