"""Files that are checked, applied once, and undone as one."""
