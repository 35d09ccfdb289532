"""What staff set up: the frame of a day, its blocks and slots, tables, interpreters, firms and their people."""
