"""(source, claim) -> support: what judges whether words bear out other words."""
