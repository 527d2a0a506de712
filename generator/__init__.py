"""gongkai (公开): a static site generator for the disclosure columns of Chinese government organs."""

__version__ = "0.1.0"
