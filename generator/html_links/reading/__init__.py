"""Reading (读取): what files say, without regard to any other file: HTML, style sheets, lists, tables."""
