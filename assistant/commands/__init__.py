"""The commands of `assistant`, one file each; `__main__.py` lists them. Heavy imports wait until they are needed."""
