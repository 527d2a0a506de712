"""What each page says (页面内容), as plain values; the templates in `templates/` say how it looks.

frame      what stands around every page: navigation, breadcrumbs, meta tags
rows       rows of lists
document   document pages of every kind, with `body`, `metadata`, `relations` and `tables`
columns    landing page, column lists, year and validity views
topics     topics and their list
fixed      目录, site map, search, 依申请公开, 404
machine    what programs read: catalogue, feeds, sitemap, search index
"""
