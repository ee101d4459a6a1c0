"""Report: what a recalculation changed, as one html page: `tally` folds the rows, `page` writes the page.

The page needs the extra `report` (jinja2, babel, matplotlib); the tally alone needs none of them.
"""
