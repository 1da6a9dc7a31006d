"""Laws of the theory: signs that must hold under every value of the uncertain parameters."""
