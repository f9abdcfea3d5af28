"""A question -> what it asks for and supposes, and which sentences cannot be that."""
