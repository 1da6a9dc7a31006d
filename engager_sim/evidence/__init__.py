"""What studies found, as data: targets to fit, targets held out, each with its source."""
