"""Write a draft of the yearly bulletin from a year's records: every number is counted from rows."""
