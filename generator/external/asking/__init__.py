"""Asking (询问): what acts on the network, and the only package that imports aiohttp."""
