"""What each page says (页面内容), as plain values; the templates in `templates/` say how it looks.

frame      what stands around every page: navigation, breadcrumbs, meta tags
rows       rows of lists
document   document pages of every kind, with `body`, `metadata`, `relations` and `tables`
ledger     task ledgers; their files in `workbook` (XLSX) and `due_dates` (iCalendar)
columns    landing page, column lists, year and validity views
topics     topics and their list
hot_questions   热点问题清单
catalog    主动公开目录
charts     charts of annual reports
fixed      site map, search, 依申请公开, 404
search     the own search index, and the texts of the full-text index
machine    what programs read: catalogue, feeds, sitemap
open_data  the schema of the catalogue, the data package, llms.txt
twins      each document as Markdown (`markdown`) and as plain text (`plain`)
linked     the head's part for machines: Open Graph, JSON-LD
"""
