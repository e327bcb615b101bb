"""The guides of many clinics: every clinic file of one folder, each built into a site of its own."""
