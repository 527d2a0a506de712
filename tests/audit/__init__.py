"""Tests of the self-inspection (自查)."""
