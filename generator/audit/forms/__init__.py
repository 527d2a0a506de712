"""Forms (形式): the papers of an audit as HTML, Markdown, Word and Excel; equal papers give equal bytes."""
