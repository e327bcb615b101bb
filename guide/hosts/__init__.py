"""Makes of a built guide what a host needs: its files in their place, and the host's configuration; or one file to unpack anywhere."""
