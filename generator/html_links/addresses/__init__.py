"""Addresses (地址): where an address as written leads, as the browser and the web host would have it."""
