"""Reading: bytes to cells with their place. What the cells mean is the regimes' business."""
