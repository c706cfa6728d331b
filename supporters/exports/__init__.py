"""Files of supporters for people and programs: what stands in them, how they are written, and the jobs that do it."""
