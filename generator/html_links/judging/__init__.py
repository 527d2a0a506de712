"""Judging (判定): which rules a link breaks, by its address, its words, its target and its neighbours."""
