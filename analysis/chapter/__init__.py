"""What a chapter's cell calls: figures, tables and numbers become its outputs."""
