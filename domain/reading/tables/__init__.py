"""Plans whose tasks stand in tables, with cells or cut to text: columns, rows, what is lost."""
