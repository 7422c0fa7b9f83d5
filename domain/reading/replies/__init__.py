"""What people answer about a task, read word by word."""
