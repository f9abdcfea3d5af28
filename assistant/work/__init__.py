"""What people made with the assistant and cannot be made again: their conversations, in `work.sqlite`."""
