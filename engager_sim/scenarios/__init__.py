"""The presets: scenario files shipped with the package."""
