"""What every comparison keeps of its results and says of where they were measured."""
