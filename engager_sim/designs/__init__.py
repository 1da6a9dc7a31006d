"""Designs: factors, their values at each point, study files, and how runs are carried out."""
