"""Tests of the files made of documents (下载文件)."""
