"""What a clinic sends, prints and puts on its own website to lead people to a topic."""
