"""What stands on every issue: masthead (报头), date bar, folio (报眉) and page foot (版脚)."""
