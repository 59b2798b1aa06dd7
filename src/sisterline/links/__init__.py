"""The addresses of sources, looked up on the network: the only package that uses it."""
