"""House style, scales and layouts that the pictures of several studies share."""
