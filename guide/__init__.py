"""The guide's code: reads one clinic's facts and the data files, checks pages, fills macros."""
