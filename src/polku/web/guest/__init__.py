"""Pages for somebody who came by a link."""
