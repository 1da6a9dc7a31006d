"""What every command shares: options, forecast, progress, and the session of a study."""
