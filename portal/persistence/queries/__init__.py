"""What is read: functions that return rows, one SQL query for any number of them."""
