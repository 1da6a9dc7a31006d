"""What a study runs: factors, their values at each point, the scenarios they are set in."""
