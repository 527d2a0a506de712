"""The domain (公开业务): pure tables and small pure functions about official documents and the law."""
