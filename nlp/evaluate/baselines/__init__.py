"""Systems without a model that a router is held against: if they do as well, it is not needed."""
