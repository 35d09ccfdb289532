"""Questions about an opportunity: asked without a name, answered once for all firms that may read it."""
