"""The tests of gongkai."""
