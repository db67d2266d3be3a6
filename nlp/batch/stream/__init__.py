"""Runs over inputs of any size: cut into chunks, kept in a journal, resumed, written at the end."""
